"""Alerts about the error budget and about the objective."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen import naming
from slogen.compiler.annotations import (
    exhausted_annotations,
    low_annotations,
    violated_annotations,
)
from slogen.compiler.shapes import alerting
from slogen.compiler.windows import enough_bad_events, events_of
from slogen.plan.hours import DAY
from slogen.recorded.series import key, latest

if TYPE_CHECKING:
    from slogen.plan import ResolvedSLO
    from slogen.promql.expr import Expr
    from slogen.rules import Rule
    from slogen.units import Duration


def budget_alerts(slo: ResolvedSLO) -> tuple[Rule, ...]:
    """Alert when the budget is spent, or nearly.

    exhausted: R <= 0 and N > 0 and E >= 3
    low: R < 0.25 and N > 0 and E >= 3

    R is max by (slo_id, G) (slo:period_error_budget_remaining:ratio{slo_id="x"}), N the events of
    the last day: who is gone for longer has nobody to warn. Less than a day would begin and end
    with each pause. E are the bad events of the SLO's own window.
    """
    left = latest(slo, naming.BUDGET_REMAINING, (*key(slo), *slo.definition.group_by))
    rules: list[Rule] = []
    if slo.exhausted:
        spent = _enough(slo, slo.period, _of_who_is_there(slo, left <= 0))
        rules.append(alerting(slo, slo.exhausted, spent, exhausted_annotations(slo)))
    if slo.low:
        little = left < slo.definition.alerts.low_below
        low = _enough(slo, slo.period, _of_who_is_there(slo, little))
        rules.append(alerting(slo, slo.low, low, low_annotations(slo)))
    return tuple(rules)


def _of_who_is_there(slo: ResolvedSLO, condition: Expr) -> Expr:
    """Keep the groups that had events in the last day; a shorter window asks for some itself."""
    if slo.period <= DAY:
        return condition
    return condition.and_(events_of(slo, DAY) > 0)


def _enough(slo: ResolvedSLO, window: Duration, condition: Expr) -> Expr:
    """Keep the groups that had enough bad events in a window, where that matters."""
    if not slo.min_bad_events:
        return condition
    return condition.and_(enough_bad_events(slo, window, slo.min_bad_events))


def objective_alert(slo: ResolvedSLO) -> tuple[Rule, ...]:
    """Alert when the SLI of the last hour is below the objective.

    1 - max by (slo_id, G) (slo:sli_error:ratio_rate1h{slo_id="x"}) < 0.999
    and
    sum by (slo_id, G) (sum_over_time(slo:sli_errors:increase{slo_id="x"}[1h])) >= 3
    """
    if not slo.violated:
        return ()
    by = (*key(slo), *slo.definition.group_by)
    sli = 1 - latest(slo, naming.ratio_rate(slo.violation_window), by)
    below = _enough(slo, slo.violation_window, sli < slo.definition.objective.ratio)
    return (alerting(slo, slo.violated, below, violated_annotations(slo)),)
