"""Many SLOs put to the proof at the same time: their order, and what is left of it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from slogen import build, load
from slogen.cli.exits import Exit
from slogen.proof import prove
from slogen.targets import promtool_tests
from slogen.trial import proving
from slogen.trial.promtool import find
from slogen.trial.proving import cores, proven
from tests.cli.running import run, without_notes, write_more
from tests.realtools.waiting import until
from tests.trial.faking import fake_promtool

if TYPE_CHECKING:
    from slogen.plan import ResolvedSLO
    from slogen.proof import Proof
    from slogen.rules import SLORules

pytestmark = pytest.mark.usefixtures("scratch")


def test_what_is_done_first_waits_for_its_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    """The order is that of the SLOs, whichever is done first."""
    write_more("quality")
    monkeypatch.setattr(proving, "cores", lambda: 16)
    path = fake_promtool(
        before="import time\n"
        'last = "shop-quality" in Path("rules.yaml").read_text()\n'
        f"done = Path({str(Path('done').absolute())!r})\n"
        "while not (last or done.exists()):\n"
        "    time.sleep(0.01)\n"
        "done.touch()"
    )

    result = run("test", "slos.py", "quality.py", "--promtool", str(path))

    assert [row.split()[1] for row in result.stdout.splitlines() if row.startswith("ok")] == [
        "shop-availability",
        "shop-quality",
    ]


def test_what_is_done_is_told_while_others_run(
    monkeypatch: pytest.MonkeyPatch, scratch: Path
) -> None:
    """One need not wait for the last to see the first, and may leave early."""
    write_more("quality")
    monkeypatch.setattr(proving, "cores", lambda: 16)
    tool = find(
        str(
            fake_promtool(
                before='import time\nif "shop-quality" in Path("rules.yaml").read_text():\n'
                "    time.sleep(60)"
            )
        )
    )
    built = build(load("slos.py", "quality.py")).built

    verdicts = proven(built, tool)
    first = next(verdicts)
    verdicts.close()

    assert (first.slo_id, first.passed) == ("shop-availability", True)
    assert list(scratch.iterdir()) == []


def test_many_slos_are_not_all_prepared_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Memory does not grow with their number."""
    monkeypatch.setattr(proving, "cores", lambda: 1)
    prepared: list[str] = []

    def counted(slo: ResolvedSLO, rules: SLORules) -> Proof:
        prepared.append(rules.slo_id)
        return prove(slo, rules)

    monkeypatch.setattr(promtool_tests, "prove", counted)
    names = [f"quality{number}" for number in range(9)]
    write_more(*names)
    built = build(load(*(f"{name}.py" for name in names))).built

    verdicts = proven(built, find(str(fake_promtool())))
    next(verdicts)
    count = len(prepared)
    rest = [verdict.slo_id for verdict in verdicts]

    assert count < 9
    assert rest == [f"shop-{name}" for name in names[1:]]


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupt_stops_everything(sent: signal.Signals, scratch: Path) -> None:
    """Ctrl-C and SIGTERM end slogen with code 130, and leave neither a process nor a file."""
    begun = Path("begun").absolute()
    path = fake_promtool(
        before=f"import os, time; Path({str(begun)!r}).write_text(str(os.getpid())); time.sleep(60)"
    )
    code = (
        "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        f"from slogen.cli import main; main(['test', 'slos.py', '--promtool', {str(path)!r}])"
    )
    with subprocess.Popen(  # noqa: S603 (slogen itself)
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as running:
        until(lambda: begun.exists() and begun.read_text(), seconds=60)
        running.send_signal(sent)
        stdout, stderr = running.communicate(timeout=60)

    assert running.returncode == Exit.INTERRUPTED
    assert (stdout, without_notes(stderr.decode())) == (b"", "hello\ninterrupted\n")
    assert not Path(f"/proc/{begun.read_text()}").exists()
    assert list(scratch.iterdir()) == []


def test_another_library_that_is_missing_is_a_fault_of_slogen(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What nobody can install as an extra is not told as if one could."""

    def not_installed(*_: object) -> None:
        raise ModuleNotFoundError(name="attrs")

    monkeypatch.setattr(promtool_tests, "prove", not_installed)

    with pytest.raises(ModuleNotFoundError):
        next(proven(build(load("slos.py")).built, find(str(fake_promtool()))))


def test_uses_the_cores_that_it_may(monkeypatch: pytest.MonkeyPatch) -> None:
    """Newer Pythons know, older ones ask the system, and some systems know only all."""
    monkeypatch.setattr(os, "cpu_count", lambda: 64)
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {1, 5}, raising=False)
    monkeypatch.setattr(os, "process_cpu_count", lambda: 3, raising=False)
    counts = [cores()]
    monkeypatch.delattr(os, "process_cpu_count")
    counts.append(cores())
    monkeypatch.delattr(os, "sched_getaffinity")
    counts.append(cores())

    assert counts == [3, 2, 64]
