"""What holds of counted events whatever happens to counters and scrapes."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from slogen import naming
from slogen.proof.buckets import spelled
from slogen.proof.counting import ERRORS, EVENTS, counts, newest_scrape, scene, seconds_counted
from slogen.proof.feeds import RawFeed, fed
from slogen.proof.kinds.raw import RawCounters
from slogen.proof.kinds.selecting import free_label
from slogen.proof.notation import Samples, gauge
from slogen.proof.paces import between, just_before, rounded_up, total
from slogen.proof.phases import ZERO, Phase
from slogen.proof.scenario import Check, Input, Sample, Scenario
from slogen.proof.spoilt import beside, spoilt
from slogen.units import Duration, clock, number

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from slogen.proof.feeds import Feed
    from slogen.proof.kinds.sources import Counter
    from slogen.proof.subject import Subject

_SCRAPES_BEFORE = 4
_LONG_ENOUGH = Duration("10m")
"""As long as a gap usually may be."""
_ONE = Decimal(1)
_STANDING, _FALLEN, _RESTARTED = Decimal(1000), Decimal(880), Decimal(760)
"""What a counter shows that falls twice: less than rules take for a restart, and a little more."""


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
    free = free_label((raw.whole, raw.part), subject.groups[0])
    return Scenario(
        name="missed scrapes and restarts lose nothing",
        remarks=(
            f"{number(EVENTS)} events a second, {number(ERRORS)} of them bad",
            f"no scrapes from {clock(before)} to {clock(ended)}",
            f"at {clock(restarted)} all counters are 0 again",
            f"other counters, by their {free}, fall from {_STANDING} to {_FALLEN} within the gap,",
            f"which counts nothing, and then to {_RESTARTED}, all of it since a restart",
        ),
        step=feed.step,
        inputs=(*fed(feed, burning, burning), *_falling(subject, feed, raw, burning)),
        checks=(
            *(() if raw.may_contradict else _in_a_gap(subject, before, ended)),
            *counts(subject, until, _with_restarted(subject, raw, until)),
        ),
    )


def _falling(
    subject: Subject, feed: RawFeed, raw: RawCounters, phases: Sequence[Phase]
) -> Iterator[Input]:
    """Yield other counters of the first group, which stand still in each phase but the gap."""
    group = subject.groups[0]
    free = free_label((raw.whole, raw.part), group)
    samples = [phase.samples(feed.step) for phase in phases]
    for source in raw.sources(group):
        shown = (_shown(source, events) for events in (_STANDING, None, _FALLEN, _RESTARTED))
        counted = (samples[0] + 1, *samples[1:])
        runs = (Samples(count, value) for count, value in zip(counted, shown, strict=True))
        yield beside(source, free, f"{free}-falling", gauge(runs))


def _shown(source: Counter, events: Decimal | None) -> Decimal | None:
    """Return what a counter shows after so many events, of which as many are bad as usual."""
    return None if events is None else source.share(events, events * ERRORS / EVENTS)


def _with_restarted(
    subject: Subject, raw: RawCounters, until: Duration
) -> dict[str, list[Decimal]]:
    """Return what is counted in each group; in the first one also what counted since a restart."""
    seconds = seconds_counted(subject, until)
    sources = raw.sources(subject.groups[0])
    events, errors = raw.counted((s, _shown(s, _RESTARTED) or ZERO) for s in sources)
    others = [ZERO] * (len(subject.groups) - 1)
    return {
        naming.EVENTS_INCREASE: [EVENTS * seconds + more for more in (events, *others)],
        naming.ERRORS_INCREASE: [ERRORS * seconds + more for more in (errors, *others)],
    }


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
    expected = _ONE if raw.part_name == "bad" else ZERO
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
