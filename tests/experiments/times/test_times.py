"""The tables of what tests cost."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

from tests.experiments.times import __main__, measuring

if TYPE_CHECKING:
    from pathlib import Path


def test_the_dearest_come_first() -> None:
    """By folder, by file and by test, with how many tests they hold."""
    costs = [("tests/a/test_x.py::one", 1.0), ("tests/a/test_y.py::two", 2.5), ("tests/z.py::t", 3)]

    assert __main__.tables(costs) == [
        "3 tests took 6 seconds of processors.",
        "",
        " seconds  tests  folder",
        "     3.5      2  tests/a",
        "     3.0      1  tests",
        "",
        " seconds  tests  file",
        "     3.0      1  tests/z.py",
        "     2.5      1  tests/a/test_y.py",
        "     1.0      1  tests/a/test_x.py",
        "",
        " seconds  tests  test",
        "     3.0      1  tests/z.py::t",
        "     2.5      1  tests/a/test_y.py::two",
        "     1.0      1  tests/a/test_x.py::one",
    ]


def test_what_a_child_costs_is_counted(tmp_path: Path) -> None:
    """A test that lets a process work costs what the process takes, and one that waits nothing."""
    busy = "import time\nwhile time.process_time() < 0.5: pass"
    (tmp_path / "test_costs.py").write_text(
        "import subprocess, sys, time\n"
        f"def test_works(): subprocess.run([sys.executable, '-c', {busy!r}], check=True)\n"
        "def test_waits(): time.sleep(0.5)\n"
    )
    command = [sys.executable, "-m", "pytest", "-q", "-p", measuring.__name__, "test_costs.py"]
    environment = os.environ | {
        measuring.FOLDER: str(tmp_path),
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    subprocess.run(command, cwd=tmp_path, env=environment, check=True, capture_output=True)  # noqa: S603 - our own tests

    (file,) = tmp_path.glob("*.jsonl")
    works, waits = map(json.loads, file.read_text().splitlines())
    assert works["processor"] > 0.4 > waits["processor"]
    assert waits["wall"] > 0.4
