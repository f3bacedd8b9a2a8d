"""What is left of a budget and for how long, after nights, bursts, pauses and quiet weeks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from slogen import Settings
from tests.budgets.asking import Question, World
from tests.budgets.hours import HOUR, history
from tests.budgets.slos import DAY, EVERY_ALERT, lasts, left, of_days, of_requests
from tests.budgets.traffic import Budget, Traffic, steps

if TYPE_CHECKING:
    from tests.budgets.traffic import Run, Step

pytestmark = [pytest.mark.long, pytest.mark.parametrize("line", ["2", "3"])]

_STEP = 30
_STEPS = 6 * HOUR // _STEP
_OLD = 20 * DAY
_BY_DAY = (120_000_000, 36_000)
"""What twenty days with a hundred requests a second by day counted: 70 % of the budget are left."""


def _then(*runs: Run) -> list[Step]:
    """Return six hours of steps, the last as often as there is time left."""
    found = steps(*runs)
    return found + found[-1:] * (_STEPS - len(found))


_QUIET: Step = (30, 0)
_GROUPS = {
    "bad-night": Traffic(
        steps=_then((240, _QUIET), (1, (30, 15))), seconds=_STEP, before=_BY_DAY, older=_OLD
    ),
    "burst": Traffic(
        steps=_then((300, _QUIET), (20, (30_000, 1_500)), (1, _QUIET)),
        seconds=_STEP,
        before=_BY_DAY,
        older=_OLD,
    ),
    "spent": Traffic(
        steps=_then((300, _QUIET), (40, (90_000, 6_000)), (1, _QUIET)),
        seconds=_STEP,
        before=_BY_DAY,
        older=_OLD,
    ),
    "quiet-weeks": Traffic(
        steps=_then((300, (0, 0)), (3, (4, 1)), (1, (0, 0))),
        seconds=_STEP,
        before=(50_000, 44),
        older=45 * DAY,
    ),
    "one-in-a-million": Traffic(
        steps=_then((1, (300_000, 1))), seconds=_STEP, before=(10**10, 0), older=45 * DAY
    ),
    "young": Traffic(steps=_then((60, None), (1, (300, 3))), seconds=_STEP),
}
_MINUTES = (66, 119, 125, 140, 155, 185, 240, 300, 355)
_LAG = 30
"""Seconds by which a value is older than the moment: the scrape before this one has been seen."""


def _expected(labels: str, traffic: Traffic, time: int, budget: Budget) -> list[Question]:
    """Ask what is left, for how long, and for the state that follows."""
    seen = time - _LAG
    part, seconds = traffic.left(seen, budget), None
    if any(traffic.counted(seen, window)[1] for window in (HOUR, 6 * HOUR)):
        seconds = max(traffic.lasts(seen, budget), 0)
    if part <= 0:
        seconds = 0.0
    if seconds is not None and seconds > budget.period:
        seconds = None
    limits = {"exhausted": 0.0, "critical": 0.1, "warning": 0.25, "healthy": float("inf")}
    state = next(name for name, limit in limits.items() if part <= limit)
    states = f"slo:error_budget_status{{{labels}}}"
    return [
        Question(query=left(labels), time=time, truth=part, within=0.002),
        Question(query=lasts(labels), time=time, truth=seconds, within=0.02 * (seconds or 0)),
        Question(query=f'sum({states} and {states[:-1]},status="{state}"}})', time=time, truth=1),
        Question(query=f"sum({states})", time=time, truth=1),
        Question(query=f"count({states})", time=time, truth=4),
    ]


def test_bad_events_that_are_left_and_for_how_long(line: str) -> None:
    """Events count, whenever they come.

    A night in which half of one request a second fails does not spend what days of a hundred a
    second have: 16 hours are left, not minutes. A burst is as bad as it has events. Weeks without
    requests change nothing, and where the budget lasts for longer than the window there is no time.
    """
    budget, slo = of_days(30), of_requests(alerts=EVERY_ALERT)
    series: dict[str, str] = {}
    questions: list[Question] = []
    for name, traffic in _GROUPS.items():
        labels = f',tenant="{name}"'
        series |= traffic.counters(labels)
        if traffic.older:
            series |= history(slo.id, labels, traffic)
        for minute in _MINUTES:
            questions += _expected(f'tenant="{name}"', traffic, minute * 60, budget)

    World(slos=(slo,), series=series, step=_STEP, interval=30).judge(line, questions)


@pytest.mark.parametrize("window", ["1h", "6h", "12h", "1d"])
def test_short_windows(window: str, line: str) -> None:
    """Windows up to 6h are exact; longer ones have up to an hour more, and an evaluation."""
    slo = of_requests(window, group_by=())
    hours = {"1h": 1, "6h": 6, "12h": 12, "1d": 24}[window]
    budget = of_days(hours / 24)
    step = 240
    traffic = Traffic(steps=steps((60, (60, 0)), (3, (60, 1)), (387, (60, 0))), seconds=step)
    questions = []
    for time in (HOUR, 4 * HOUR + 960, 5 * HOUR, 11 * HOUR, 15 * HOUR + 240, 18 * HOUR, 29 * HOUR):
        seen = time - step
        truths = [
            traffic.left(seen, Budget(ratio=budget.ratio, period=period, memory=budget.memory))
            for period in (budget.period, budget.period + step + HOUR * (hours > 6))
        ]
        middle = sum(truths) / 2
        within = abs(truths[0] - middle) + 0.02 * (1 - min(truths)) + 0.001
        questions.append(Question(query=left(""), time=time, truth=middle, within=within))
    settings = Settings(scrape_interval="4m", slow_interval="4m")
    world = World(
        slos=(slo,), series=traffic.counters(""), step=step, interval=step, settings=settings
    )

    world.judge(line, questions)


def test_a_window_without_any_event(line: str) -> None:
    """Where nothing happened there is no ratio, and so no budget: no state, no time, no alert."""
    slo = of_requests("6h", alerts=EVERY_ALERT)
    idle = Traffic(steps=steps((2 * HOUR // _STEP, (0, 0))), seconds=_STEP)
    labels, time = 'tenant="a"', 2 * HOUR - 60
    questions = [
        Question(query=left(labels), time=time),
        Question(query=f"count(slo:error_budget_status{{{labels}}})", time=time),
        Question(query=lasts(labels), time=time),
        Question(query='count(ALERTS{alertname!~"SLOData.*"})', time=time),
        Question(query="sum(slo:sli_events:period)", time=time, truth=0),
        Question(query="sum(slo:sli_data:ratio)", time=time, truth=1),
    ]

    series = idle.counters(f",{labels}")
    World(slos=(slo,), series=series, step=_STEP, interval=30).judge(line, questions)
