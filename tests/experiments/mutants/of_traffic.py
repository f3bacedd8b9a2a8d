"""Mutants of what is said about low traffic, and about the budget that tiers spend."""

from __future__ import annotations

from tests.experiments.mutants.mutant import mutants

_TRAFFIC = mutants(
    "slogen/plan/traffic.py",
    (
        "one-error-of-a-short-window",
        "(_limit(slo, tier) * seconds(tier.long))",
        "(_limit(slo, tier) * seconds(tier.short))",
        "it is the long window that one error has to exceed",
    ),
    (
        "as-many-distances-as-events",
        "(_least(tier) - 1) * seconds(HOUR)",
        "_least(tier) * seconds(HOUR)",
        "three events are two distances apart",
    ),
    (
        "any-tier-is-sure",
        "for times, is_sure in answers if times and is_sure]",
        "for times, _ in answers if times]",
        "a page that only luck makes is promised",
    ),
    (
        "delay-always-holds",
        "held > 0 and held >= waits",
        "held > 0",
        "between two events a short window is empty",
    ),
    (
        "short-window-always-holds",
        "windows = (condition.long, condition.least), (condition.short, 1)",
        "windows = ((condition.long, condition.least),)",
        "between two events a short window is empty",
    ),
    (
        "windows-are-exact",
        "return seconds(window) - self._phases",
        "return seconds(window)",
        "scrapes and evaluations move events",
    ),
    (
        "ratio-is-seen-at-once",
        "ranges.append((earliest - unknown, latest + unknown))",
        "ranges.append((earliest, latest))",
        "with few events a window sees no part of one",
    ),
    (
        "guard-is-forgotten",
        "ranges = [self._nth_event_seen(condition.least)]",
        "ranges = [self._nth_event_seen(1)]",
        "an outage is paged before its third event",
    ),
    (
        "first-event-at-once",
        "first, last = (number - 1) * self.distance, number * self.distance",
        "first, last = (number - 1) * self.distance, (number - 1) * self.distance",
        "an outage may begin just after an event",
    ),
)

_NOTE = mutants(
    "slogen/checks/low_traffic.py",
    (
        "limit-rounded-down",
        "(math.ceil(limit * hours) for",
        "(math.floor(limit * hours) for",
        "just below it a single event pages as well",
    ),
    (
        "all-tiers-page",
        "tuple(t for t in slo.tiers if t.alert.urgency == list(_WORDS)[urgency])",
        "slo.tiers",
        "a ticket is no page",
    ),
    (
        "guard-of-some-tiers",
        "unguarded = tuple(tier for tier in tiers if not tier.min_bad_events)",
        "unguarded = () if any(tier.min_bad_events for tier in tiers) else tiers",
        "one tier without a guard is enough to page",
    ),
    (
        "best-of-slos",
        "round(max(known) / 60)",
        "round(min(known) / 60)",
        "of several SLOs the slowest counts",
    ),
)

_LIST = (
    *mutants(
        "slogen/plan/tiers.py",
        (
            "spends-of-the-short-window",
            "spent = self.threshold * self.long.milliseconds",
            "spent = self.threshold * self.short.milliseconds",
            "the part of the budget is a twelfth",
        ),
    ),
    *mutants(
        "slogen/cli/listing.py",
        (
            "list-says-all-are-guarded",
            "return slo.min_bad_events if kind in _GUARDED else None",
            "return slo.min_bad_events",
            "stale waits for no bad event",
        ),
    ),
)

OF_TRAFFIC = (*_TRAFFIC, *_NOTE, *_LIST)
