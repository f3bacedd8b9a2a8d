"""The runner tells what failed, leaves copies clean, and stops what does not end."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from tests.experiments.mutants.checkout import patched
from tests.experiments.mutants.commands import run
from tests.experiments.mutants.mutant import Mutant
from tests.experiments.mutants.scenarios import failed

if TYPE_CHECKING:
    from pathlib import Path

TESTS = """\
tests:
  - name: quiet
    promql_expr_test:
      - {expr: 'up{job="a"}', eval_time: 1h30m}
  - name: loud
    promql_expr_test:
      - {expr: 'up{job="a"}', eval_time: 0s}
    alert_rule_test:
      - {alertname: Loud, eval_time: 90m}
"""
OUTPUT = """\
  FAILED:
    expr: "up{job=\\"a\\"}", time: 1h30m,
        exp: nil
        got: {} 1E+00
    alertname: Loud, time: 1h30m,
        exp: []
"""


def test_failed_scenarios_are_named() -> None:
    """What was asked, and when, belongs to a scenario."""
    assert failed(TESTS, OUTPUT) == ("quiet", "loud")
    assert failed(TESTS, "  SUCCESS\n") == ()
    assert failed("tests: [: x: y", OUTPUT) == ()


def test_a_copy_is_a_mutant_for_a_while(tmp_path: Path) -> None:
    """The patched module has another time, and is as it was afterwards."""
    module = tmp_path / "module.py"
    module.write_text("limit = 1\n")
    before = module.stat().st_mtime
    more = Mutant(name="more", function="module:limit", replace="1", by="2", why="it is more")

    with patched(tmp_path, more, 3):
        assert module.read_text() == "limit = (2)\n"
        assert int(module.stat().st_mtime) == int(before) + 4

    assert (module.read_text(), module.stat().st_mtime) == ("limit = 1\n", before)


def test_what_does_not_end_is_stopped(tmp_path: Path) -> None:
    """A command and its children are stopped in time; what they printed is there."""
    child = "import subprocess, sys; print('begun', flush=True); subprocess.run(['sleep', '600'])"

    assert run(sys.executable, "-c", child, folder=tmp_path, seconds=3) == (None, "begun\n")
    assert run(sys.executable, "-c", "exit(3)", folder=tmp_path, seconds=60) == (3, "")
