"""Hand-written promtool tests of generated rules, under both lines of Prometheus.

Each folder holds definitions, ``slos.py``, and tests of their rules. A file ``*.3.test.yaml`` is
for the newer line alone.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from slogen import build, load
from tests.realtools import promtool

HERE = Path(__file__).parent
RUNS = [
    pytest.param(file, line, id=f"{file.parent.name}/{file.name}-{line}")
    for file in sorted(HERE.glob("*/*.test.yaml"))
    for line in ("2", "3")
    if line == "3" or not file.name.endswith(".3.test.yaml")
]


@pytest.mark.long
@pytest.mark.parametrize(("file", "line"), RUNS)
def test_rules_do_what_the_file_says(file: Path, line: str, tmp_path: Path) -> None:
    """Every scenario of the file passes."""
    build(load(file.parent / "slos.py")).write(tmp_path / "build", layout="service")
    shutil.copy(file, tmp_path)

    output = promtool.test_rules(line, [tmp_path / file.name])

    assert "SUCCESS" in output
