"""What holds of counted events whatever happens to counters and scrapes."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from slogen import naming
from slogen.proof.buckets import spelled
from slogen.proof.counting import ERRORS, EVENTS, scene
from slogen.proof.feeds import RawFeed, fed
from slogen.proof.kinds.raw import RawCounters
from slogen.proof.phases import ZERO, Phase
from slogen.proof.scenario import Check, Scenario
from slogen.proof.scrapes import at_any_time, nothing_is_lost
from slogen.proof.spoilt import spoilt

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slogen.proof.feeds import Feed
    from slogen.proof.subject import Subject

_ONE = Decimal(1)


def laws(subject: Subject, feed: Feed) -> Iterator[Scenario]:
    """Yield a scenario for each law, evaluated as often as the fast groups are."""
    if isinstance(feed, RawFeed) and isinstance(feed.raw, RawCounters):
        yield nothing_is_lost(subject, feed, feed.raw)
        yield from at_any_time(subject, feed, feed.raw)
        yield spoilt(subject, feed, feed.raw)
        if feed.raw.spelling:
            yield spelled(subject, feed, feed.raw)
        if feed.raw.may_contradict:
            yield _more_than_all(subject, feed, feed.raw)
            yield _part_alone(subject, feed, feed.raw)


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
