"""What an SLO will not see: sentences from facts that are known of it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from slogen.model import Latency, TimeSlices, Up
from slogen.plan.levels import error_limit
from slogen.plan.timing import COUNTS_NATIVE_HISTOGRAMS_FROM
from slogen.plan.traffic import least_traffic, period_of
from slogen.review.explanation.wording import share
from slogen.units import clock, number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slogen.plan import ResolvedSLO


def limits(slo: ResolvedSLO) -> Iterator[str]:
    """Yield sentences about what an SLO will not see, the most important first."""
    yield from _of_tiers(slo)
    yield from _of_quiet_services(slo)
    yield from _of_young_ones(slo)
    yield from _of_missing_data(slo)
    yield from _of_kind(slo)
    yield from _of_counting(slo)


def _of_tiers(slo: ResolvedSLO) -> Iterator[str]:
    if not slo.tiers:
        yield "It has no tier: no alert says how fast the error budget burns."
        return
    slowest = min(slo.tiers, key=lambda tier: tier.threshold)
    limit = error_limit(slo, slowest)
    if slowest.threshold > 1:
        yield (
            f"Errors of {share(slo.budget)} to {share(limit)} spend the error budget, and no tier "
            f"fires: the slowest is {number(slowest.threshold)}x."
        )
    for lowered in slo.lowered:
        tier = lowered.tier
        yield (
            f"The preset's {tier.severity} over {tier.long} has {number(lowered.threshold)}x "
            f"instead of {number(lowered.wanted)}x, which would need errors of "
            f"{share(lowered.wanted * slo.budget)}."
        )

    for omitted in slo.omitted:
        tier = omitted.tier
        yield (
            f"The preset's {tier.severity} at {number(omitted.wanted)}x over {tier.long} is left "
            f"out: it could be at most {number(omitted.threshold)}x."
        )


def _of_quiet_services(slo: ResolvedSLO) -> Iterator[str]:
    """Yield how much traffic is needed, where bad events are counted."""
    sli = slo.definition.sli
    if not (sli.counts_events and slo.tiers):
        return
    least = min(map(least_traffic, slo.tiers))
    hours, period = period_of(least)
    if least > 0:
        where = " of one group" if slo.definition.group_by else ""
        yield (
            f"With {math.floor(least * hours)} events {period} or fewer{where}, a total outage "
            "fires no tier."
        )


def _of_young_ones(slo: ResolvedSLO) -> Iterator[str]:
    if slo.tiers:
        who = "group" if slo.definition.group_by else "SLO"
        soonest = min(tier.warm_up for tier in slo.tiers)
        latest = max(tier.warm_up for tier in slo.tiers)
        waits = clock(soonest) if soonest == latest else f"{clock(soonest)} to {clock(latest)}"
        yield f"A new {who}: no tier fires before it has data for {waits}."


def _of_missing_data(slo: ResolvedSLO) -> Iterator[str]:
    sli = slo.definition.sli
    if sli.is_difference:
        yield (
            "While one of the two metrics is missing, no tier fires: an outage and a scrape that "
            "fails look the same."
        )
    if sli.when_missing == "bad":
        yield "Moments without data count as bad, so that nothing is missed when data ends."
    elif slo.stale:
        waits = f"after {clock(slo.stale.for_)}" if slo.stale.for_ else "at once"
        yield (
            f"Without data nothing is bad: if an outage ends the metrics, only {slo.stale.name} "
            f"fires, {waits}."
        )
    else:
        yield "Without data nothing is bad, and no alert says so: the stale alert is switched off."


def _of_kind(slo: ResolvedSLO) -> Iterator[str]:
    match slo.definition.sli:
        case Latency(native=False):
            yield "Where the histogram has no bucket at the threshold, nothing is recorded."
        case Latency():
            yield "Between two buckets of the native histogram the share is interpolated."
            if slo.version < COUNTS_NATIVE_HISTOGRAMS_FROM:
                yield _estimated("The native histogram is read as a rate", slo)
        case Up():
            yield "Targets that are no longer discovered are not down: only known ones count."
        case TimeSlices():
            interval = slo.timing.fast_interval
            yield f"Each {interval} is good or bad as a whole, by one evaluation of the query."
        case sli if not sli.counts_events:
            yield "Each moment weighs the same, however many events it had."
        case sli if not sli.counts_whole_events:
            yield _estimated("Its queries estimate events", slo)
        case _:
            yield "What a new series counted before its first scrape is not seen."


def _estimated(reason: str, slo: ResolvedSLO) -> str:
    lost = "what happens while scrapes are missed for longer"
    return f"{reason}: {lost} than {slo.timing.base_range} is lost."


def _of_counting(slo: ResolvedSLO) -> Iterator[str]:
    timing, sli = slo.timing, slo.definition.sli
    if sli.counts_events and sli.counts_whole_events:
        yield (
            f"Samples later than {timing.lag_of_counters} are lost for ever, and so is what was "
            f"counted in a gap of more than {timing.longest_gap}."
        )
    yield (
        f"Where Prometheus keeps samples for less than {slo.period}, what it has lost counts as "
        "free of errors."
    )
