"""Sums over time: tiles and windows count events, whoever they were recorded for."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

import attrs

from slogen import naming
from slogen.plan.timing import LONGEST_FAST_WINDOW
from slogen.proof.feeds import RecordedFeed
from slogen.proof.notation import Samples, gauge
from slogen.proof.paces import rounded_up
from slogen.proof.phases import ZERO, Phase
from slogen.proof.scenario import Check, Input, Sample, Scenario

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slogen.proof.subject import Labels, Subject
    from slogen.units import Duration

_LATER = "a later name"


def summing(subject: Subject) -> Iterator[Scenario]:
    """Yield scenarios about sums, evaluated as often as the slow groups are."""
    yield _events_weigh(subject)
    yield _renamed(subject)


def _events_weigh(subject: Subject) -> Scenario:
    """Let a quiet time be half bad between two busy ones, and compare with sums of samples."""
    slow, fast = subject.slo.timing.slow_interval, subject.slo.timing.fast_interval
    group, per_tile = subject.groups[0], slow.milliseconds // fast.milliseconds
    scene = ((5, Decimal(1000), ZERO), (3, Decimal(10), Decimal(5)), (5, Decimal(1000), ZERO))
    phases = [Phase(count * slow, events, errors) for count, events, errors in scene]
    at = sum(count for count, _, _ in scene) * slow
    samples = [pair for count, *pair in scene for _ in range(count * per_tile)]
    samples.append(samples[-1])
    seen = samples[: _samples_seen(subject, at)]
    tile = samples[_samples_in_tiles(subject, at) - per_tile : _samples_in_tiles(subject, at)]
    events, errors = (sum(column, ZERO) for column in zip(*seen, strict=True))
    counted = fast.seconds * sum(count for count, _ in tile)
    first = rounded_up(subject.slo.timing.tile_offset, slow)
    return Scenario(
        name="events weigh, not minutes",
        remarks=("1000 events a second; between them a time with 10, of which half are bad",),
        step=fast,
        inputs=RecordedFeed(subject, fast).inputs(phases, group),
        checks=(
            Check(
                remark="each rule reads what was recorded at the same instant",
                expr=f"count({subject.ask(naming.BUDGET_STATUS)})",
                at=first,
                samples=(Sample(labels="{}", value=Decimal(4)),),
            ),
            Check(
                remark="a tile counts events",
                expr=subject.ask(naming.events_sum(slow)),
                at=at,
                samples=(subject.answer(naming.events_sum(slow), counted, group),),
            ),
            subject.about(
                naming.RATIO_PERIOD,
                Fraction(errors) / Fraction(events),
                at,
                "bad events over events",
            ),
        ),
    )


def _samples_in_tiles(subject: Subject, at: Duration) -> int:
    """Return how many samples of the base series are in tiles by some time."""
    timing = subject.slo.timing
    covered = at.milliseconds - timing.tile_offset.milliseconds
    return covered // timing.fast_interval.milliseconds + 1


def _samples_seen(subject: Subject, at: Duration) -> int:
    """Return how many samples of the base series the SLO's own window has seen by some time."""
    if subject.slo.period > LONGEST_FAST_WINDOW:
        return _samples_in_tiles(subject, at)
    return at.milliseconds // subject.slo.timing.fast_interval.milliseconds + 1


def _renamed(subject: Subject) -> Scenario:
    """Let the base series change a label of their identity."""
    step, group = subject.slo.timing.fast_interval, subject.groups[0]
    feed, half = RecordedFeed(subject, step), 5 * subject.slo.timing.slow_interval
    (events, _), at = feed.errors(subject.slo.budget), 2 * half
    before = feed.inputs((Phase(half, events, events), Phase(half, None, None)), group)
    later = attrs.evolve(feed, service=_LATER)
    after = later.inputs((Phase(half, None, None), Phase(half, events)), group)
    earlier = {**group, subject.slo.naming.service: feed.service}
    bad = half.milliseconds // step.milliseconds
    tiles = _good_tiles(subject, earlier, Samples(bad, events * step.seconds))
    good = bad if subject.slo.period > LONGEST_FAST_WINDOW else 0
    window = subject.slo.exhaustion_window
    samples = at.milliseconds // step.milliseconds + 1
    return Scenario(
        name="a renamed service keeps its history",
        remarks=("all events are bad until the service is renamed, none afterwards",),
        step=step,
        inputs=(
            *before,
            *after,
            *tiles,
        ),
        checks=(
            subject.about(
                naming.ratio_rate(window),
                subject.ratio_over(window, Fraction(bad), samples, step),
                at,
                "bad before, over all",
            ),
            subject.about(
                naming.RATIO_PERIOD,
                Fraction(bad, _samples_seen(subject, at) + good),
                at,
                "the same over the SLO's own window",
            ),
        ),
    )


def _good_tiles(subject: Subject, labels: Labels, events: Samples) -> Iterator[Input]:
    """Yield tiles that were recorded under other labels, with good events alone."""
    tile = subject.slo.timing.slow_interval
    yield Input(series=subject.recorded(naming.events_sum(tile), labels), values=gauge([events]))
    errors = attrs.evolve(events, value=ZERO)
    yield Input(series=subject.recorded(naming.errors_sum(tile), labels), values=gauge([errors]))
