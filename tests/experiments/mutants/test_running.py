"""The runner tells what failed, leaves copies clean, and stops what does not end."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from typing import TYPE_CHECKING

import pytest

from tests.experiments.mutants import checkout, running
from tests.experiments.mutants.checkout import patched
from tests.experiments.mutants.commands import run
from tests.experiments.mutants.mutant import Mutant
from tests.experiments.mutants.proving import Proved
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


class _Proofs:
    """Say that a scenario fails, if one is said to."""

    def __init__(self, scenario: str) -> None:
        self._killers = (scenario,) if scenario else ()

    def red(self) -> list[str]:
        return []

    def killed(self, _out: Path) -> Proved:
        return Proved(changed=True, killers=self._killers)


class _Tests:
    """Fail at once, or later, or never."""

    def __init__(self, early: str, late: str) -> None:
        self.red: set[str] = set()
        self._early, self._late = early, late

    def killer(self, _copy: Path, _file: str) -> str:
        return self._early

    def late_killer(self, _copy: Path, _file: str) -> str:
        return self._late


@pytest.mark.parametrize(
    ("found", "behaviour", "fate"),
    [
        (("a test", "a scenario"), False, ("a test", None)),
        (("a test", "a scenario"), True, ("a test", ("a scenario",))),
        (("", "a scenario"), False, ("", ("a scenario",))),
        (("", ""), False, ("late", ())),
    ],
    ids=["a test is enough", "promtool is asked as well", "promtool sees it", "seen late"],
)
def test_nothing_is_run_in_vain(
    found: tuple[str, str],
    behaviour: bool,  # noqa: FBT001 (parametrized)
    fate: tuple[str, tuple[str, ...] | None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What takes long is asked where what is quick sees nothing."""
    early, scenario = found
    monkeypatch.setattr(checkout, "copy", lambda folder: folder)
    monkeypatch.setattr(checkout, "patched", lambda *_: nullcontext())
    monkeypatch.setattr(running, "build", lambda _copy, _out: "")
    monkeypatch.setattr(running, "Proofs", lambda *_, **__: _Proofs(scenario))
    monkeypatch.setattr(running, "Tests", lambda _clean: _Tests(early, "late"))
    more = Mutant(name="more", function="module:limit", replace="1", by="2", why="it is more")

    with running.laboratory(1, behaviour=behaviour, slow=False) as opened:
        (one,) = opened.fates([more])

    assert (one.test, one.proved and one.proved.killers) == fate
    assert not one.survived


def test_what_does_not_end_is_stopped(tmp_path: Path) -> None:
    """A command and its children are stopped in time; what they printed is there."""
    child = "import subprocess, sys; print('begun', flush=True); subprocess.run(['sleep', '600'])"

    assert run(sys.executable, "-c", child, folder=tmp_path, seconds=3) == (None, "begun\n")
    assert run(sys.executable, "-c", "exit(3)", folder=tmp_path, seconds=60) == (3, "")
