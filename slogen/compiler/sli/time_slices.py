"""A value that is good or bad becomes two series, which count seconds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen.compiler.sli.kind import Kind, share_of_time
from slogen.compiler.sli.states import value_of
from slogen.promql.expr import Aggregation, Expr, as_bool

if TYPE_CHECKING:
    from slogen.model import TimeSlices
    from slogen.plan import ResolvedSLO


def time_slices(slo: ResolvedSLO, sli: TimeSlices) -> tuple[Expr, Expr]:
    """Judge a value: the seconds since the evaluation before were good, or bad.

    events: ``30 * group by (G) (query >= -Inf)``
    errors, for ``<= 300``: ``30 * max by (G) ((query >= -Inf) > bool 300)``
    """
    value, by = value_of(slo, sli.query), slo.definition.group_by
    seconds = slo.timing.fast_interval.seconds
    bad = as_bool(value.compared(sli.good_when.opposite, sli.good_when.limit))
    return seconds * Aggregation("group", by, value), seconds * Aggregation("max", by, bad)


KIND = Kind(series=time_slices, share=share_of_time)
