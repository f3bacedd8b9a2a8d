"""Options of the whole test suite."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from hypothesis import Phase, settings

if TYPE_CHECKING:
    import pytest

# No deadline: these machines are noisy. No explanation of failures: it traces every line, and what
# parses files then takes minutes. In CI the same examples every time.
settings.register_profile(
    "slogen",
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate, Phase.target, Phase.shrink),
    derandomize=bool(os.environ.get("CI")),
)
settings.register_profile("quick", parent=settings.get_profile("slogen"), max_examples=20)
settings.load_profile("slogen")

# Whoever runs the tests may want colours of pytest; what the tests compare has none.
os.environ.pop("FORCE_COLOR", None)

# What is written in Go, as promtool is, collects garbage less often: that saves a quarter of its
# time, and takes twice the memory.
os.environ.setdefault("GOGC", "400")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let ``nox -s golden`` write the golden files instead of comparing them."""
    parser.addoption("--rewrite-goldens", action="store_true", help="write golden/ anew")
