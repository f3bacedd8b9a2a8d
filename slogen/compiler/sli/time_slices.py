"""A value that is good or bad becomes two series."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen.compiler.sli.counted import query
from slogen.promql.expr import MINUS_INFINITY, Aggregation, Expr, as_bool

if TYPE_CHECKING:
    from slogen.model import TimeSlices
    from slogen.plan import ResolvedSLO


def time_slices(slo: ResolvedSLO, sli: TimeSlices) -> tuple[Expr, Expr]:
    """Judge a value: each moment is one event, good or bad.

    events: ``group by (G) (query >= -Inf)``
    errors, for ``<= 300``: ``max by (G) ((query >= -Inf) > bool 300)``
    """
    value, by = query(slo, sli.query) >= MINUS_INFINITY, slo.definition.group_by
    bad = as_bool(value.compared(sli.good_when.opposite, sli.good_when.limit))
    return Aggregation("group", by, value), Aggregation("max", by, bad)
