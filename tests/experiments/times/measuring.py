"""A plugin of pytest that writes down what each test costs.

What a fixture of a file or a session costs is counted for the test that is first to ask for it.
"""

from __future__ import annotations

import json
import os
import resource
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = "SLOGEN_TIMES"
"""The variable that names the folder of the measurements, a file for each worker."""


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Measure a test, from its fixtures' making to their end."""
    processor, clock = _processor_time(), time.monotonic()
    yield
    measured = {
        "test": item.nodeid,
        "processor": _processor_time() - processor,
        "wall": time.monotonic() - clock,
    }
    with (Path(os.environ[FOLDER]) / f"{os.getpid()}.jsonl").open("a") as file:
        file.write(json.dumps(measured) + "\n")


def _processor_time() -> float:
    """Return the seconds of processors that this process and its ended children have taken."""
    used = (resource.getrusage(whose) for whose in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in used)
