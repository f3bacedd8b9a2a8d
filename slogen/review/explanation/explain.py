"""From an SLO and its rules to what they mean: the arithmetic is that of `slogen.plan`."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from slogen.plan import time_to_fire, time_to_resolve
from slogen.plan.levels import budget_spent, error_levels, error_limit
from slogen.plan.traffic import least_traffic, time_to_alert, traffic_of_one_error
from slogen.promql.parsing import parse
from slogen.promql.trees import metrics_of
from slogen.review.explanation.limits import limits
from slogen.review.explanation.meaning import (
    AlertExplanation,
    DetectionExplanation,
    Explanation,
    GroupExplanation,
    TierExplanation,
    TrafficExplanation,
)
from slogen.rules import AlertingRule, RecordingRule
from slogen.units import Duration, percentage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slogen.plan import ResolvedSLO, ResolvedTier
    from slogen.plan.levels import ErrorLevel
    from slogen.rules import RuleGroup, SLORules

_DAY = Duration("1d")
_HOURS = 24
_ALL = Decimal(1)


def explain(slo: ResolvedSLO, rules: SLORules, traffic: int | None = None) -> Explanation:
    """Return what an SLO means.

    Args:
        slo: The SLO.
        rules: The rules that it was compiled to.
        traffic: Events a day, if anybody knows; of no meaning where time is counted.
    """
    sli, base_range = slo.definition.sli, slo.timing.base_range
    events_a_day = traffic if sli.counts_events else None
    return Explanation(
        slo=slo,
        good=sli.good_in_words(base_range),
        bad=sli.bad_in_words(base_range),
        budget_time=Duration.of_milliseconds(int(slo.budget * slo.period.milliseconds)),
        traffic=_traffic(slo, events_a_day) if events_a_day else None,
        tiers=tuple(_tier(slo, tier, events_a_day) for tier in slo.tiers),
        alerts=tuple(_alerts(slo)),
        groups=tuple(map(_group, rules.groups)),
        limits=tuple(limits(slo)),
    )


def _traffic(slo: ResolvedSLO, events_a_day: int) -> TrafficExplanation:
    events = events_a_day * slo.period.seconds / _DAY.seconds
    return TrafficExplanation(
        events_a_day=events_a_day, events=int(events), bad_events=int(events * slo.budget)
    )


def _tier(slo: ResolvedSLO, tier: ResolvedTier, events_a_day: int | None) -> TierExplanation:
    counts_events = slo.definition.sli.counts_events
    hourly = Fraction(events_a_day, _HOURS) if events_a_day else None
    return TierExplanation(
        tier=tier,
        error_ratio=error_limit(slo, tier),
        spends=tier.spends(slo.period),
        detections=tuple(_detection(slo, tier, level) for level in error_levels(slo, tier)),
        resolves=time_to_resolve(slo, tier, _ALL),
        one_error_below=traffic_of_one_error(slo, tier) if counts_events else None,
        silent_up_to=least_traffic(tier) if counts_events else None,
        at_traffic=time_to_alert(slo, [tier], hourly) if hourly else None,
    )


def _detection(slo: ResolvedSLO, tier: ResolvedTier, level: ErrorLevel) -> DetectionExplanation:
    fires = time_to_fire(slo, tier, level.ratio)
    assert fires is not None  # noqa: S101 (a level is above the threshold)
    spent = budget_spent(slo, level.ratio, fires.latest)
    return DetectionExplanation(level=level, fires=fires, budget_spent=spent)


def _alerts(slo: ResolvedSLO) -> Iterator[AlertExplanation]:
    conditions = _conditions(slo)
    for kind, alert in slo.others.items():
        yield AlertExplanation(kind=kind, condition=conditions[kind], alert=alert)


def _conditions(slo: ResolvedSLO) -> dict[str, str]:
    """Return when each alert besides tiers fires, in words."""
    least = f", and {slo.min_bad_events} events were bad" if slo.min_bad_events else ""
    low, objective = percentage(slo.definition.alerts.low_below), slo.definition.objective
    return {
        "exhausted": f"the error budget of {slo.period} is spent{least}",
        "low": f"less than {low} of the error budget is left{least}",
        "violated": f"over {slo.violation_window} less than {objective} is good{least}",
        "stale": "the whole SLI has no data, and was not idle before",
        "stale_groups": "one group has no data, and was not idle before",
        "incomplete": "less than 95% of an hour's evaluations had data",
    }


def _group(group: RuleGroup) -> GroupExplanation:
    expressions = [rule.expr for rule in group.rules]
    read = (name for expr in expressions for name in metrics_of(parse(expr, longest=len(expr))))
    records = [rule.record for rule in group.rules if isinstance(rule, RecordingRule)]
    alerts = [rule.alert for rule in group.rules if isinstance(rule, AlertingRule)]
    return GroupExplanation(
        name=group.name,
        interval=group.interval,
        rules=len(group.rules),
        reads=tuple(dict.fromkeys(name for name in read if name not in records)),
        records=tuple(dict.fromkeys(records)),
        alerts=tuple(dict.fromkeys(alerts)),
    )
