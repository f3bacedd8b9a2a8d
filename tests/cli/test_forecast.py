"""``slogen forecast``: streams, options, and what is refused."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from slogen.cli.exits import Exit
from tests.cli.running import run
from tests.live.prediction.test_forecasting import keep_hours
from tests.live.world import AT, ERP, troubled_erp

if TYPE_CHECKING:
    from collections.abc import Iterator

    from click.testing import Result

    from tests.live.stub import Stub


@pytest.fixture
def erp() -> Iterator[Stub]:
    """Serve the ERP on a bad day, one of its SLOs with hours of three months."""
    world = troubled_erp()
    keep_hours(world, "frontend-performance", 91, lambda back: (36_000.0, float(back % 7)))
    with world.serving() as stub:
        yield stub


def forecast(stub: Stub, *arguments: str) -> Result:
    """Run ``slogen forecast`` for the ERP."""
    moment = f"{AT:%Y-%m-%dT%H:%M}"
    return run("forecast", str(ERP), "--prometheus", stub.url, "--at", moment, *arguments)


def test_says_what_comes_in_two_tables(erp: Stub) -> None:
    """Every SLO has a row in both, the worst first, and who lacks what is said."""
    result = forecast(erp)
    lines = result.stdout.splitlines()

    assert (result.exit_code, result.stderr) == (Exit.FINE, "")
    assert "Forecast for 7d" in lines
    assert "Objectives that the windows of 90d met" in lines
    rows = [line for line in lines if line.startswith("frontend-performance ")]
    assert len(rows) == 2
    assert rows[0].endswith("90 days")
    assert rows[1].split()[-4:] == ["90.0", "days", "3", "100%"]
    (unknown,) = [line for line in lines if line.startswith("backend-api-quality ")][:1]
    assert unknown.endswith("no hour is recorded")


def test_the_same_question_has_the_same_answer(erp: Stub) -> None:
    """Byte by byte, in both forms."""
    for form in ("text", "json"):
        first, second = (forecast(erp, "--format", form).stdout for _ in range(2))
        assert first == second


def test_json_is_the_report_of_the_same_horizon(erp: Stub) -> None:
    """One document for programs, which says how far it looks."""
    found = json.loads(
        forecast(
            erp,
            *("--format", "json", "--horizon", "14d", "--history", "60d"),
            *("--slo", "frontend-performance"),
        ).stdout
    )
    (group,) = found["slos"][0]["groups"]

    assert found["ahead"] == {"horizon": 14 * 86_400, "history": 60 * 86_400}
    assert group["outlook"]["forecast"]["days"] == 60
    assert group["outlook"]["met"]["independent"] == 2


def test_a_report_says_what_comes_too(erp: Stub) -> None:
    """In each form, and of a month in none."""
    for form in ("text", "markdown", "html"):
        moment = f"{AT:%Y-%m-%dT%H:%M}"
        words = ("report", str(ERP), "--prometheus", erp.url, "--at", moment, "--format", form)
        assert "Forecast for 7d" in run(*words).stdout
        assert "Forecast" not in run(*words, "--month", "2026-10").stdout


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (
            ("--horizon", "90m"),
            '--horizon is "90m"; allowed: whole hours, from 1h to 90d, such as "7d"',
        ),
        (
            ("--horizon", "120d"),
            '--horizon is "120d"; allowed: whole hours, from 1h to 90d, such as "7d"',
        ),
        (
            ("--history", "7d"),
            '--history is "7d"; allowed: whole days, from 28d to 400d, such as "90d"',
        ),
        (("--horizon", "next week"), "--horizon is "),
        (("--horizon", "7"), '--horizon is "7"; '),
        (("--history", "-1d"), "--history is "),
    ],
)
def test_refuses_times_that_make_no_sense(erp: Stub, arguments: tuple[str, ...], says: str) -> None:
    """With the option, what was found, what is allowed, and the remedy."""
    result = forecast(erp, *arguments)

    assert (result.exit_code, result.stdout) == (Exit.USAGE, "")
    assert says in " ".join(result.stderr.split())
    assert erp.seen == []


def test_a_report_without_a_forecast_does_not_ask_for_hours(erp: Stub) -> None:
    """No table looks ahead, and nobody reads the hours of 90 days; else the report is the same."""
    moment = f"{AT:%Y-%m-%dT%H:%M}"
    arguments = ("report", str(ERP), "--prometheus", erp.url, "--at", moment)
    whole = run(*arguments).stdout
    asked = len(erp.seen)
    result = run(*arguments, "--no-forecast")

    assert (result.exit_code, result.stderr) == (Exit.FINE, "")
    assert "Forecast for 7d" in whole
    assert "Forecast for 7d" not in result.stdout
    assert "Objectives that the windows" not in result.stdout
    assert len(erp.seen) - asked < asked
    assert {*result.stdout.splitlines()} < {*whole.splitlines()}
