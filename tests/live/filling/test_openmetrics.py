"""The file of a backfill is there as a whole or not at all, and no other file is touched."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from slogen.errors import OutputError
from slogen.live.filling.openmetrics import new_file

if TYPE_CHECKING:
    from pathlib import Path


def write(path: Path) -> None:
    """Write a file with a sample."""
    with new_file(path) as file:
        file.write("x", 60_000, 1.0)


@pytest.mark.parametrize("length", [250, 300])
def test_a_name_that_is_too_long_is_refused(length: int, tmp_path: Path) -> None:
    """Too long for the file, or only for the one beside it that is written first."""
    with pytest.raises(OutputError, match=r"cannot be written: .*too long"):
        write(tmp_path / ("a" * length))
    assert not list(tmp_path.iterdir())


def test_a_file_of_somebody_else_beside_it_stays(tmp_path: Path) -> None:
    """Who has the name that is written first keeps the file."""
    other = tmp_path / f".out.om.{os.getpid()}.tmp"
    other.write_text("mine", "utf-8")
    with pytest.raises(OutputError):
        write(tmp_path / "out.om")

    assert other.read_text("utf-8") == "mine"
    assert list(tmp_path.iterdir()) == [other]


def test_an_interrupted_file_is_not_there(tmp_path: Path) -> None:
    """Neither is anything beside it."""
    with pytest.raises(KeyboardInterrupt):
        _interrupt(tmp_path / "out.om")
    assert not list(tmp_path.iterdir())


def _interrupt(path: Path) -> None:
    with new_file(path) as file:
        file.write("x", 60_000, 1.0)
        raise KeyboardInterrupt
