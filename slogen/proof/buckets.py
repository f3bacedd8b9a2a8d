"""Histograms whose bounds are spelled in two ways: ``le="1"`` and ``le="1.0"``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen import naming
from slogen.proof.counting import ERRORS, EVENTS, counts, scene, seconds_counted
from slogen.proof.feeds import fed
from slogen.proof.kinds.selecting import LE, free_label
from slogen.proof.phases import Phase
from slogen.proof.scenario import Input, Scenario
from slogen.proof.subject import selector

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slogen.proof.feeds import RawFeed
    from slogen.proof.kinds.raw import RawCounters
    from slogen.proof.kinds.sources import Counter
    from slogen.proof.subject import Subject


def spelled(subject: Subject, feed: RawFeed, raw: RawCounters) -> Scenario:
    """Let one series spell the bound as other clients do, and one have both for a while.

    Prometheus 3 spells bounds of Go's clients anew, so that a series that goes on has both.
    """
    until, group = scene(subject), subject.groups[0]
    phase = [Phase(until, EVENTS, ERRORS)]
    free = free_label((raw.whole, raw.part), group)
    series = [
        Input(
            series=selector(source.metric, labels),
            values=source.values(phase, feed.step),
        )
        for source, labels in _others(raw.sources(group), free, raw.spelling)
    ]
    seconds = seconds_counted(subject, until)
    times = [3, *[1] * (len(subject.groups) - 1)]
    return Scenario(
        name="a bucket counts once, however its bound is spelled",
        remarks=(f"a second {free} has le={raw.spelling!r}, and a third one has both",),
        step=feed.step,
        inputs=(*fed(feed, phase, phase), *series),
        checks=tuple(
            counts(
                subject,
                until,
                {
                    naming.EVENTS_INCREASE: [EVENTS * seconds * count for count in times],
                    naming.ERRORS_INCREASE: [ERRORS * seconds * count for count in times],
                },
            )
        ),
    )


def _others(
    sources: tuple[Counter, ...], free: str, spelling: str
) -> Iterator[tuple[Counter, dict[str, str]]]:
    """Yield the labels of a second series and of a third one, each with its counter."""
    for source in sources:
        second, third = ({**source.labels, free: f"{free}-{name}"} for name in "bc")
        if source.part == "good":
            yield source, {**second, LE: spelling}
            yield source, {**third, LE: spelling}
        else:
            yield source, second
        yield source, third
