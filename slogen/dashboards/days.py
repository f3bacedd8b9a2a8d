"""Which part of the error budget each day spent, today too."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from slogen import naming
from slogen.dashboards import groups
from slogen.dashboards.colors import GOOD, WARN
from slogen.dashboards.measures import DAY, HOUR
from slogen.dashboards.panels import Query
from slogen.dashboards.scope import times
from slogen.dashboards.shapes import curves, dashed, painted
from slogen.promql.expr import Aggregation, Binary, Series, call, expression
from slogen.promql.printer import text
from slogen.units import Duration

if TYPE_CHECKING:
    from slogen.dashboards.panels import Panel
    from slogen.dashboards.scope import Scope
    from slogen.dashboards.service import Detail
    from slogen.promql.expr import Expr

_MONTH = Duration("30d")
_BARS = {"drawStyle": "bars", "fillOpacity": 80, "lineWidth": 0, "barAlignment": 1}
_STEPS = {"fillOpacity": 0, "lineInterpolation": "stepAfter", "lineWidth": 2}
"""Bars of several groups would hide each other."""
_DAY_AND_HOUR = Duration.of_milliseconds(DAY.milliseconds + HOUR.milliseconds)
_TWO_DAYS = Duration("2d")


def spent_by_day(one: Detail, width: int) -> Panel:
    """Return which part of the budget each day spent, each bar at its own day."""
    scope = one.scope
    lost = attrs.evolve(scope.over(naming.ERRORS_SUM, _MONTH, at_end=True), ahead=DAY)
    rank = Aggregation("sum", scope.group_key, call("sum_over_time", lost))
    few = f" At most {groups.MOST_CURVES} groups, those that spent most." if scope.groups else ""
    spent = groups.few(scope, spent_from(scope), rank)
    share = expression(1) / call("max", _newest(scope, naming.PERIOD_DAYS, scope.key))
    return curves(
        "Budget spent by day",
        f"Which part of the whole error budget each of the last {_MONTH} spent, from midnight "
        "to midnight UTC; today until now. The line is what a day may spend so that the budget "
        f"lasts for its whole window.{few}",
        width,
        Query(expr=text(spent), legend=f"{one.legend}spent"),
        Query(expr=text(share), legend="a day's share"),
        unit="percentunit",
        decimals=1,
        low=0,
        interval="1d",
        time_from=str(_MONTH),
        legend="list",
        height=9,
        custom=_STEPS if scope.groups else _BARS,
        overrides=(
            *(() if scope.groups else (painted("spent", WARN),)),
            dashed("a day's share", GOOD, more={"custom.drawStyle": "line"}),
        ),
    )


def spent_from(scope: Scope) -> Expr:
    """Return which part of its budget each group spent in the day that begins at a moment.

    Grafana asks for the midnights of a range. The last hour of a day is recorded within the first
    of the next one, and belongs to the day; what no hour holds yet belongs to the last day.
    """
    key = scope.group_key
    hours = attrs.evolve(scope.over(naming.ERRORS_SUM, DAY), ahead=_DAY_AND_HOUR)
    errors = Aggregation("sum", key, call("sum_over_time", hours))
    opened = attrs.evolve(scope.over(naming.ERRORS_OPEN, DAY), ahead=DAY)
    newest = Aggregation("max", key, call("last_over_time", opened))
    tomorrow = Series(naming.ERROR_BUDGET, scope.of_slos, DAY, ahead=_TWO_DAYS)
    is_past = Aggregation("group", scope.key, call("count_over_time", tomorrow))
    unfinished = newest.unless(is_past, on=scope.key)
    both = (errors + unfinished).or_(errors).or_(unfinished)
    return Binary(both, "/", _allowed(scope), on=key)


def _allowed(scope: Scope) -> Expr:
    """Return how many bad events each group may have in a whole window."""
    events, covered = (
        _newest(scope, metric, scope.group_key)
        for metric in (naming.EVENTS_PERIOD, naming.COVERAGE)
    )
    return times(events / covered, _newest(scope, naming.ERROR_BUDGET, scope.key), scope.key)


def _newest(scope: Scope, metric: str, key: tuple[str, ...]) -> Expr:
    """Return the newest sample of a series: of today, since the range may end at its midnight."""
    is_constant = key == scope.key
    of_all = attrs.evolve(scope, of_groups=()) if is_constant else scope
    series = attrs.evolve(of_all.over(metric, _TWO_DAYS, at_end=True), ahead=DAY)
    return Aggregation("max", key, call("last_over_time", series))
