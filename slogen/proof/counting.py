"""What counts: the base series that come of an SLI's own counters, and of none."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from slogen import naming
from slogen.model import Events
from slogen.proof.counters import Counter, is_event, is_part, strays
from slogen.proof.feeds import NOTHING, Phase, RawFeed, fed
from slogen.proof.notation import counter
from slogen.proof.paces import rounded_up, total
from slogen.proof.scenario import Check, Input, Sample, Scenario
from slogen.units import Duration, number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slogen.proof.feeds import Feed
    from slogen.proof.subject import Subject

_EVENTS, _ERRORS = Decimal(100), Decimal(20)
_STRAY_EVENTS = Decimal(1000)
_SCENE = Duration("10m")
_MIDDLE = Duration("8m")


def counting(subject: Subject, feed: Feed) -> Iterator[Scenario]:
    """Yield scenarios about the base series, evaluated as often as the fast groups are."""
    if isinstance(feed, RawFeed):
        yield _what_counts(subject, feed)
        if isinstance(subject.slo.definition.sli, Events):
            yield _no_part_yet(subject, feed)
    yield _no_events(subject, feed)


def _what_counts(subject: Subject, feed: RawFeed) -> Scenario:
    """Feed what the selectors select, and what they must not."""
    burning, *others = subject.groups
    known = {one.series for one in feed.counters[0]}
    lost = tuple(o for o in strays(subject.slo.definition.sli, burning) if o.series not in known)
    increase = _STRAY_EVENTS * feed.step.seconds
    samples = _SCENE.milliseconds // feed.step.milliseconds
    remarks = [f"{number(_EVENTS)} events a second, {number(_ERRORS)} of them bad"]
    if others:
        remarks.append("then a second group, without bad ones")
    if lost:
        each = number(_STRAY_EVENTS)
        remarks.append(f"then series that fail one matcher each, with {each} events a second")
    current = subject.ask(naming.ratio_rate(subject.slo.current_window))
    return Scenario(
        name="what is selected counts, and nothing else",
        remarks=tuple(remarks),
        step=feed.step,
        inputs=(
            *fed(feed, [Phase(_SCENE, _EVENTS, _ERRORS)], [Phase(_SCENE, _EVENTS)]),
            *(Input(series=one.series, values=counter([(samples, increase)])) for one in lost),
        ),
        checks=(
            Check(
                remark="a window reads what was recorded at the same instant",
                expr=f"count({current})",
                at=_first_rate(subject),
                samples=(Sample(labels="{}", value=Decimal(len(subject.groups))),),
            ),
            *_base_checks(subject, feed, lost),
        ),
    )


def _first_rate(subject: Subject) -> Duration:
    """Return when the base series have their first sample: a rate needs two scrapes."""
    timing = subject.slo.timing
    return rounded_up(total(timing.scrape_interval, timing.lag), timing.fast_interval)


def _base_checks(subject: Subject, feed: RawFeed, lost: tuple[Counter, ...]) -> Iterator[Check]:
    events: list[Sample] = []
    errors: list[Sample] = []
    for group, counters in zip(subject.groups, feed.counters, strict=True):
        is_burning = group == subject.groups[0]
        bad = _ERRORS if is_burning else NOTHING
        rates = [(one, one.share(_EVENTS, bad) or NOTHING) for one in counters]
        rates += [(one, _STRAY_EVENTS) for one in lost if is_burning]
        whole, part = _sums(subject, rates)
        counts_bad = (
            isinstance(subject.slo.definition.sli, Events) and subject.slo.definition.sli.bad
        )
        events.append(subject.answer("", whole, group))
        bad_ones = part if counts_bad else max(whole - part, NOTHING)
        errors.append(subject.answer("", bad_ones, group))
    for what, metric, samples in (
        ("events", naming.EVENTS_RATE, events),
        ("bad events", naming.ERRORS_RATE, errors),
    ):
        yield Check(
            remark=f"{what} per second",
            expr=f"round({subject.ask(metric)})",
            at=_MIDDLE,
            samples=tuple(samples),
        )


def _sums(subject: Subject, rates: list[tuple[Counter, Decimal]]) -> tuple[Decimal, Decimal]:
    """Return how much all series count that are selected as a whole, and as a part."""
    sli = subject.slo.definition.sli
    return (
        sum((rate for one, rate in rates if is_event(sli, one)), NOTHING),
        sum((rate for one, rate in rates if is_part(sli, one)), NOTHING),
    )


def _no_part_yet(subject: Subject, feed: RawFeed) -> Scenario:
    """Feed no series of bad events, or none of good ones where those are counted."""
    sli = subject.slo.definition.sli
    counts_bad = isinstance(sli, Events) and sli.bad is not None
    # Of the other part there is all, so that the answer is 0 of bad events, or 100 % of them.
    phase = Phase(_SCENE, _EVENTS, None) if counts_bad else Phase(_SCENE, _EVENTS, _EVENTS)
    inputs = (
        (one, series)
        for group, counters in zip(subject.groups, feed.counters, strict=True)
        for one, series in zip(feed.inputs([phase], group), counters, strict=True)
    )
    value = NOTHING if counts_bad else _EVENTS
    what = "bad" if counts_bad else "good"
    return Scenario(
        name=f"{what} events that do not exist yet are 0",
        remarks=(f"{number(_EVENTS)} events a second, and no series of {what} ones",),
        step=feed.step,
        inputs=tuple(one for one, series in inputs if series.part != what),
        checks=(
            Check(
                remark="bad events per second",
                expr=f"round({subject.ask(naming.ERRORS_RATE)})",
                at=_MIDDLE,
                samples=tuple(subject.answer("", value, group) for group in subject.groups),
            ),
        ),
    )


def _no_events(subject: Subject, feed: Feed) -> Scenario:
    """Feed counters that stand still, or base series of 0."""
    still = [Phase(_SCENE, NOTHING)]
    return Scenario(
        name="no traffic gives no ratio, no NaN and no alert",
        step=feed.step,
        inputs=fed(feed, still, still),
        checks=(
            Check(
                remark="events are counted, and there are none",
                expr=subject.ask(naming.EVENTS_RATE),
                at=_MIDDLE,
                samples=tuple(
                    subject.answer(naming.EVENTS_RATE, NOTHING, group) for group in subject.groups
                ),
            ),
            Check(
                remark="no ratio is made from nothing",
                expr=subject.ask_all(naming.RATIOS),
                at=_MIDDLE,
            ),
            Check(remark="nobody is told", expr=subject.any_alert(), at=_MIDDLE),
        ),
    )
