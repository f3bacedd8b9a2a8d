"""How much of each budget was left over time, in few enough points to draw."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from slogen import naming
from slogen.live.arithmetic import budget_of
from slogen.live.readings import Steps
from slogen.plan.hours import HOUR
from slogen.recorded.many import hours_of, newest_of
from slogen.units import Duration

if TYPE_CHECKING:
    from collections.abc import Mapping

    from slogen.live.arithmetic import Counts
    from slogen.live.months import Month
    from slogen.live.readings import Fleet, Key, Points

_POINTS = 60
_HALF_A_DAY = Duration("12h")


def rolling_histories(fleet: Fleet) -> Mapping[Key, Points]:
    """Return what was left over each SLO's own window, as it was recorded; by the worst ruler.

    Raises:
        ServerError: If there is no answer that can be used.
    """
    found: dict[Key, dict[float, float]] = {}
    for window in sorted({slo.period for slo in fleet.slos}):
        slos = [slo for slo in fleet.slos if slo.period == window]
        length = timedelta(milliseconds=window.milliseconds)
        steps = Steps(
            start=fleet.at - length,
            end=fleet.at,
            step=Duration.of_milliseconds(window.milliseconds // _POINTS),
        )
        recorded = partial(newest_of, metric=naming.BUDGET_REMAINING)
        for (key, _), points in fleet.curves(recorded, slos, steps).items():
            lowest = found.setdefault(key, {})
            for at, share in points:
                lowest[at] = min(share, lowest.get(at, share))
    return {key: tuple(sorted(points.items())) for key, points in found.items()}


def month_histories(
    fleet: Fleet, month: Month, counts: Mapping[Key, Counts]
) -> Mapping[Key, Points]:
    """Return what was left of the budgets of a month: what its hours spent, half a day at a time.

    Raises:
        ServerError: If there is no answer that can be used.
    """
    hour, half = (timedelta(milliseconds=each.milliseconds) for each in (HOUR, _HALF_A_DAY))
    # The hours of the first half day are recorded within an hour after it.
    first, last = month.start + half + hour, min(fleet.at, month.end + hour)
    if first > last:
        return {}
    spent = fleet.curves(
        lambda part: hours_of(part, naming.ERRORS_INCREASE, _HALF_A_DAY),
        fleet.slos,
        Steps(start=first, end=last, step=_HALF_A_DAY),
    )
    allowed = {slo.definition.id: float(slo.budget) for slo in fleet.slos}
    found: dict[Key, Points] = {}
    for key, counted in counts.items():
        budget = budget_of(counted, allowed[key[0]])
        points = spent.get((key, counted.ruler), ())
        if budget and points:
            found[key] = _burned_down(points, budget.total, month.start)
    return found


def _burned_down(points: Points, total: float, start: datetime) -> Points:
    """Return what was left after each half day, from all of it on."""
    spent, found = 0.0, [(start.timestamp(), 1.0)]
    for at, errors in points:
        spent += errors
        found.append((at - float(HOUR.seconds), 1 - spent / total))
    return tuple(found)
