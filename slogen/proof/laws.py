"""What holds of counted events whatever happens to counters and scrapes."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from slogen import naming
from slogen.proof.buckets import spelled
from slogen.proof.counting import ERRORS, EVENTS, counts, newest_scrape, scene, seconds_counted
from slogen.proof.feeds import RawFeed, fed
from slogen.proof.kinds.raw import RawCounters
from slogen.proof.paces import between, just_before, rounded_up, total
from slogen.proof.phases import Phase
from slogen.proof.scenario import Check, Sample, Scenario
from slogen.proof.spoilt import spoilt
from slogen.units import Duration, clock, number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slogen.proof.feeds import Feed
    from slogen.proof.subject import Subject

_SCRAPES_BEFORE = 4
_LONG_ENOUGH = Duration("10m")
"""As long as a gap usually may be."""
_ONE = Decimal(1)


def laws(subject: Subject, feed: Feed) -> Iterator[Scenario]:
    """Yield a scenario for each law, evaluated as often as the fast groups are."""
    if isinstance(feed, RawFeed) and isinstance(feed.raw, RawCounters):
        yield _nothing_is_lost(subject, feed, feed.raw)
        yield spoilt(subject, feed, feed.raw)
        if feed.raw.spelling:
            yield spelled(subject, feed, feed.raw)
        if feed.raw.may_contradict:
            yield _more_than_all(subject, feed, feed.raw)
            yield _part_alone(subject, feed, feed.raw)


def _nothing_is_lost(subject: Subject, feed: RawFeed, raw: RawCounters) -> Scenario:
    """Let scrapes be missed while events go on, and then all counters begin again."""
    timing = subject.slo.timing
    longest = min(timing.longest_gap, _LONG_ENOUGH)
    # Between the scrapes before the gap and behind it there is one interval more.
    missed = _whole(
        longest.milliseconds - timing.scrape_interval.milliseconds, timing.scrape_interval
    )
    few = _SCRAPES_BEFORE * timing.scrape_interval
    before = rounded_up(total(2 * timing.fast_interval, few), timing.scrape_interval)
    gap = Phase(missed, EVENTS, ERRORS, is_missed=True)
    ended = total(before, missed)
    # What was scraped between two evaluations before counters begin again is lost.
    seen = total(ended, before, timing.lag_of_counters)
    restarted = newest_scrape(subject, rounded_up(seen, timing.fast_interval))
    until = rounded_up(total(restarted, before, timing.lag_of_counters), timing.fast_interval)
    burning = [
        Phase(before, EVENTS, ERRORS),
        gap,
        Phase(between(ended, restarted), EVENTS, ERRORS),
        Phase(between(restarted, until), EVENTS, ERRORS, restarts=True),
    ]
    seconds = seconds_counted(subject, until)
    values = {
        naming.EVENTS_INCREASE: [EVENTS * seconds for _ in subject.groups],
        naming.ERRORS_INCREASE: [ERRORS * seconds for _ in subject.groups],
    }
    return Scenario(
        name="missed scrapes and restarts lose nothing",
        remarks=(
            f"{number(EVENTS)} events a second, {number(ERRORS)} of them bad",
            f"no scrapes from {clock(before)} to {clock(ended)}",
            f"at {clock(restarted)} all counters are 0 again",
        ),
        step=feed.step,
        inputs=fed(feed, burning, burning),
        checks=(
            *(() if raw.may_contradict else _in_a_gap(subject, before, ended)),
            *counts(subject, until, values),
        ),
    )


def _in_a_gap(subject: Subject, before: Duration, ended: Duration) -> Iterator[Check]:
    """Yield checks that base series are recorded for a few missed scrapes, and no longer.

    Args:
        subject: The SLO.
        before: When the last scrape was before the gap.
        ended: When the gap ends.
    """
    timing = subject.slo.timing
    if timing.query_offset:
        return
    known = total(before, timing.base_range, timing.counter_offset)
    present = just_before(known, timing.fast_interval)
    gone = total(rounded_up(known, timing.fast_interval), timing.fast_interval)
    if present <= before or gone >= ended:
        return
    for metric in (naming.EVENTS_INCREASE, naming.ERRORS_INCREASE):
        expr = f"count({subject.ask(metric)})"
        counted = (Sample(labels="{}", value=Decimal(len(subject.groups))),)
        yield Check(remark="a scrape or two may be missed", expr=expr, at=present, samples=counted)
        yield Check(remark="after more nothing is recorded", expr=expr, at=gone)


def _whole(milliseconds: int, interval: Duration) -> Duration:
    """Return as many whole intervals as fit into a time, 1 at least."""
    return max(milliseconds // interval.milliseconds, 1) * interval


def _more_than_all(subject: Subject, feed: RawFeed, raw: RawCounters) -> Scenario:
    """Let more bad events be counted than events, or more good ones."""
    until = scene(subject)
    phase = [Phase(until, EVENTS, 2 * EVENTS if raw.part_name == "bad" else -EVENTS)]
    expected = _ONE if raw.part_name == "bad" else Decimal(0)
    metric = naming.ratio_rate(subject.slo.current_window)
    return Scenario(
        name="an error ratio is never above 1 and never below 0",
        remarks=(f"twice as many {raw.part_name} events as there are events",),
        step=feed.step,
        inputs=fed(feed, phase, phase),
        checks=(
            Check(
                remark=f"more than all of them are {raw.part_name}",
                expr=subject.ask(metric),
                at=until,
                samples=tuple(subject.answer(metric, expected, group) for group in subject.groups),
            ),
        ),
    )


def _part_alone(subject: Subject, feed: RawFeed, raw: RawCounters) -> Scenario:
    """Let there be no series of all events, but of the bad ones, or of the good ones."""
    until, part = scene(subject), raw.part_name
    phase = [Phase(until, EVENTS, ERRORS)]
    inputs = tuple(
        series
        for group in subject.groups
        for series, source in zip(feed.inputs(phase, group), raw.sources(group), strict=True)
        if source.part == part
    )
    return Scenario(
        name=f"{part} events alone record nothing",
        remarks=(f"{part} events, and no series of all events",),
        step=feed.step,
        inputs=inputs,
        checks=tuple(
            Check(
                remark=f"no {what} are recorded",
                expr=subject.ask(metric),
                at=until,
            )
            for metric, what in (
                (naming.EVENTS_INCREASE, "events"),
                (naming.ERRORS_INCREASE, "bad events"),
            )
        ),
    )
