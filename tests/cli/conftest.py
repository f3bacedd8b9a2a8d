"""A folder for each test of the command line."""

from __future__ import annotations

import linecache
import tempfile
from typing import TYPE_CHECKING

import pytest

from tests.cli.running import write

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a folder with one good script, where no other test's files are remembered."""
    linecache.clearcache()
    monkeypatch.chdir(tmp_path)
    write("slos.py")
    return tmp_path


@pytest.fixture
def scratch(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep temporary files where they can be looked for."""
    scratch = folder / "scratch"
    scratch.mkdir()
    monkeypatch.setenv("TMPDIR", str(scratch))
    monkeypatch.setattr(tempfile, "tempdir", None)
    return scratch
