"""Burn-rate alerts: one rule a tier."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen import naming
from slogen.compiler.annotations import burn_rate_annotations
from slogen.compiler.shapes import alerting
from slogen.compiler.sli import kind_of
from slogen.compiler.windows import enough_bad_events
from slogen.plan.hours import HOUR
from slogen.plan.timing import LONGEST_FAST_WINDOW
from slogen.promql.expr import Aggregation, call, sum_by
from slogen.recorded.series import key, latest, recorded
from slogen.units import number

if TYPE_CHECKING:
    from decimal import Decimal

    from slogen.plan import ResolvedSLO, ResolvedTier
    from slogen.promql.expr import Expr
    from slogen.rules import Rule
    from slogen.units import Duration


def fast_burn_alerts(slo: ResolvedSLO) -> tuple[Rule, ...]:
    """Alert on the tiers whose windows are recorded in the fast group.

    max by (slo_id, G) (slo:sli_error:ratio_rate1h{slo_id="x"}) / 0.001 > 14.4
    and
    max by (slo_id, G) (slo:sli_error:ratio_rate5m{slo_id="x"}) / 0.001 > 14.4

    Where bad events matter, and where an SLI has conditions of its own, these follow; last, that
    the group has existed for as long as the short window:

    and
    sum by (slo_id, G) (sum_over_time(slo:sli_errors:increase{slo_id="x"}[1h])) >= 3
    and
    (
        max by (slo_id, G) (max_over_time(slo:period_coverage:ratio{slo_id="x"}[1h])) * 2592000
        or
        sum by (slo_id, G) (count_over_time(slo:sli_events:increase{slo_id="x"}[10m])) * 30
    ) >= 300

    The age is recorded by another group. Where that does not run, the evaluations of this one say
    how long the group has existed at least.
    """
    return tuple(_alert(slo, t) for t in slo.tiers if not t.is_slow)


def slow_burn_alerts(slo: ResolvedSLO) -> tuple[Rule, ...]:
    """Alert on the tiers whose long window is recorded in the slow group.

    The shape is the same; half of the long window is waited for.
    """
    return tuple(_alert(slo, t) for t in slo.tiers if t.is_slow)


def _alert(slo: ResolvedSLO, tier: ResolvedTier) -> Rule:
    own = {slo.naming.window: str(tier.long), slo.naming.burn_rate: number(tier.threshold)}
    return alerting(slo, tier.alert, _condition(slo, tier), burn_rate_annotations(slo, tier), **own)


def _condition(slo: ResolvedSLO, tier: ResolvedTier) -> Expr:
    condition = _burns(slo, tier.long, tier.threshold).and_(_burns(slo, tier.short, tier.threshold))
    if tier.min_bad_events:
        condition = condition.and_(enough_bad_events(slo, tier.long, tier.min_bad_events))
    groups = slo.definition.group_by
    for needed in kind_of(slo).conditions(slo, slo.definition.sli, groups):
        condition = condition.and_(needed, on=groups)
    lately = call("max_over_time", recorded(slo, naming.COVERAGE).over(HOUR))
    by = (*key(slo), *groups)
    age: Expr = Aggregation("max", by, lately) * slo.period.seconds
    if not tier.is_slow:
        base = recorded(slo, naming.EVENTS_INCREASE).over(2 * tier.warm_up)
        evaluations = sum_by(by, call("count_over_time", base))
        age = age.or_(evaluations * slo.timing.fast_interval.seconds)
    return condition.and_(age >= tier.warm_up.seconds)


def _burns(slo: ResolvedSLO, window: Duration, threshold: Decimal) -> Expr:
    """Return the condition that a window burns faster than the threshold.

    Of two metrics one is scraped before the other, or misses a scrape: such a difference is there
    for some evaluations and gone with the next scrapes. The lowest of their ratios counts:

    max by (slo_id, G) (min_over_time(slo:sli_error:ratio_rate5m{slo_id="x"}[3m])) / 0.001 > 14.4
    """
    by = (*key(slo), *slo.definition.group_by)
    metric, range_ = naming.ratio_rate(window), slo.timing.steady_range
    ratio = latest(slo, metric, by)
    if range_ and window <= LONGEST_FAST_WINDOW:
        lowest = call("min_over_time", recorded(slo, metric).over(range_))
        ratio = Aggregation("max", by, lowest)
    return ratio / slo.budget > threshold
