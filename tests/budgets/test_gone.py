"""Who is gone, and who only pauses: how long alerts about a spent budget stay."""

from __future__ import annotations

import pytest

from tests.budgets.asking import Question, World
from tests.budgets.hours import HOUR, Hours
from tests.budgets.slos import DAY, EVERY_ALERT, fires, of_requests
from tests.budgets.traffic import steps

pytestmark = [pytest.mark.long, pytest.mark.parametrize("line", ["2", "3"])]

_SPENT = "SLOErrorBudget.*"
_GROUPS = {
    "left": steps((240, (1000, 9)), (144, None)),
    "idle": steps((240, (1000, 9)), (144, (0, 0))),
    "every-second-hour": steps((1, (10, 1)), (1, (0, 0))) * 192,
    "by-day": steps((10, (10, 1)), (14, None)) * 16,
}


def test_who_is_gone_for_a_day_is_not_alerted_about(line: str) -> None:
    """A spent budget is said for a day after the last event, and not for the whole window."""
    series: dict[str, str] = {}
    for name, hours in _GROUPS.items():
        series |= Hours(hours=hours, labels=f',tenant="{name}"').recorded("shop-for-30d")
    questions = [
        Question(query=fires(_SPENT, f',tenant="{name}"'), time=10 * DAY + after * HOUR, truth=2)
        for name in _GROUPS
        for after in (0, 12, 22)
    ]
    questions += [
        Question(query=fires(_SPENT, f',tenant="{name}"'), time=10 * DAY + after * HOUR)
        for name in ("left", "idle")
        for after in (27, 48, 143)
    ]
    whole = f'max(count_over_time(ALERTS{{alertname=~"{_SPENT}",alertstate="firing"}}[4d]))'
    pausing = whole.replace('"firing"', '"firing",tenant=~"every.*|by-day"').replace("max", "min")
    questions.append(Question(query=pausing, time=15 * DAY, truth=4 * 24, within=1))
    slo = of_requests(alerts=EVERY_ALERT)

    World(slos=(slo,), series=series, step=HOUR, interval=HOUR).judge(line, questions)


def test_the_whole_before_group_by_was_added(line: str) -> None:
    """The group without a name that is left of the whole is alerted about for a day at most."""
    hours = Hours(hours=steps((240, (1000, 9))))
    tenant = Hours(hours=steps((240, None), (144, (1000, 0))), labels=',tenant="a"')
    series = hours.recorded("shop-for-30d") | tenant.recorded("shop-for-30d")
    burning = "SLOErrorBudget.*|SLOBurnRate.*"
    questions = [
        Question(query=fires(burning), time=10 * DAY + after * HOUR) for after in (27, 48, 143)
    ]
    slo = of_requests(alerts=EVERY_ALERT)

    World(slos=(slo,), series=series, step=HOUR, interval=HOUR).judge(line, questions)
