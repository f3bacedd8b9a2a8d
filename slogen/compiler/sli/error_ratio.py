"""A ratio becomes two series, which count seconds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen.compiler.sli.kind import Kind, share_of_time
from slogen.compiler.sli.states import value_of
from slogen.promql.expr import Aggregation, Expr, call

if TYPE_CHECKING:
    from slogen.model import ErrorRatio
    from slogen.plan import ResolvedSLO


def error_ratio(slo: ResolvedSLO, sli: ErrorRatio) -> tuple[Expr, Expr]:
    """Take a ratio as it is: that part of the seconds since the evaluation before was bad.

    events: ``30 * group by (G) (query >= -Inf)``
    errors: ``30 * clamp(max by (G) (query >= -Inf), 0, 1)``
    """
    value, by = value_of(slo, sli.query), slo.definition.group_by
    seconds = slo.timing.fast_interval.seconds
    bad = call("clamp", Aggregation("max", by, value), 0, 1)
    return seconds * Aggregation("group", by, value), seconds * bad


KIND = Kind(series=error_ratio, share=share_of_time)
