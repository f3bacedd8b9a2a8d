"""The age of a group: from its first minute on, through pauses, renames and short retention."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.budgets.asking import Question, World
from tests.budgets.hours import HOUR, Hours, identity
from tests.budgets.slos import DAY, age, left, of_days, of_requests
from tests.budgets.traffic import Traffic, steps

if TYPE_CHECKING:
    from slogen import SLO
    from tests.budgets.traffic import Step

pytestmark = [pytest.mark.long, pytest.mark.parametrize("line", ["2", "3"])]

_STEP = 30
_STEPS = 4 * HOUR // _STEP
_UNSEEN = 90
"""Seconds until a new series has two samples that are old enough to be read, and are."""


def _from(step: int) -> Traffic:
    return Traffic(steps=steps((step, None), (_STEPS - step, (30, 0))), seconds=_STEP)


def test_the_first_hours_have_no_leap(line: str) -> None:
    """Evaluations say how old a group is until it has an hour, and the hour says the same."""
    groups = {f"from-{step}": _from(step) for step in (0, 1, 60, 110, 119)}
    period = 7 * DAY
    questions = [
        Question(
            query=age(f'tenant="{name}"', period),
            time=time,
            truth=traffic.age(time, period),
            within=_UNSEEN,
        )
        for name, traffic in groups.items()
        for time in (*range(HOUR + 60, HOUR + 480, 30), 7200, 7440, 7470, 3 * HOUR + 900)
        if traffic.age(time, period) > _UNSEEN
    ]
    falls = "max(resets(slo:period_coverage:ratio[4h])) > 0"
    questions.append(Question(query=falls, time=4 * HOUR))
    series: dict[str, str] = {}
    for name, traffic in groups.items():
        series |= traffic.counters(f',tenant="{name}"')

    World(slos=(of_requests("7d"),), series=series, step=_STEP, interval=30).judge(line, questions)


def test_ten_minutes_an_hour(line: str) -> None:
    """A group with pauses in its first hour is taken for younger, by those pauses at most."""
    hourly = steps((40, None), (20, (30, 0)), (60, None))
    traffic = Traffic(steps=hourly * 5, seconds=_STEP)
    first, period = 40 * _STEP, 7 * DAY
    questions = [
        Question(
            query=age('tenant="batch"', period),
            time=time,
            truth=time - first - 25 * 60,
            within=25 * 60 + _UNSEEN,
        )
        for time in (30 * 60, 2 * HOUR, 4 * HOUR, 5 * HOUR - 60)
    ]
    series = traffic.counters(',tenant="batch"')

    World(slos=(of_requests("7d"),), series=series, step=_STEP, interval=30).judge(line, questions)


def test_two_recorders(line: str) -> None:
    """A group that two rulers record into one store is as old as it is, not twice as old."""
    slo, traffic, period = of_requests("7d"), _from(0), 7 * DAY
    series = traffic.counters(',tenant="a"')
    for hour in range(2):
        labels = identity(slo.id, hour, ',tenant="a",prometheus="other"')
        away = " ".join(["_"] * 120 * hour)
        series[f"slo:sli_events:increase{labels}"] = f"{away} 30x119".strip()
    questions = [
        Question(query=age('tenant="a"', period), time=time, truth=time, within=_UNSEEN)
        for time in (1800, HOUR, HOUR + 180, HOUR + 600, 2 * HOUR + 600)
    ]

    World(slos=(slo,), series=series, step=_STEP, interval=30).judge(line, questions)


_DAY = 24
_GOOD: Step = (1000, 1)
_IDLE: Step = (0, 0)
_GROUPS = {
    "new-slo": steps((28 * _DAY, None), (17 * _DAY, _GOOD)),
    "new-tenant": steps((958, None), (1, (1000, 4)), (5 * _DAY, (1000, 0))),
    "weekly": steps((5 * _DAY, None), (6, (9000, 6)), (42, None)) * 7,
    "young-weekly": steps((396, None)) + steps((6, (9000, 6)), (162, None)) * 5,
    "three-days-away": steps((612, None), (120, _GOOD), (72, None), (15 * _DAY, _GOOD)),
    "two-days-down": steps((20 * _DAY, _GOOD), (2 * _DAY, None), (30 * _DAY, _GOOD)),
    "long-away": steps((2 * _DAY, _GOOD), (36 * _DAY, None), (7 * _DAY, (1000, 0))),
    "idle-for-weeks": steps((20 * _DAY, _GOOD), (30 * _DAY, _IDLE)),
}
_AGES = {
    "new-slo": 12,
    "new-tenant": 2 / 24,
    "weekly": 30,
    "young-weekly": 23.5,
    "three-days-away": 14.5,
    "two-days-down": 30,
    "idle-for-weeks": 30,
}
"""How many days old each is on the fortieth day, of thirty at most."""


def _asked(name: str, group: Hours, time: int) -> list[Question]:
    """Ask for the age and for the budget of a group; Prometheus 2 may see an hour more."""
    labels, budget = f'tenant="{name}"', of_days(30)
    old = min(group.age(time, budget.memory), budget.period)
    return [
        Question(query=age(labels, budget.period), time=time, truth=old, within=1),
        Question(query=left(labels), time=time, truth=group.left(time, budget), within=0.003),
    ]


def test_groups_that_come_and_go(line: str) -> None:
    """New, weekly, gone and back, down: each has its own age, and the budget of that age.

    A group that was away for longer than a third of the window more is as young as a new one: on
    the fortieth day its past is seen, on the forty-fourth it is not.
    """
    groups = {
        name: Hours(hours=hours[: 45 * _DAY], labels=f',tenant="{name}"')
        for name, hours in _GROUPS.items()
    }
    questions = [
        Question(query=age(f'tenant="{name}"', 30), time=40 * DAY, truth=days, within=0.001)
        for name, days in _AGES.items()
    ]
    for name, group in groups.items():
        for time in (40 * DAY, 44 * DAY + 6 * HOUR):
            questions += _asked(name, group, time)
    series: dict[str, str] = {}
    for group in groups.values():
        series |= group.recorded("shop-for-30d")

    _world(series).judge(line, questions)


def test_retention_shorter_than_the_window(line: str) -> None:
    """Of 40 days fifteen are kept: the group is fifteen days old, and had no errors before."""
    kept = Hours(hours=steps((40 * _DAY, _GOOD))).recorded("shop-for-30d", first=25 * _DAY)
    questions = [
        Question(query=age("", 30), time=40 * DAY, truth=15, within=0.001),
        Question(query=left(""), time=40 * DAY, truth=0.5, within=0.001),
    ]

    _world(kept).judge(line, questions)


def test_group_by_that_was_added(line: str) -> None:
    """The history of the whole belongs to no tenant: each starts young and with a whole budget."""
    whole = Hours(hours=steps((20 * _DAY, (1000, 2))))
    tenant = Hours(hours=steps((20 * _DAY, None), (5 * _DAY, (500, 1))), labels=',tenant="a"')
    series = whole.recorded("shop-for-30d") | tenant.recorded("shop-for-30d")

    _world(series).judge(line, _asked("a", tenant, 24 * DAY))


def test_group_by_that_was_removed(line: str) -> None:
    """The whole has the history of all tenants: the age of the oldest, the events of each."""
    series: dict[str, str] = {}
    for labels, hours in {
        ',tenant="a"': steps((240, (1000, 1))),
        ',tenant="b"': steps((120, None), (120, (3000, 0))),
        "": steps((240, None), (120, (4000, 2))),
    }.items():
        series |= Hours(hours=hours, labels=labels).recorded("shop-for-30d")
    whole = Hours(hours=steps((120, (1000, 1)), (120, (4000, 1)), (120, (4000, 2))))
    questions = [
        Question(query=age("", 30), time=15 * DAY, truth=15, within=0.001),
        Question(
            query=left(""), time=15 * DAY, truth=whole.left(15 * DAY, of_days(30)), within=0.001
        ),
    ]

    _world(series, of_requests(group_by=())).judge(line, questions)


def test_ninety_days(line: str) -> None:
    """A window of 90 days looks back for 120: who paused for two months and more is not young."""
    group = Hours(hours=steps((10 * _DAY, _GOOD), (65 * _DAY, None), (35 * _DAY, _GOOD)))
    time, budget = 105 * DAY, of_days(90)
    questions = [
        Question(query=age("", 90), time=time, truth=90, within=0.001),
        Question(query=left(""), time=time, truth=group.left(time, budget), within=0.003),
    ]

    _world(group.recorded("shop-for-90d"), of_requests("90d")).judge(line, questions)


def _world(series: dict[str, str], slo: SLO | None = None) -> World:
    """Return a world that is evaluated every six hours, which is enough for recorded hours."""
    return World(slos=(slo or of_requests(),), series=series, step=HOUR, interval=6 * HOUR)
