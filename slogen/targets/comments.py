"""Comments in files of rules: what a reader of an expression cannot know from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen import naming
from slogen.plan.timing import LONGEST_FAST_WINDOW
from slogen.rules import RecordingRule
from slogen.units import Duration, clock, number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from slogen.plan import ResolvedSLO, ResolvedTier
    from slogen.rules import AlertingRule, Rule

_FIRST_HOUR = Duration("64m")
"""How long before a window an hour may begin that is recorded within it, four minutes after its
end; or an evaluation longer."""
_HOUR = "What an hour counted, once: tried every ten minutes, from four minutes after its end."
_OPEN = "What no hour holds yet."
_LATELY = "Every ten minutes: the alert on missing data asks whether the service was idle before."
_RECORDED: Mapping[str, str] = {
    naming.ERRORS_SUM: _HOUR,
    naming.EVENTS_SUM: _HOUR,
    naming.EVENTS_HOUR: "When that hour began, or the group within it; ages count from the first.",
    naming.ERRORS_OPEN: _OPEN,
    naming.EVENTS_OPEN: _OPEN,
    naming.COVERAGE: "The part of the window for which the group has existed, by its first hour.",
    naming.BUDGET_REMAINING: "What a young group has not lived through counts as free of errors.",
    naming.TIME_TO_EXHAUSTION: "The bad events that are left, at the faster rate of 1h and 6h.",
    naming.EVENTS_LATELY: _LATELY,
    naming.GROUP_EVENTS_LATELY: _LATELY,
}


def comments(slo: ResolvedSLO, rule: Rule) -> Iterator[str]:
    """Yield the comments of a rule, a line each; most rules have none.

    Args:
        slo: The SLO that has the rule, or one of the same shape.
        rule: The rule.
    """
    if not isinstance(rule, RecordingRule):
        yield from _of_alert(slo, rule)
    elif rule.record in (naming.EVENTS_INCREASE, naming.ERRORS_INCREASE):
        yield from _of_base_series(slo, rule)
    elif rule.record in _RECORDED:
        yield _RECORDED[rule.record]
    elif rule.record in _long_ratios(slo):
        early = f"up to {clock(_FIRST_HOUR + slo.timing.slow_interval)} before the window"
        yield f"Hours, and what no hour holds yet: the first begins {early}."


def _of_base_series(slo: ResolvedSLO, rule: RecordingRule) -> Iterator[str]:
    sli, timing = slo.definition.sli, slo.timing
    is_events = rule.record == naming.EVENTS_INCREASE
    if naming.MISSING_LABEL in rule.labels:
        yield "A moment without data, which counts as bad."
    elif not is_events:
        yield "The bad ones of them: 0 where there has been none yet."
    elif not sli.counts_events:
        yield f"Seconds of an evaluation: {timing.fast_interval} where there is data."
    elif not sli.counts_whole_events:
        yield f"Events in the {timing.fast_interval} of an evaluation, estimated by a rate."
    else:
        offset, gap = timing.counter_offset, timing.longest_gap
        yield "What counters counted since the evaluation before; a fall below 7/8 is a reset."
        if offset:
            yield f"Seen {offset} later, so that each scrape is there."
        yield f"Scrapes may be missed for {gap}: what was counted meanwhile counts."
    if is_events and naming.MISSING_LABEL not in rule.labels:
        yield f"{naming.HOUR_LABEL} is the hour, modulo 4."


def _long_ratios(slo: ResolvedSLO) -> frozenset[str]:
    """Return the names of the error ratios over windows that read hours."""
    return frozenset(
        naming.ratio_rate(window)
        for window in slo.windows
        if LONGEST_FAST_WINDOW < window != slo.period
    )


def _of_alert(slo: ResolvedSLO, rule: AlertingRule) -> Iterator[str]:
    for tier in slo.tiers:
        if _is_of(slo, tier, rule):
            if tier.min_bad_events:
                yield f"Asks for {tier.min_bad_events} bad events, so that one alone says nothing."
            yield f"Waits until the group is {tier.warm_up} old: that is the last condition."
            return
    # Other alerts are told apart by what they read: any two of them may have one name.
    if slo.min_bad_events and naming.BUDGET_REMAINING in rule.expr:
        yield f"Asks for {slo.min_bad_events} bad events in the window."
    elif slo.min_bad_events and naming.ratio_rate(slo.violation_window) in rule.expr:
        yield f"Asks for {slo.min_bad_events} bad events in {slo.violation_window}."


def _is_of(slo: ResolvedSLO, tier: ResolvedTier, rule: AlertingRule) -> bool:
    """Tell whether an alert is that of a tier."""
    labels = {slo.naming.window: str(tier.long), slo.naming.burn_rate: number(tier.threshold)}
    return rule.alert == tier.alert.name and labels.items() <= dict(rule.labels).items()
