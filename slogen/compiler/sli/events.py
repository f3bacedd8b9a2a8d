"""Counters of events become two series."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen.compiler.sli.counted import finite, query, rate
from slogen.promql.expr import Binary, Expr, call, sum_by
from slogen.promql.query import Query

if TYPE_CHECKING:
    from slogen.model import Events
    from slogen.plan import ResolvedSLO
    from slogen.promql.selector import Selector


def events(slo: ResolvedSLO, sli: Events) -> tuple[Expr, Expr]:
    """Count events with counters.

    events: ``sum by (G) (rate(total[b])) >= 0 < Inf``
    errors, from bad: ``(sum by (G) (rate(bad[b])) >= 0 < Inf or 0 * T) and T``
    errors, from good: ``clamp_min(T - (sum by (G) (rate(good[b])) >= 0 < Inf or 0 * T), 0)``

    ``>= 0 < Inf`` keeps broken counters out; ``or 0 * T`` is the fill for a series that has not
    been born; ``and T`` keeps bad events without a total from counting.
    """
    total = _sum_of_rates(slo, sli.total)
    if sli.bad is not None:
        return total, (_sum_of_rates(slo, sli.bad).or_(0 * total)).and_(total)
    assert sli.good is not None  # noqa: S101 (the model takes exactly one of the two)
    good = _sum_of_rates(slo, sli.good).or_(0 * total)
    return total, call("clamp_min", total - good, 0)


def _sum_of_rates(slo: ResolvedSLO, counter: Selector | Query) -> Binary:
    if isinstance(counter, Query):
        return finite(sum_by(slo.definition.group_by, query(slo, counter)))
    return finite(sum_by(slo.definition.group_by, rate(slo, counter.metric, counter.matchers)))
