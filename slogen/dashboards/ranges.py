"""What SLOs did within the range that a reader chooses, and within the one before it.

Whole hours are counted, each at its own end: the last hour of a range is recorded within the first
one after it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from slogen import naming
from slogen.dashboards import measures
from slogen.dashboards.measures import DAY, HOUR
from slogen.dashboards.scope import divided
from slogen.promql.expr import (
    Aggregation,
    Binary,
    Expr,
    GrafanaRange,
    Subquery,
    as_bool,
    call,
    expression,
)
from slogen.units import Duration

if TYPE_CHECKING:
    from slogen.dashboards.measures import Words
    from slogen.dashboards.scope import Scope

_MINUTE = Duration("1m")
PAGE_STEP = Duration("5m")
"""A page that begins anew within less time than this counts once."""
_TWO_HOURS = Duration("2h")


def counted(scope: Scope, metric: str, *, earlier: bool = False) -> Expr:
    """Return the sum of the hours of the range, or of the one before it, of each group."""
    hours = attrs.evolve(scope.over(metric, GrafanaRange()), ahead=HOUR)
    return _moved(Aggregation("sum", scope.group_key, call("sum_over_time", hours)), earlier)


def ratio(scope: Scope, *, earlier: bool = False) -> Expr:
    """Return which share of the events of a range was bad, of each group that had any."""
    bad, every = (counted(scope, metric) for metric in (naming.ERRORS_SUM, naming.EVENTS_SUM))
    shares = Binary(bad, "/", every > 0, on=scope.group_key)
    return _moved(call("clamp_max", shares, 1), earlier)


def spent(scope: Scope, *, earlier: bool = False) -> Expr:
    """Return which part of what a range allows the worst group of each SLO has spent."""
    shares = ratio(scope, earlier=earlier)
    parts = divided(shares, scope.constant(naming.ERROR_BUDGET), scope.key)
    return Aggregation("max", scope.key, parts)


def met(scope: Scope, *, earlier: bool = False) -> Expr:
    """Return 1 for each SLO whose worst group met the objective within a range, else 0."""
    return as_bool(spent(scope, earlier=earlier) <= 1)


def pages(scope: Scope, words: Words) -> Expr:
    """Return how often a page began within the range, of each SLO that had any."""
    fires = Aggregation("group", scope.key, measures.alerts_of(scope, words.page))
    fired = Aggregation("group", scope.key, measures.alerts_of(scope, words.page, PAGE_STEP))
    begins = fires.unless(fired, on=scope.key)
    return call("count_over_time", Subquery(begins, GrafanaRange(), PAGE_STEP))


def places(scope: Scope) -> Expr:
    """Return 1 for each SLO, with its service and its owner."""
    labels = (*scope.key, scope.naming.service, naming.OWNER_LABEL)
    return Aggregation("topk", scope.key, Aggregation("max", labels, scope.info()), parameter=1)


def hour_costs(scope: Scope) -> Expr:
    """Return which part of its budget each group spent in the hour that begins at a moment.

    Hours in which it burned no faster than sustainable are left out.
    """
    key = scope.group_key
    hour = attrs.evolve(scope.over(naming.ERRORS_SUM, HOUR), ahead=_TWO_HOURS)
    errors = Aggregation("sum", key, call("sum_over_time", hour))
    whole = Aggregation("max", key, measures.allowed(scope, at_end=True))
    cost = Binary(errors, "/", whole, on=key)
    hours = scope.constant(naming.PERIOD_DAYS, at_end=True) * (DAY.seconds // HOUR.seconds)
    sustainable = expression(1) / hours
    return Binary(cost, ">", sustainable, on=scope.key, group_left=True)


def _moved(expr: Expr, earlier: bool) -> Expr:  # noqa: FBT001 (private, one fact)
    """Return an expression, or what it was a whole range ago."""
    if not earlier:
        return expr
    return call("last_over_time", Subquery(expr, _MINUTE, _MINUTE, offset=GrafanaRange()))
