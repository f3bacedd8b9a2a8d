"""Shapes that several kinds of SLI are made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen.promql.expr import INFINITY, Binary, Expr, Series, Text, call

if TYPE_CHECKING:
    from slogen.plan import ResolvedSLO
    from slogen.promql.query import Query
    from slogen.promql.selector import Matcher


def rate(slo: ResolvedSLO, metric: str, matchers: tuple[Matcher, ...]) -> Expr:
    """Return how fast counters grow, per second."""
    return call("rate", Series(metric, matchers).over(slo.timing.base_range, slo.timing.offset))


def query(slo: ResolvedSLO, query: Query) -> Text:
    """Return a free query over the base range."""
    return Text(query.with_window(slo.timing.base_range), query.is_atomic)


def finite(expr: Expr) -> Binary:
    """Keep what a sound counter can give: NaN compares with nothing, and Inf is not below Inf."""
    return (expr >= 0) < INFINITY
