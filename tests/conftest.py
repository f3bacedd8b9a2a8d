"""Options of the whole test suite."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let ``nox -s golden`` write the golden files instead of comparing them."""
    parser.addoption("--rewrite-goldens", action="store_true", help="write golden/ anew")
