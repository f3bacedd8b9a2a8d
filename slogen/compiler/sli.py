"""The one place that asks which kind an SLI is: each becomes two series, events and errors.

Three laws hold for every kind: neither NaN nor Inf is recorded; a bad series that does not exist
yet is 0; both series have samples at the same instants.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen.promql.expr import INFINITY, Expr, Series, call, sum_by

if TYPE_CHECKING:
    from slogen.model import Events
    from slogen.plan import ResolvedSLO
    from slogen.promql.selector import Selector


def events_and_errors(slo: ResolvedSLO) -> tuple[Expr, Expr]:
    """Return the expressions of the events' rate and the errors' rate of an SLO."""
    return _of_events(slo, slo.slo.sli)


def _of_events(slo: ResolvedSLO, sli: Events) -> tuple[Expr, Expr]:
    """Count events with counters.

    events, called T below: ``sum by (G) (rate(total[b])) >= 0 < Inf``
    errors, from bad: ``(sum by (G) (rate(bad[b])) >= 0 < Inf or 0 * T) and T``
    errors, from good: ``clamp_min(T - (sum by (G) (rate(good[b])) >= 0 < Inf or 0 * T), 0)``

    ``>= 0 < Inf`` keeps broken counters out; ``or 0 * T`` is the fill for a series that has not
    been born; ``and T`` keeps bad events without a total from counting.
    """
    total = _rate(slo, sli.total)
    if sli.bad is not None:
        return total, (_rate(slo, sli.bad).or_(0 * total)).and_(total)
    assert sli.good is not None  # noqa: S101 (the model takes exactly one of the two)
    return total, call("clamp_min", total - _rate(slo, sli.good).or_(0 * total), 0)


def _rate(slo: ResolvedSLO, selector: Selector) -> Expr:
    rate = call("rate", Series.of(selector).over(slo.timing.base_range))
    return (sum_by(slo.slo.group_by, rate) >= 0) < INFINITY
