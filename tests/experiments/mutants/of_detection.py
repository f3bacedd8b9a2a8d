"""Mutants of when an alert fires, and of how much traffic it can."""

from __future__ import annotations

from tests.experiments.mutants.mutant import mutants

OF_DETECTION = (
    *mutants(
        "slogen.plan.detection:settled",
        (
            "detection-delay",
            "math.ceil(seconds(delay) / interval) * interval",
            "Fraction(0)",
            "delays are not looked at",
        ),
        (
            "detection-slow-wait",
            "observation.slow if is_slow else Fraction(0)",
            "Fraction(0)",
            "slow alerts come later than predicted",
        ),
    ),
    *mutants(
        "slogen.plan.detection:fires_after",
        (
            "detection-old-enough",
            "ranges.append(old_enough)",
            "pass",
            "of a young SLO alerts come later than predicted",
        ),
    ),
    *mutants(
        "slogen.plan.detection:_old_enough",
        (
            "detection-age-is-exact",
            "missing - fast",
            "missing",
            "the age is counted from the evaluation before the first one",
        ),
        (
            "detection-age-is-fresh",
            "missing + 2 * fast + 2 * observation.slow",
            "missing + 2 * fast",
            "the age is recorded by a slow group",
        ),
    ),
    *mutants(
        "slogen.plan.changes:_CountedChange.time_below",
        (
            "detection-share",
            "1 - share",
            "share",
            "alerts end as fast as they begin",
        ),
    ),
    *mutants(
        "slogen.plan.changes:_changes_of_counters",
        (
            "detection-evaluation",
            "observation.longest_delay + fast",
            "observation.longest_delay",
            "errors are seen later than predicted",
        ),
    ),
    *mutants(
        "slogen.plan.changes:_LEAST_OPEN",
        (
            "detection-least-open",
            "Fraction(FIRST_SECOND)",
            "Fraction(2 * FIRST_SECOND)",
            "a long window is shorter than predicted just before an hour is recorded",
        ),
    ),
    *mutants(
        "slogen.plan.changes:_MOST_OPEN",
        (
            "detection-most-open",
            "seconds(HOUR) + FIRST_SECOND",
            "seconds(HOUR)",
            "a long window is longer than predicted, until an hour is recorded",
        ),
    ),
    *mutants(
        "slogen.plan.changes:_changes",
        (
            "detection-open-is-evaluated",
            "longest + _MOST_OPEN + observation.slow",
            "longest + _MOST_OPEN",
            "hours are recorded by the next slow evaluation, not at once",
        ),
        (
            "detection-long-windows-are-exact",
            "shortest, longest = (shortest + least, longest + _MOST_OPEN + observation.slow)",
            "pass",
            "a long window is as long as it says",
        ),
        (
            "detection-of-no-hours",
            "return _changes_of_hours(shortest, observation.hour)",
            "pass",
            "where hours are fed alone, they are seen at their end",
        ),
    ),
    *mutants(
        "slogen.plan.changes:_changes_of_hours",
        (
            "detection-hours-of-a-window",
            "(math.ceil(window / hour), window // hour + 1)",
            "(window // hour - 1, window // hour - 1)",
            "a window has an hour less than it is long",
        ),
        (
            "detection-hour-on-the-border",
            "window // hour + 1",
            "window // hour",
            "in Prometheus 2 the hours at both ends count",
        ),
        (
            "detection-hours-at-once",
            "_SampledChange(delay=hour, interval=hour, samples=least, is_lucky=True)",
            "_SampledChange(delay=Fraction(0), interval=hour, samples=least, is_lucky=True)",
            "an hour is seen before it is over",
        ),
    ),
    *mutants(
        "slogen.plan.changes:_CountedChange.time_above_of_all",
        (
            "detection-young",
            "share * (lived + self.delay) / (1 - share)",
            "share * lived",
            "a young window is as slow as a full one",
        ),
    ),
    *mutants(
        "slogen.plan.observation:Observation.of",
        (
            "detection-lag",
            "shortest = longest = seconds(timing.lag_of_counters)",
            "shortest = longest = Fraction(0)",
            "errors are seen later than predicted",
        ),
    ),
    *mutants(
        "slogen.plan.traffic:traffic_of_one_error",
        (
            "one-error-of-a-short-window",
            "seconds(tier.long)",
            "seconds(tier.short)",
            "it is the long window that one error has to exceed",
        ),
    ),
    *mutants(
        "slogen.plan.traffic:least_traffic",
        (
            "as-many-distances-as-events",
            "_least(tier) - 1",
            "_least(tier)",
            "three events are two distances apart",
        ),
    ),
    *mutants(
        "slogen.plan.traffic:time_to_alert",
        (
            "any-tier-is-sure",
            "[times.latest for times, is_sure in answers if times and is_sure]",
            "[times.latest for times, _ in answers if times]",
            "a page that only luck makes is promised",
        ),
    ),
    *mutants(
        "slogen.plan.traffic:_Outage._holds",
        (
            "delay-always-holds",
            "held > 0 and held >= waits",
            "held > 0",
            "between two events a short window is empty",
        ),
        (
            "short-window-always-holds",
            "((condition.long, condition.least), (condition.short, 1))",
            "((condition.long, condition.least),)",
            "between two events a short window is empty",
        ),
    ),
    *mutants(
        "slogen.plan.traffic:_Outage._shortest",
        (
            "windows-are-exact",
            "seconds(window) - self._phases",
            "seconds(window)",
            "scrapes and evaluations move events",
        ),
    ),
    *mutants(
        "slogen.plan.traffic:_Outage.time_to_fire",
        (
            "ratio-is-seen-at-once",
            "(earliest - unknown, latest + unknown)",
            "(earliest, latest)",
            "with few events a window sees no part of one",
        ),
        (
            "guard-is-forgotten",
            "self._nth_event_seen(condition.least)",
            "self._nth_event_seen(1)",
            "an outage is paged before its third event",
        ),
    ),
    *mutants(
        "slogen.plan.traffic:_Outage._nth_event_seen",
        (
            "first-event-at-once",
            "number * self.distance",
            "(number - 1) * self.distance",
            "an outage may begin just after an event",
        ),
    ),
    *mutants(
        "slogen.checks.low_traffic:_limits",
        (
            "limit-rounded-down",
            "math.ceil(limit * hours)",
            "math.floor(limit * hours)",
            "just below it a single event pages as well",
        ),
    ),
    *mutants(
        "slogen.checks.low_traffic:_Quiet.of",
        (
            "all-tiers-page",
            "tuple((t for t in slo.tiers if t.alert.urgency == list(_WORDS)[urgency]))",
            "slo.tiers",
            "a ticket is no page",
        ),
        (
            "guard-of-some-tiers",
            "tuple((tier for tier in tiers if not tier.min_bad_events))",
            "() if any((tier.min_bad_events for tier in tiers)) else tiers",
            "one tier without a guard is enough to page",
        ),
    ),
    *mutants(
        "slogen.checks.low_traffic:_latest",
        (
            "best-of-slos",
            "max(known)",
            "min(known)",
            "of several SLOs the slowest counts",
        ),
    ),
)
