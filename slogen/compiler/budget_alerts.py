"""Alerts about the error budget and about the data that it is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen import naming
from slogen.compiler.annotations import (
    exhausted_annotations,
    low_annotations,
    stale_annotations,
    violated_annotations,
)
from slogen.compiler.shapes import alerting
from slogen.compiler.windows import enough_bad_events
from slogen.promql.expr import Aggregation, Expr, call, sum_by
from slogen.recorded.series import key, latest, recorded
from slogen.units import Duration

if TYPE_CHECKING:
    from slogen.plan import ResolvedSLO
    from slogen.rules import Rule

_GROUPS_REMEMBERED_FOR = Duration("6h")


def budget_alerts(slo: ResolvedSLO) -> tuple[Rule, ...]:
    """Alert when the budget is spent, or nearly.

    exhausted: R <= 0
    low: R < 0.25

    R is max by (slo_id, G) (slo:period_error_budget_remaining:ratio{slo_id="x"}).
    """
    left = latest(slo, naming.BUDGET_REMAINING, (*key(slo), *slo.definition.group_by))
    rules: list[Rule] = []
    if slo.exhausted:
        spent: Expr = left <= 0
        if slo.min_bad_events:
            enough = enough_bad_events(slo, slo.period, slo.min_bad_events)
            spent = spent.and_(enough)
        rules.append(alerting(slo, slo.exhausted, spent, exhausted_annotations(slo)))
    if slo.low:
        rules.append(
            alerting(slo, slo.low, left < slo.definition.alerts.low_below, low_annotations(slo))
        )
    return tuple(rules)


def objective_alert(slo: ResolvedSLO) -> tuple[Rule, ...]:
    """Alert when the SLI of the last hour is below the objective.

    1 - max by (slo_id, G) (slo:sli_error:ratio_rate1h{slo_id="x"}) < 0.999
    """
    if not slo.violated:
        return ()
    by = (*key(slo), *slo.definition.group_by)
    sli = 1 - latest(slo, naming.ratio_rate(slo.violation_window), by)
    below = sli < slo.definition.objective.ratio
    return (alerting(slo, slo.violated, below, violated_annotations(slo)),)


def stale_alert(slo: ResolvedSLO) -> tuple[Rule, ...]:
    """Alert when the SLI has no data: as a whole, or for a group that had some lately.

    absent(slo:sli_errors:increase{slo_id="x"})
    or
    count by (G) (count_over_time(slo:sli_errors:increase{slo_id="x"}[6h]))
    unless
    sum by (G) (slo:sli_errors:increase{slo_id="x"})
    """
    if not slo.stale:
        return ()
    errors, by = recorded(slo, naming.ERRORS_INCREASE), slo.definition.group_by
    gone: Expr = call("absent", errors)
    if by:
        lately = call("count_over_time", errors.over(_GROUPS_REMEMBERED_FOR))
        gone = gone.or_(Aggregation("count", by, lately).unless(sum_by(by, errors)))
    return (alerting(slo, slo.stale, gone, stale_annotations(slo)),)
