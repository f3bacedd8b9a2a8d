"""What holds of counted events whatever happens to counters and scrapes."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from slogen import naming
from slogen.proof.counting import ERRORS, EVENTS, counts, newest_scrape, scene, seconds_counted
from slogen.proof.feeds import RawFeed, fed
from slogen.proof.kinds.raw import NAN, RawCounters
from slogen.proof.kinds.selecting import free_label
from slogen.proof.notation import Samples, gauge
from slogen.proof.paces import between, rounded_up, total
from slogen.proof.phases import Phase
from slogen.proof.scenario import Check, Input, Scenario
from slogen.proof.subject import selector
from slogen.units import Duration, clock, number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slogen.proof.feeds import Feed
    from slogen.proof.subject import Subject

_SCRAPES_MISSED = 4
_ONE = Decimal(1)


def laws(subject: Subject, feed: Feed) -> Iterator[Scenario]:
    """Yield a scenario for each law, evaluated as often as the fast groups are."""
    if isinstance(feed, RawFeed) and isinstance(feed.raw, RawCounters):
        yield _nothing_is_lost(subject, feed)
        yield _one_nan(subject, feed, feed.raw)
        if feed.raw.may_contradict:
            yield _more_than_all(subject, feed, feed.raw)


def _nothing_is_lost(subject: Subject, feed: RawFeed) -> Scenario:
    """Let scrapes be missed while events go on, and then all counters begin again."""
    timing = subject.slo.timing
    missed = min(
        _SCRAPES_MISSED * timing.scrape_interval,
        _whole(timing.longest_gap.milliseconds // 2, timing.scrape_interval),
    )
    before = rounded_up(total(2 * timing.fast_interval, missed), timing.scrape_interval)
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
        checks=tuple(counts(subject, until, values)),
    )


def _whole(milliseconds: int, interval: Duration) -> Duration:
    """Return as many whole intervals as fit into a time, 1 at least."""
    return max(milliseconds // interval.milliseconds, 1) * interval


def _one_nan(subject: Subject, feed: RawFeed, raw: RawCounters) -> Scenario:
    """Let a second series of each counter give nothing but NaN."""
    until, step = scene(subject), feed.step
    phase = [Phase(until, EVENTS, ERRORS)]
    nan = gauge([Samples(phase[0].samples(step) + 1, NAN)])
    seconds = seconds_counted(subject, until)
    free = free_label((raw.whole, raw.part), subject.groups[0])
    broken = (
        Input(series=selector(source.metric, {**source.labels, free: f"{free}-b"}), values=nan)
        for group in subject.groups
        for source in raw.sources(group)
    )
    values = {
        naming.EVENTS_INCREASE: [EVENTS * seconds for _ in subject.groups],
        naming.ERRORS_INCREASE: [ERRORS * seconds for _ in subject.groups],
    }
    return Scenario(
        name="a series that gives NaN takes nothing else with it",
        remarks=(f"as many events as before, and a second {free} whose counters give NaN",),
        step=step,
        inputs=(*fed(feed, phase, phase), *broken),
        checks=tuple(counts(subject, until, values)),
    )


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
