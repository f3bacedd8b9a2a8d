"""Copies of the checkout, in which mutants live one after the other."""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.experiments.mutants.mutant import Mutant

ROOT = Path(__file__).parents[3]
_PARTS = ("slogen", "tests", "golden", "docs")
_FILES = ("pyproject.toml", "README.md", "CHANGELOG.md", "LICENSE", "noxfile.py")
_TOOLS = ".tools"


def copy(folder: Path) -> Path:
    """Copy what builds and tests need into a folder, and return it."""
    for part in _PARTS:
        shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
    for file in _FILES:
        shutil.copy2(ROOT / file, folder / file)
    if (ROOT / _TOOLS).exists():
        (folder / _TOOLS).symlink_to(ROOT / _TOOLS)
    return folder


@contextmanager
def patched(folder: Path, mutant: Mutant, number: int) -> Iterator[None]:
    """Let a copy be a mutant for a while.

    Python knows from a module's size and its time in whole seconds whether its bytecode is stale:
    each mutant has a time of its own.
    """
    path = folder / mutant.file
    clean, time = path.read_text(), path.stat().st_mtime
    try:
        path.write_text(mutant.applied(clean))
        os.utime(path, (time, time + number + 1))
        yield
    finally:
        path.write_text(clean)
        os.utime(path, (time, time))
