"""Each folder holds definitions that went wrong once, and what their rules must say."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from slogen import build, load
from tests.realtools import promtool

HERE = Path(__file__).parent


@pytest.mark.parametrize("line", ["2", "3"])
@pytest.mark.parametrize("case", sorted(path.parent.name for path in HERE.glob("*/*.test.yaml")))
def test_the_right_answer_comes_out(case: str, line: str, tmp_path: Path) -> None:
    """Rules that are built from the definitions give the values of the test file."""
    build(load(HERE / case / "slos.yaml")).write(tmp_path / "build")
    shutil.copy(HERE / case / "truth.test.yaml", tmp_path)

    output = promtool.test_rules(line, [tmp_path / "truth.test.yaml"])

    assert "SUCCESS" in output
