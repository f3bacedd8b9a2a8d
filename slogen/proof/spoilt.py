"""Counters that give NaN, Inf or less than nothing: they count nothing, and spoil nothing."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from slogen import naming
from slogen.proof.counting import ERRORS, EVENTS, counts, scene, seconds_counted
from slogen.proof.feeds import fed
from slogen.proof.kinds.raw import NAN, RawCounters
from slogen.proof.kinds.selecting import free_label
from slogen.proof.notation import Samples, gauge
from slogen.proof.paces import rounded_up
from slogen.proof.phases import ZERO, Phase
from slogen.proof.scenario import Input, Scenario
from slogen.proof.subject import selector

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slogen.proof.feeds import RawFeed
    from slogen.proof.kinds.sources import Counter
    from slogen.proof.subject import Subject
    from slogen.units import Duration

_VALUES = (ZERO, Decimal("Infinity"), Decimal(7), Decimal(-5))
"""What a counter shows that is none: no step of it counts."""
_SAMPLES_OF_EACH = 2
_GROWN = Decimal(7)


def spoilt(subject: Subject, feed: RawFeed, raw: RawCounters) -> Scenario:
    """Let there be other series of each counter, none of which counts."""
    lasting = max(scene(subject), 2 * _SAMPLES_OF_EACH * len(_VALUES) * feed.step)
    until = rounded_up(lasting, subject.slo.timing.fast_interval)
    phase = [Phase(until, EVENTS, ERRORS)]
    free = free_label((raw.whole, raw.part), subject.groups[0])
    sources, samples = raw.sources(subject.groups[0]), phase[0].samples(feed.step) + 1
    series = [*_all_nan(sources, free, samples), *_not_counters(sources, free, samples)]
    remarks = [
        f"as many events as before, and other series that count nothing, by their {free}:",
        "of the first all counters give NaN; of others one goes from 0 to Inf, to 7 and to -5",
    ]
    if raw.joins_series:
        series += _half_nan(sources, free, phase[0], feed.step)
        series += _half_known(sources, free, samples)
        remarks.append("of the last one counter gives NaN, so that the other one does not count,")
        remarks.append("or gave NaN until both are there and the other one has grown")
    seconds = seconds_counted(subject, until)
    values = {
        naming.EVENTS_INCREASE: [EVENTS * seconds for _ in subject.groups],
        naming.ERRORS_INCREASE: [ERRORS * seconds for _ in subject.groups],
    }
    return Scenario(
        name="a series that gives NaN or Inf takes nothing else with it",
        remarks=tuple(remarks),
        step=feed.step,
        inputs=(*fed(feed, phase, phase), *series),
        checks=tuple(counts(subject, until, values)),
    )


def _all_nan(sources: tuple[Counter, ...], free: str, samples: int) -> Iterator[Input]:
    values = gauge([Samples(samples, NAN)])
    return (beside(source, free, f"{free}-nan", values) for source in sources)


def _not_counters(sources: tuple[Counter, ...], free: str, samples: int) -> Iterator[Input]:
    """Yield for each counter a series of it that goes astray while the others stand still."""
    each = samples // len(_VALUES)
    counted = [each, each, each, samples - 3 * each]
    astray = gauge(Samples(count, value) for count, value in zip(counted, _VALUES, strict=True))
    still = gauge([Samples(samples, ZERO)])
    for place, wrong in enumerate(sources, start=1):
        for source in sources:
            values = astray if source is wrong else still
            yield beside(source, free, f"{free}-inf-{place}", values)


def _half_nan(
    sources: tuple[Counter, ...], free: str, phase: Phase, step: Duration
) -> Iterator[Input]:
    """Yield series of which the whole counts and the part gives NaN, and the other way round."""
    nan = gauge([Samples(phase.samples(step) + 1, NAN)])
    for part in ("all", "other"):
        for source in sources:
            is_nan = (source.part == "all") is (part == "all")
            values = nan if is_nan else source.values([phase], step)
            yield beside(source, free, f"{free}-half-{part}", values)


def _half_known(sources: tuple[Counter, ...], free: str, samples: int) -> Iterator[Input]:
    """Yield series of which one gives NaN before the other one grows, and then is there."""
    before = samples // 2
    for part in ("all", "other"):
        for source in sources:
            is_nan = (source.part == "all") is (part == "all")
            shown = (NAN, _GROWN) if is_nan else (ZERO, _GROWN)
            counted = (before, samples - before)
            values = gauge(
                Samples(count, value) for count, value in zip(counted, shown, strict=True)
            )
            yield beside(source, free, f"{free}-known-{part}", values)


def beside(source: Counter, free: str, name: str, values: str) -> Input:
    """Return another series of a counter, which its free label tells from all others."""
    labels = {**source.labels, free: name}
    return Input(series=selector(source.metric, labels), values=values)
