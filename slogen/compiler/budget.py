"""The error budget: what it is, what is left of it, and how long that will last."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING

from slogen import naming
from slogen.compiler.hours import evaluated
from slogen.compiler.shapes import record
from slogen.compiler.windows import sum_of_base
from slogen.plan.hours import remembered
from slogen.promql.expr import Aggregation, Expr, as_bool, call, sum_by
from slogen.recorded.budget import CRITICAL_FROM, HEALTHY_ABOVE
from slogen.recorded.series import latest, recorded

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
    """Record how much of the period each group has existed for, by the first hour that it has.

    slo:period_coverage:ratio = clamp_max(
        (
            time() - min by (G) (min_over_time(slo:sli_events:hour{slo_id="x"}[40d]))
            or
            sum by (G) (A)
        )
        / 2592000,
        1
    )

    The hours of a third of the window more are looked at, so that a group which is idle for a
    while is not young. Until a group has an hour, its evaluations say how long it has existed: A
    is `slogen.compiler.hours.evaluated`.
    """
    by = slo.definition.group_by
    hours = recorded(slo, naming.EVENTS_HOUR).over(remembered(slo.period))
    born = Aggregation("min", by, call("min_over_time", hours))
    age = (call("time") - born).or_(sum_by(by, evaluated(slo)))
    return (record(slo, naming.COVERAGE, call("clamp_max", age / slo.period.seconds, 1)),)


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
    """Record the part of the budget that is left.

    slo:period_error_budget_remaining:ratio =
        1 - max by (G) (slo:sli_error:ratio_period{slo_id="x"})
        * max by (G) (slo:period_coverage:ratio{slo_id="x"}) / 0.001

    Without the coverage a young group would be exhausted by its first bad minute.
    """
    by = slo.definition.group_by
    ratio, covered = latest(slo, naming.RATIO_PERIOD, by), latest(slo, naming.COVERAGE, by)
    return (record(slo, naming.BUDGET_REMAINING, 1 - ratio * covered / slo.budget),)


def exhaustion(slo: ResolvedSLO) -> tuple[Rule, ...]:
    """Record when the budget will be gone: the bad events left, by bad events a second.

    slo:time_to_exhaustion:seconds =
        clamp_min(R <= 0, 0)
        or
        R * 0.001 * N / C / ((E6h / 21600 > E1h / 3600 or E1h / 3600) > 0) <= 2592000

    R is the part that is left, N the events of the period, C how much of it the group has existed
    for, and E the bad events of a window, of which the faster one counts. What lasts for longer
    than the period is no number: new budget comes meanwhile. ``clamp_min`` and not ``0 *``, which
    gives -0 for what is overspent.
    """
    by = slo.definition.group_by
    left, events, covered = (
        latest(slo, metric, by)
        for metric in (naming.BUDGET_REMAINING, naming.EVENTS_PERIOD, naming.COVERAGE)
    )
    rates = [
        sum_of_base(slo, naming.ERRORS_INCREASE, window, by) / window.seconds
        for window in reversed(slo.exhaustion_windows)
    ]
    fastest = reduce(lambda one, other: (one > other).or_(other), rates)
    lasts = left * slo.budget * events / covered / (fastest > 0)
    spent = call("clamp_min", left <= 0, 0)
    return (record(slo, naming.TIME_TO_EXHAUSTION, spent.or_(lasts <= slo.period.seconds)),)


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
