"""The error budget: what it is, what is left of it, and how long that will last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen import naming
from slogen.compiler.shapes import record
from slogen.compiler.windows import seconds_seen
from slogen.promql.expr import Expr, as_bool, call, times_one
from slogen.recorded.budget import CRITICAL_FROM, HEALTHY_ABOVE
from slogen.recorded.series import latest

if TYPE_CHECKING:
    from decimal import Decimal

    from slogen.plan import ResolvedSLO
    from slogen.rules import Rule


def metadata(slo: ResolvedSLO) -> tuple[Rule, ...]:
    """Record the constants of the SLO, and all that describes it on one series.

    slo:objective:ratio = vector(0.999)
    slo:error_budget:ratio = vector(0.001)
    slo:time_period:days = vector(30)
    slo_info = vector(1)
    """
    constants = (
        (naming.OBJECTIVE, slo.definition.objective.ratio),
        (naming.ERROR_BUDGET, slo.budget),
        (naming.PERIOD_DAYS, slo.definition.window.days),
    )
    return (
        *(record(slo, name, call("vector", value)) for name, value in constants),
        record(slo, slo.naming.info, call("vector", 1), **_description(slo)),
    )


def _description(slo: ResolvedSLO) -> dict[str, str]:
    """Return the labels of the info series; Prometheus drops empty ones, and so does this."""
    service = slo.definition.service
    values = (
        slo.definition.owner,
        service.tier,
        str(slo.definition.objective),
        str(slo.definition.window),
        slo.definition.sli.kind,
        slo.definition.runbook,
    )
    described = dict(zip(naming.DESCRIBING_LABELS, values, strict=True))
    labels = {**service.labels, **slo.definition.labels, **described}
    return {name: value for name, value in labels.items() if value}


def coverage(slo: ResolvedSLO) -> tuple[Rule, ...]:
    """Record how much of the period the SLO has existed for.

    slo:period_coverage:ratio =
        clamp_max(sum(count_over_time(slo:objective:ratio{slo_id="x"}[30d])) * 120 / 2592000, 1)
    """
    covered = call("clamp_max", seconds_seen(slo, slo.period, ()) / slo.period.seconds, 1)
    return (record(slo, naming.COVERAGE, covered),)


def burn_rates(slo: ResolvedSLO) -> tuple[Rule, ...]:
    """Record how many times faster than sustainable the budget is spent, now and over the period.

    slo:current_burn_rate:ratio = max by (G) (slo:sli_error:ratio_rate5m{slo_id="x"}) / 0.001
    slo:period_burn_rate:ratio = max by (G) (slo:sli_error:ratio_period{slo_id="x"}) / 0.001
    """
    current, period = (
        latest(slo, metric, slo.definition.group_by)
        for metric in (naming.ratio_rate(slo.current_window), naming.RATIO_PERIOD)
    )
    return (
        record(slo, naming.CURRENT_BURN_RATE, current / slo.budget),
        record(slo, naming.PERIOD_BURN_RATE, period / slo.budget),
    )


def budget_left(slo: ResolvedSLO) -> tuple[Rule, ...]:
    """Record the part of the budget that is left, and when it will be gone.

    slo:period_error_budget_remaining:ratio =
        1 - max by (G) (slo:sli_error:ratio_period{slo_id="x"})
        * on () group_left () max(slo:period_coverage:ratio{slo_id="x"}) / 0.001
    slo:time_to_exhaustion:seconds = clamp_min(R <= 0, 0) or R * 2592000 / (B > 1)

    R is the former, B the burn rate over 6h. Without the coverage a young SLO would be exhausted
    by its first bad minute. ``clamp_min`` and not ``0 *``, which gives -0 for what is overspent.
    """
    by = slo.definition.group_by
    ratio, covered = latest(slo, naming.RATIO_PERIOD, by), latest(slo, naming.COVERAGE, ())
    spent = times_one(ratio, covered, ()) if by else ratio * covered
    left = latest(slo, naming.BUDGET_REMAINING, by)
    burn_rate = latest(slo, naming.ratio_rate(slo.exhaustion_window), by) / slo.budget
    lasts = left * slo.period.seconds / (burn_rate > 1)
    return (
        record(slo, naming.BUDGET_REMAINING, 1 - spent / slo.budget),
        record(slo, naming.TIME_TO_EXHAUSTION, call("clamp_min", left <= 0, 0).or_(lasts)),
    )


def budget_status(slo: ResolvedSLO) -> tuple[Rule, ...]:
    """Record a series for each state of the budget: 1 for the one it is in, 0 for the others.

    healthy: R > bool 0.25
    warning: (R <= bool 0.25) - (R <= bool 0.1)
    critical: (R <= bool 0.1) - (R <= bool 0)
    exhausted: R <= bool 0
    """
    left = latest(slo, naming.BUDGET_REMAINING, slo.definition.group_by)

    def at_most(limit: Decimal | int) -> Expr:
        return as_bool(left <= limit)

    states = {
        naming.HEALTHY: as_bool(left > HEALTHY_ABOVE),
        naming.WARNING: at_most(HEALTHY_ABOVE) - at_most(CRITICAL_FROM),
        naming.CRITICAL: at_most(CRITICAL_FROM) - at_most(0),
        naming.EXHAUSTED: at_most(0),
    }
    return tuple(
        record(slo, naming.BUDGET_STATUS, expr, **{naming.STATUS_LABEL: state})
        for state, expr in states.items()
    )
