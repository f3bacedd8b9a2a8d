"""Each folder holds definitions that went wrong once, and what their rules must say."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from slogen import build, load
from tests.realtools import promtool

HERE = Path(__file__).parent


RUNS = [
    pytest.param(file, line, id=f"{file.parent.name}-{line}")
    for file in sorted(HERE.glob("*/*.test.yaml"))
    for line in ("2", "3")
    if line == "3" or not file.name.endswith(".3.test.yaml")
]


@pytest.mark.long
@pytest.mark.parametrize(("file", "line"), RUNS)
def test_the_right_answer_comes_out(file: Path, line: str, tmp_path: Path) -> None:
    """Rules that are built from the definitions give the values of the test file."""
    build(load(file.parent / "slos.yaml")).write(tmp_path / "build", layout="service")
    shutil.copy(file, tmp_path)

    output = promtool.test_rules(line, [tmp_path / file.name])

    assert "SUCCESS" in output
