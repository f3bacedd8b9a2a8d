"""Hand-written promtool tests of generated rules, under both lines of Prometheus."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from slogen import build, load
from tests.realtools import promtool

HERE = Path(__file__).parent


@pytest.mark.parametrize("line", ["2", "3"])
@pytest.mark.parametrize("file", sorted(HERE.glob("*.test.yaml")), ids=lambda path: path.name)
def test_rules_do_what_the_file_says(file: Path, line: str, tmp_path: Path) -> None:
    """Every scenario of the file passes."""
    build(load(HERE / "slos.py")).write(tmp_path / "build")
    shutil.copy(file, tmp_path)

    output = promtool.test_rules(line, [tmp_path / file.name])

    assert "SUCCESS" in output
