"""What counts: the base series that come of an SLI's own counters, and of none."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from slogen import naming
from slogen.proof.feeds import ZERO, Phase, RawFeed, fed
from slogen.proof.notation import counter
from slogen.proof.paces import rounded_up, total
from slogen.proof.scenario import Check, Input, Sample, Scenario
from slogen.units import Duration, number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slogen.proof.feeds import Feed
    from slogen.proof.kinds.raw import Counter, Part
    from slogen.proof.subject import Subject

_EVENTS, _ERRORS = Decimal(100), Decimal(20)
_STRAY_EVENTS = Decimal(1000)
_SCENE = Duration("10m")
_MIDDLE = Duration("8m")


def counting(subject: Subject, feed: Feed) -> Iterator[Scenario]:
    """Yield scenarios about the base series, evaluated as often as the fast groups are."""
    if isinstance(feed, RawFeed):
        yield _what_counts(subject, feed)
        if feed.raw.optional_part:
            yield _no_part_yet(subject, feed, feed.raw.optional_part)
    yield _no_events(subject, feed)


def _what_counts(subject: Subject, feed: RawFeed) -> Scenario:
    """Feed what the selectors select, and what they must not."""
    burning, *others = subject.groups
    known = {counter.series for counter in feed.counters[0]}
    strays = tuple(stray for stray in feed.raw.strays(burning) if stray.series not in known)
    increase = _STRAY_EVENTS * feed.step.seconds
    samples = _SCENE.milliseconds // feed.step.milliseconds
    remarks = [f"{number(_EVENTS)} events a second, {number(_ERRORS)} of them bad"]
    if others:
        remarks.append("then a second group, without bad ones")
    if strays:
        each = number(_STRAY_EVENTS)
        remarks.append(f"then series that fail one matcher each, with {each} events a second")
    current = subject.ask(naming.ratio_rate(subject.slo.current_window))
    return Scenario(
        name="what is selected counts, and nothing else",
        remarks=tuple(remarks),
        step=feed.step,
        inputs=(
            *fed(feed, [Phase(_SCENE, _EVENTS, _ERRORS)], [Phase(_SCENE, _EVENTS)]),
            *(
                Input(series=stray.series, values=counter([(samples, increase)]))
                for stray in strays
            ),
        ),
        checks=(
            Check(
                remark="a window reads what was recorded at the same instant",
                expr=f"count({current})",
                at=_first_rate(subject),
                samples=(Sample(labels="{}", value=Decimal(len(subject.groups))),),
            ),
            *_base_checks(subject, feed, strays),
        ),
    )


def _first_rate(subject: Subject) -> Duration:
    """Return when the base series have their first sample: a rate needs two scrapes."""
    timing = subject.slo.timing
    return rounded_up(total(timing.scrape_interval, timing.lag), timing.fast_interval)


def _base_checks(subject: Subject, feed: RawFeed, strays: tuple[Counter, ...]) -> Iterator[Check]:
    events: list[Sample] = []
    errors: list[Sample] = []
    for group, counters in zip(subject.groups, feed.counters, strict=True):
        is_burning = group == subject.groups[0]
        bad = _ERRORS if is_burning else ZERO
        rates = [(each, each.share(_EVENTS, bad) or ZERO) for each in counters]
        rates += [(stray, _STRAY_EVENTS) for stray in strays if is_burning]
        all_of_them, bad_ones = feed.raw.counted(rates)
        events.append(subject.answer("", all_of_them, group))
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


def _no_part_yet(subject: Subject, feed: RawFeed, what: Part) -> Scenario:
    """Feed no series of bad events, or none of good ones where those are counted."""
    counts_bad = what == "bad"
    # Of the other part there is all, so that the answer is 0 of bad events, or 100 % of them.
    phase = Phase(_SCENE, _EVENTS, None) if counts_bad else Phase(_SCENE, _EVENTS, _EVENTS)
    inputs = (
        (series, counted)
        for group, counters in zip(subject.groups, feed.counters, strict=True)
        for series, counted in zip(feed.inputs([phase], group), counters, strict=True)
    )
    value = ZERO if counts_bad else _EVENTS
    return Scenario(
        name=f"{what} events that do not exist yet are 0",
        remarks=(f"{number(_EVENTS)} events a second, and no series of {what} ones",),
        step=feed.step,
        inputs=tuple(series for series, counted in inputs if counted.part != what),
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
    still = [Phase(_SCENE, ZERO)]
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
                    subject.answer(naming.EVENTS_RATE, ZERO, group) for group in subject.groups
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
