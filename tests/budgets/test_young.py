"""Groups that are minutes old, beside groups that are old: who is paged, and who is not."""

from __future__ import annotations

import pytest

from slogen import SLO, Service, TimeSlices, Up
from tests.budgets.asking import Question, World
from tests.budgets.hours import HOUR, history, identity
from tests.budgets.slos import DAY, EVERY_ALERT, fired, fires, left, of_days, of_requests
from tests.budgets.traffic import Traffic, steps

pytestmark = [pytest.mark.long, pytest.mark.parametrize("line", ["2", "3"])]

_STEP = 30
_BUDGET_OR_BURN = "SLOBurnRate.*|SLOErrorBudget.*"


def test_a_first_scrape_that_fails(line: str) -> None:
    """A pod that is not ready at its first scrape pages nobody; one that never is ready does."""
    slo = SLO(
        service=Service("shop"),
        name="up",
        objective="99.9%",
        window="30d",
        group_by=["instance"],
        sli=Up(gauge='up{job="shop"}'),
    )
    series = {
        'up{job="shop",instance="old"}': "1x600",
        'up{job="shop",instance="new"}': "_x120 0 1x479",
        'up{job="shop",instance="dead"}': "_x120 0x480",
    }
    born = HOUR
    questions = [
        Question(query=fired(".*", ',instance=~"old|new"', 5 * 60), time=5 * HOUR),
        Question(query=fires("SLOBurnRatePage", ',instance="dead"'), time=born + 210),
        Question(query=fires("SLOBurnRatePage", ',instance="dead"'), time=born + 360, truth=1),
        # 30 of the 2592 seconds that a month allows.
        Question(query=left('instance="new"'), time=born + 600, truth=1 - 30 / 2592, within=0.0001),
        Question(
            query=left('instance="dead"'), time=born + 570, truth=1 - 600 / 2592, within=0.0001
        ),
        # After 2592 seconds nothing is left.
        Question(query=fires("SLOErrorBudgetExhausted", ""), time=born + 2550),
        Question(query=fires("SLOErrorBudgetExhausted", ""), time=born + 2610, truth=1),
    ]

    World(slos=(slo,), series=series, step=_STEP, interval=30).judge(line, questions)


def test_a_first_time_slice_that_is_bad(line: str) -> None:
    """A tenant whose first value is too high is quiet; one whose values stay so is paged."""
    slo = SLO(
        service=Service("shop"),
        name="fresh",
        objective="99%",
        window="30d",
        group_by=["tenant"],
        sli=TimeSlices(query="lag_seconds", good_when="<= 300"),
    )
    series = {
        'lag_seconds{tenant="old"}': "10x600",
        'lag_seconds{tenant="new"}': "_x120 900 10x479",
        'lag_seconds{tenant="late"}': "_x120 900x480",
    }
    questions = [
        Question(query=fired(".*", ',tenant=~"old|new"', 5 * 60), time=5 * HOUR),
        # 14.4 % of an hour are 8 minutes and 38 seconds.
        Question(query=fires(".*", ',tenant="late"'), time=HOUR + 8 * 60),
        Question(query=fires("SLOBurnRatePage", ',tenant="late"'), time=HOUR + 540, truth=1),
        Question(query=left('tenant="new"'), time=HOUR + 600, truth=1 - 30 / 25_920, within=0.0001),
    ]

    World(slos=(slo,), series=series, step=_STEP, interval=30).judge(line, questions)


def test_a_new_tenant_of_an_old_slo(line: str) -> None:
    """Four bad requests of the first 1,200 are 0.3 % of a week's budget: nobody hears of them.

    A tenant that is bad all the time has no budget left, by the same arithmetic.
    """
    slo, budget = of_requests("7d", alerts=EVERY_ALERT), of_days(7)
    groups = {
        "old": Traffic(
            steps=steps((720, (60, 0))), seconds=_STEP, before=(1_200_000, 0), older=8 * DAY
        ),
        "new": Traffic(
            steps=steps((120, None), (2, (60, 0)), (4, (60, 1)), (594, (60, 0))), seconds=_STEP
        ),
        "bad": Traffic(steps=steps((120, None), (600, (60, 60))), seconds=_STEP),
    }
    series: dict[str, str] = {}
    questions = [
        Question(query=fired(_BUDGET_OR_BURN, ',tenant=~"old|new"', 6 * 60), time=6 * HOUR),
        # Each tier waits: for its short window, or for half of its long one from a day up.
        Question(query=fires("SLOBurnRate.*", ',tenant="bad"'), time=HOUR + 300),
        Question(query=fires("SLOBurnRatePage", ',tenant="bad"'), time=HOUR + 480, truth=1),
        Question(query=fired("SLOBurnRateTicket", ',tenant="bad"', 6 * 60), time=6 * HOUR),
        Question(query=fires("SLOErrorBudgetExhausted", ',tenant="bad"'), time=2 * HOUR, truth=1),
        Question(
            query=left('tenant="new"'),
            time=HOUR + 720,
            truth=1 - 4 / (2 * 7 * DAY * 0.001),
            within=0.0005,
        ),
    ]
    for name, traffic in groups.items():
        labels = f',tenant="{name}"'
        series |= traffic.counters(labels)
        if traffic.older:
            series |= history(slo.id, labels, traffic)
        questions += [
            Question(
                query=left(f'tenant="{name}"'),
                time=time,
                truth=traffic.left(time - _STEP, budget),
                within=0.0005 if name != "bad" else 0.5,
            )
            for time in (HOUR + 720, HOUR + 1800, 2 * HOUR, 4 * HOUR, 6 * HOUR - 60)
        ]

    World(slos=(slo,), series=series, step=_STEP, interval=30).judge(line, questions)


def test_group_by_added_to_a_running_slo(line: str) -> None:
    """What was counted for the whole fires nothing as a group without a name, a day after the edit.

    Before that day is over, only what was spent before the edit is still said to be.
    """
    slo, budget = of_requests("7d", alerts=EVERY_ALERT), of_days(7)
    sound = Traffic(steps=[], seconds=_STEP, before=(12_096_000, 6_048), older=7 * DAY)
    series = history(slo.id, "", sound)
    for name, value in {"slo:sli_events:increase": 600, "slo:sli_errors:increase": 1}.items():
        series[f"{name}{identity(slo.id, 0, '')}"] = f"{value}x119"
    tenants = {
        f"t{number}": Traffic(
            steps=steps((120, None), (1, (0, 0)), (4, (120, 1)), (595, (120, 0))), seconds=_STEP
        )
        for number in range(5)
    }
    questions = [
        Question(query=fired(_BUDGET_OR_BURN, "", 6 * 60), time=6 * HOUR),
        Question(query='count(slo:error_budget_status{tenant=""})', time=2 * HOUR, truth=4),
    ]
    for name, traffic in tenants.items():
        series |= traffic.counters(f',tenant="{name}"')
        questions += [
            Question(
                query=left(f'tenant="{name}"'),
                time=time,
                truth=traffic.left(time - _STEP, budget),
                within=0.0005,
            )
            for time in (HOUR + 720, 2 * HOUR, 5 * HOUR)
        ]

    World(slos=(slo,), series=series, step=_STEP, interval=30).judge(line, questions)
