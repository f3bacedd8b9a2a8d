"""A gauge that is 0 or 1 becomes two series, which count seconds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen.compiler.sli.kind import Kind, share_of_time
from slogen.promql.expr import Aggregation, Expr, Series

if TYPE_CHECKING:
    from slogen.model import Up
    from slogen.plan import ResolvedSLO


def up(slo: ResolvedSLO, sli: Up) -> tuple[Expr, Expr]:
    """Look at a gauge: bad is the part of its series that is 0.

    events: ``30 * group by (G) (gauge >= 0 <= 1)``
    errors: ``30 * (1 - avg by (G) (gauge >= 0 <= 1))``
    """
    gauge = Series(sli.gauge.metric, sli.gauge.matchers, offset=slo.timing.gauge_offset)
    value, by = (gauge >= 0) <= 1, slo.definition.group_by
    seconds = slo.timing.fast_interval.seconds
    bad = seconds * (1 - Aggregation("avg", by, value))
    return seconds * Aggregation("group", by, value), bad


KIND = Kind(series=up, share=share_of_time)
