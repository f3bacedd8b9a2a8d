"""How much data there was: what falls below 95 %, and what the alert about it makes of that."""

from __future__ import annotations

import pytest

from slogen import SLO, AlertPolicy, Service, TimeSlices
from tests.budgets.asking import Question, World
from tests.budgets.hours import HOUR
from tests.budgets.slos import fired, fires, of_requests
from tests.budgets.traffic import Traffic, steps

pytestmark = [pytest.mark.long, pytest.mark.parametrize("line", ["2", "3"])]

_STEP = 30
_NAME = "SLODataIncomplete"
_POLICY = AlertPolicy(preset="none", incomplete=True)
_NEVER = {
    "all": "10x720",
    "young": "_x240 10x480",
    "gone": "10x240 stale",
    "one-missed": "10x240 stale 10x479",
    "for-five-minutes": "10x240 stale _x9 10x470",
    "two-in-a-hundred": " ".join(["10x48 stale"] * 14 + ["10x20"]),
}
"""Values of a gauge whose SLO has data, as promtool writes them: a scrape that fails is stale."""
_IN_TEN = " ".join(["10x8 stale"] * 72)


def _of_time() -> SLO:
    return SLO(
        service=Service("shop"),
        name="fresh",
        objective="99%",
        window="30d",
        group_by=["tenant"],
        sli=TimeSlices(query="lag_seconds", good_when="<= 300"),
        alerts=_POLICY,
    )


def _ratio(tenant: str) -> str:
    return f'sum(slo:sli_data:ratio{{tenant="{tenant}"}})'


def test_scrapes_of_a_gauge_that_fail(line: str) -> None:
    """One failing scrape in ten is told after an hour; what comes, goes or pauses once is not."""
    series = {f'lag_seconds{{tenant="{name}"}}': values for name, values in _NEVER.items()}
    series['lag_seconds{tenant="in-ten"}'] = _IN_TEN
    series['lag_seconds{tenant="pauses"}'] = " ".join(["10x39 stale _x38 10"] * 9)
    questions = [
        Question(query=fired(_NAME, f',tenant=~"{"|".join(_NEVER)}"', 355), time=355 * 60),
        Question(query=fires(_NAME, ',tenant="in-ten"'), time=58 * 60),
        Question(query=fires(_NAME, ',tenant="in-ten"'), time=65 * 60, truth=1),
        Question(query=fires(_NAME, ',tenant="in-ten"'), time=355 * 60, truth=1),
        Question(query=_ratio("all"), time=2 * HOUR, truth=1),
        Question(query=_ratio("in-ten"), time=3 * HOUR, truth=0.9, within=0.01),
        Question(query=_ratio("pauses"), time=3 * HOUR, truth=0.5, within=0.2),
        Question(query=fires(_NAME, ',tenant="pauses"'), time=3 * HOUR, truth=1),
        Question(query=_ratio("young"), time=2 * HOUR + 1800, truth=0.5, within=0.02),
        Question(query=_ratio("gone"), time=2 * HOUR + 1800, truth=0.5, within=0.02),
        Question(query=_ratio("gone"), time=3 * HOUR + 60),
        Question(query=_ratio("one-missed"), time=2 * HOUR + 1800, truth=119 / 120, within=0.009),
    ]

    World(slos=(_of_time(),), series=series, step=_STEP, interval=30).judge(line, questions)


def test_scrapes_of_a_counter_that_fail(line: str) -> None:
    """A counter says later what it counted: one failing scrape in ten is no missing data.

    Gaps of five minutes in each half hour are: the rules see nothing for four of them.
    """
    slo = of_requests(alerts=_POLICY)
    counted = Traffic(steps=steps((720, (30, 0))), seconds=_STEP)
    series: dict[str, str] = {}
    for tenant, gap, every in (("in-ten", 1, 10), ("five-minutes", 10, 60), ("ten-once", 20, 720)):
        for name, values in counted.counters(f',tenant="{tenant}"').items():
            kept = values.split()
            for number in range(240, len(kept)):
                if number % every < gap:
                    kept[number] = "_"
            if tenant == "ten-once":
                kept[240:260] = ["_"] * 20
            series[name] = " ".join(kept)
    events = 'sum(sum_over_time(slo:sli_events:increase{{tenant="{}"}}[5h]))'
    questions = [
        Question(query=_ratio("in-ten"), time=5 * HOUR, truth=1),
        Question(query=fired(_NAME, ',tenant="in-ten"', 355), time=355 * 60),
        Question(query=_ratio("five-minutes"), time=5 * HOUR, truth=1 - 8 / 60, within=0.03),
        Question(query=fires(_NAME, ',tenant="five-minutes"'), time=5 * HOUR, truth=1),
        # Nothing is lost of what was counted in the gaps.
        Question(query=events.format("in-ten"), time=5 * HOUR + 600, truth=300 * 60, within=60),
        Question(
            query=events.format("five-minutes"), time=5 * HOUR + 600, truth=300 * 60, within=60
        ),
        # One gap of ten minutes is known for an hour and four minutes, and told in the last ones.
        Question(query=_ratio("ten-once"), time=2 * HOUR + 1200, truth=1 - 8.5 / 60, within=0.02),
        Question(query=fired(_NAME, ',tenant="ten-once"', 180), time=3 * HOUR),
        Question(query=fired(_NAME, ',tenant="ten-once"', 20), time=3 * HOUR + 1200, truth=1),
        Question(query=fires(_NAME, ',tenant="ten-once"'), time=3 * HOUR + 900),
    ]

    World(slos=(slo,), series=series, step=_STEP, interval=30).judge(line, questions)
