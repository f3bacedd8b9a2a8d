"""A ratio becomes two series."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen.compiler.sli.counted import query
from slogen.promql.expr import MINUS_INFINITY, Aggregation, Expr, call

if TYPE_CHECKING:
    from slogen.model import ErrorRatio
    from slogen.plan import ResolvedSLO


def error_ratio(slo: ResolvedSLO, sli: ErrorRatio) -> tuple[Expr, Expr]:
    """Take a ratio as it is: each moment is one event.

    events: ``group by (G) (query >= -Inf)``
    errors: ``clamp(max by (G) (query >= -Inf), 0, 1)``

    NaN compares with nothing, so that ``>= -Inf`` drops it and nothing else.
    """
    value, by = query(slo, sli.query) >= MINUS_INFINITY, slo.definition.group_by
    worst = Aggregation("max", by, value)
    return Aggregation("group", by, value), call("clamp", worst, 0, 1)
