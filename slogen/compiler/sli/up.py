"""A gauge that is 0 or 1 becomes two series."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen.promql.expr import Aggregation, Expr, Series, sum_by

if TYPE_CHECKING:
    from slogen.model import Up
    from slogen.plan import ResolvedSLO


def up(slo: ResolvedSLO, sli: Up) -> tuple[Expr, Expr]:
    """Count the series of a gauge that is 0 or 1.

    events: ``count by (G) (gauge >= 0 <= 1)``
    errors: ``count by (G) (gauge >= 0 <= 1) - sum by (G) (gauge >= 0 <= 1)``
    """
    gauge = Series(sli.gauge.metric, sli.gauge.matchers, offset=slo.timing.offset)
    value, by = (gauge >= 0) <= 1, slo.definition.group_by
    count = Aggregation("count", by, value)
    return count, count - sum_by(by, value)
