"""Burn-rate alerts: one rule a tier."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen import naming
from slogen.compiler.annotations import burn_rate_annotations
from slogen.compiler.shapes import alerting
from slogen.compiler.sli import kind_of
from slogen.compiler.windows import enough_bad_events, seconds_seen
from slogen.plan.timing import LONGEST_FAST_WINDOW
from slogen.promql.expr import Aggregation, call
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

    Where bad events matter, and where an SLI has conditions of its own, these follow:

    and
    sum by (slo_id, G) (sum_over_time(slo:sli_errors:increase{slo_id="x"}[1h])) >= 3
    """
    return tuple(_alert(slo, t) for t in slo.tiers if not t.is_slow)


def slow_burn_alerts(slo: ResolvedSLO) -> tuple[Rule, ...]:
    """Alert on the tiers whose long window is recorded in the slow group.

    The shape is the same; a long window that has hardly begun is waited for:

    and on (slo_id)
    sum by (slo_id) (count_over_time(slo:objective:ratio{slo_id="x"}[1d])) * 120 >= 43200
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
    if tier.warm_up:
        seen = seconds_seen(slo, tier.long, key(slo))
        condition = condition.and_(seen >= tier.warm_up.seconds, on=key(slo))
    return condition


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
