"""Servers with numbers and texts that no Prometheus has: an error, and never a traceback."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from slogen import naming
from slogen.cli.exits import Exit
from slogen.live import http
from tests.cli.running import run
from tests.live.stub import always, serving
from tests.live.world import ERP, Recorded, World, erp, remember

if TYPE_CHECKING:
    from click.testing import Result

DATABASE = "database-availability"
COMMANDS = (
    ("status",),
    ("report",),
    ("report", "--format", "json"),
    ("report", "--format", "html"),
    ("report", "--format", "markdown"),
    ("report", "--month", "2026-10", "--format", "json"),
    ("gate",),
    ("gate", "--format", "json"),
)


@pytest.fixture(autouse=True)
def _nothing_of_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http, "PAUSES", (0.01,))


def asked(url: str, command: tuple[str, ...]) -> Result:
    """Run a command about the database of the ERP."""
    return run(command[0], str(ERP), "--slo", DATABASE, "--prometheus", url, *command[1:])


def is_clear(result: Result) -> bool:
    """Tell whether a command came to an end that it chose, with JSON that can be read."""
    if result.stdout.startswith("{"):
        json.loads(result.stdout, parse_constant=pytest.fail)
    return isinstance(result.exception, SystemExit | None) and result.exit_code != Exit.INPUT


def world() -> World:
    """Return the database of the ERP with a little of everything."""
    found = World.of(slo for slo in erp() if slo.definition.id == DATABASE)
    found.record(DATABASE, Recorded(errors=30_000.0, events=40_000_000.0, lasts=60.0))
    remember(found)
    return found


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("value", [1e308, 5e-324, 0.0, -1.0])
def test_odd_numbers_are_no_traceback(command: tuple[str, ...], value: float) -> None:
    """Whichever number is odd, each command ends with a code that means something."""
    for name in list(world().answers):
        found = world()
        found.answers[name] = [(labels, value) for labels, _ in found.answers[name]]
        found.curves[naming.BUDGET_REMAINING] = [
            (labels, [(at, value) for at, _ in points])
            for labels, points in found.curves[naming.BUDGET_REMAINING]
        ]
        with found.serving() as stub:
            result = asked(stub.url, command)

        assert is_clear(result), (name, result.exception, result.stderr)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        (naming.OBJECTIVE, 1e308),
        (naming.OBJECTIVE, 1.0),
        (naming.OBJECTIVE, -0.1),
        (naming.PERIOD_DAYS, 0.0),
        (naming.PERIOD_DAYS, 1e308),
    ],
)
def test_a_number_that_no_slo_can_have_makes_that_slo_unknown(name: str, value: float) -> None:
    """It is not recorded, with the number; the other SLOs of the answer are what they are."""
    found = World.of(slo for slo in erp() if slo.definition.id.startswith("database-"))
    for slo in found.slos:
        found.record(slo.definition.id, Recorded())
    found.answers[name] = [
        (labels, value if labels["slo_id"] == DATABASE else number)
        for labels, number in found.answers[name]
    ]
    with found.serving() as stub:
        status, gate, others = (
            run(command, str(ERP), "--prometheus", stub.url, "--slo", ids)
            for command, ids in (
                ("status", "database-*"),
                ("gate", "database-*"),
                ("gate", "database-latency"),
            )
        )

    assert (status.exit_code, gate.exit_code) == (Exit.FINE, Exit.UNDECIDED)
    assert "2 healthy, 1 not recorded" in status.stdout
    for result in (status, gate):
        assert f"{DATABASE}: the server records {value:g} as its " in result.stdout
    assert others.exit_code == Exit.FINE


@pytest.mark.parametrize("moment", [1e18, -1e18, 1e308, 1e15])
def test_samples_at_odd_moments_are_no_traceback(moment: float) -> None:
    """When a budget recovers is then not known, and it stays exhausted."""
    found = world()
    found.curves[naming.ERRORS_SUM] = [({"slo_id": DATABASE}, [(moment, 30_000.0)])]
    with found.serving() as stub:
        result = asked(stub.url, ("gate",))

    assert result.exit_code == Exit.FINDINGS
    assert "exhausted" in result.stdout


SAMPLE = '{"status":"success","data":{"resultType":"vector","result":[{"metric":%s,"value":%s}]}}'
LABELS = '{"slo_id":"database-availability"}'


@pytest.mark.parametrize("command", [COMMANDS[0], COMMANDS[2], COMMANDS[-1]])
@pytest.mark.parametrize(
    ("body", "status", "headers"),
    [
        ("", 302, {"Location": "http://[::1"}),
        ("", 302, {"Location": "http://u:p@[evil"}),
        ("", 429, {"Retry_After": "Fri, 31 Dec 999999999999 23:59:59 GMT"}),
        ("", 429, {"Retry_After": "Fri, 99 Dec 99999 23:59:59 GMT"}),
        ("", 429, {"Retry_After": "9" * 400}),
        ("", 429, {"Retry_After": "9" * 5_000}),
        (SAMPLE % (LABELS, f"[1,1{'0' * 400}]"), 200, {}),
        (SAMPLE % (LABELS, f"[1,1{'0' * 5_000}]"), 200, {}),
        (SAMPLE % (LABELS, "[1e999,1]"), 200, {}),
        (SAMPLE % ('{"slo_id":"database-availability","x":"\\ud800"}', '[1,"0.999"]'), 200, {}),
        (SAMPLE % ('{"slo_id":"database-availability","\\udfff":"x"}', '[1,"0.999"]'), 200, {}),
    ],
)
def test_odd_answers_are_exit_code_4(
    command: tuple[str, ...], body: str, status: int, headers: dict[str, str]
) -> None:
    """Nothing that stands in an answer is a traceback: it is an error about the server."""
    with serving(always(body, status, **headers)) as stub:
        result = asked(stub.url, command)

    assert is_clear(result)
    assert result.exit_code == Exit.UNDECIDED
    assert "error: " in result.stderr


@pytest.mark.parametrize("at", ["0001-01-01T00:00+14:00", "0001-01-01", "1969-12-31"])
def test_a_moment_before_there_were_any_is_a_mistake(at: str) -> None:
    """A moment that no clock of a computer has is said, and nothing is asked."""
    with world().serving() as stub:
        result = asked(stub.url, ("report", "--at", at))

    assert result.exit_code == Exit.USAGE
    assert "allowed: a moment since 1970" in result.stderr
    assert stub.seen == []
