"""What kinds that judge a value have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen.promql.expr import MINUS_INFINITY, Binary, Text

if TYPE_CHECKING:
    from slogen.plan import ResolvedSLO
    from slogen.promql.query import Query


def value_of(slo: ResolvedSLO, query: Query) -> Binary:
    """Return the values of a query: NaN compares with nothing, so that ``>= -Inf`` drops it."""
    return Text(query.with_window(slo.timing.base_range), query.is_atomic) >= MINUS_INFINITY
