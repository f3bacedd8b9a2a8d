"""What counts: the base series that come of an SLI's own counters, whatever happens to them."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from slogen import naming
from slogen.proof.feeds import RawFeed, fed
from slogen.proof.kinds.raw import RawCounters
from slogen.proof.paces import between, rounded_up, total
from slogen.proof.phases import ZERO, Phase
from slogen.proof.scenario import Check, Input, Sample, Scenario
from slogen.units import Duration, number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from slogen.proof.feeds import Feed
    from slogen.proof.kinds.sources import Counter, Part
    from slogen.proof.subject import Labels, Subject

EVENTS, ERRORS = Decimal(100), Decimal(20)
"""Events a second, and how many of them are bad."""

_STRAY_EVENTS = Decimal(1000)
_SCENE = Duration("8m")


def counting(subject: Subject, feed: Feed) -> Iterator[Scenario]:
    """Yield scenarios about counted events, evaluated as often as the fast groups are."""
    if isinstance(feed, RawFeed) and isinstance(feed.raw, RawCounters):
        yield _what_counts(subject, feed, feed.raw)
        if feed.raw.optional_part:
            yield _no_part_yet(subject, feed, feed.raw, feed.raw.optional_part)
    if subject.slo.definition.sli.counts_events:
        yield _no_events(subject, feed)


def newest_scrape(subject: Subject, at: Duration) -> Duration:
    """Return the time of the newest scrape that an evaluation knows of."""
    timing = subject.slo.timing
    scrape = timing.scrape_interval.milliseconds
    known = at.milliseconds - timing.lag_of_counters.milliseconds
    return known // scrape * timing.scrape_interval if known >= scrape else Duration.zero()


def seconds_counted(subject: Subject, at: Duration) -> Decimal:
    """Return for how long events have been counted at an evaluation.

    That is from the newest scrape that the first evaluation of all knows of.
    """
    fast = subject.slo.timing.fast_interval
    first = rounded_up(subject.slo.timing.lag_of_counters, fast)
    return between(newest_scrape(subject, first), newest_scrape(subject, at)).seconds


def counts(subject: Subject, at: Duration, values: dict[str, list[Decimal]]) -> Iterator[Check]:
    """Yield checks of all that was counted since the scenario began.

    Args:
        subject: The SLO.
        at: When they are asked.
        values: What was counted in each group, by the base series.
    """
    for metric, what in ((naming.EVENTS_INCREASE, "events"), (naming.ERRORS_INCREASE, "bad ones")):
        if metric in values:
            yield Check(
                remark=f"{what} that were counted until then",
                expr=subject.all_hours(f"sum_over_time({subject.ask(metric)}[{at}])"),
                at=at,
                samples=tuple(
                    subject.answer("", value, group)
                    for group, value in zip(subject.groups, values[metric], strict=True)
                ),
            )


def scene(subject: Subject) -> Duration:
    """Return how long a scenario about what counts lasts: what is late is counted, too."""
    interval = subject.slo.timing.slow_interval
    return rounded_up(total(_SCENE, subject.slo.timing.lag_of_counters), interval)


def _what_counts(subject: Subject, feed: RawFeed, raw: RawCounters) -> Scenario:
    """Feed what the selectors select, and what they must not."""
    burning, *others = subject.groups
    sources = raw.sources(burning)
    strays = _beside(raw.strays(burning), sources)
    variants = _beside(raw.variants(burning), (*sources, *strays))
    further = (*strays, *variants)
    each = number(_STRAY_EVENTS)
    remarks = [f"{number(EVENTS)} events a second, {number(ERRORS)} of them bad"]
    if others:
        remarks.append("then a second group, without bad ones")
    if strays:
        remarks.append(f"then series that fail one matcher each, with {each} events a second")
    if variants:
        remarks.append(f"then the same with other values of a label, {each} events a second each")
    current, until = subject.ask(naming.ratio_rate(subject.slo.current_window)), scene(subject)
    stray_phases = (Phase(until, _STRAY_EVENTS),)
    return Scenario(
        name="what is selected counts, and nothing else",
        remarks=tuple(remarks),
        step=feed.step,
        inputs=(
            *fed(feed, [Phase(until, EVENTS, ERRORS)], [Phase(until, EVENTS)]),
            *(Input(series=s.series, values=s.values(stray_phases, feed.step)) for s in further),
        ),
        checks=(
            Check(
                remark="a window reads what was recorded at the same instant",
                expr=f"count({current})",
                at=_first_count(subject),
                samples=(Sample(labels="{}", value=Decimal(len(subject.groups))),),
            ),
            *counts(subject, until, _expected(subject, raw, further, until)),
        ),
    )


def _beside(more: tuple[Counter, ...], known: Iterable[Counter]) -> tuple[Counter, ...]:
    """Return counters that are not known yet."""
    identities = {counter.identity for counter in known}
    return tuple(counter for counter in more if counter.identity not in identities)


def _first_count(subject: Subject) -> Duration:
    """Return when events are counted first: between two scrapes, an evaluation apart at least."""
    timing = subject.slo.timing
    between = max(timing.scrape_interval, timing.fast_interval)
    return rounded_up(total(between, timing.lag_of_counters), timing.fast_interval)


def _expected(
    subject: Subject, raw: RawCounters, strays: tuple[Counter, ...], until: Duration
) -> dict[str, list[Decimal]]:
    """Return what is counted in each group, by the base series."""
    events: list[Decimal] = []
    errors: list[Decimal] = []
    seconds = seconds_counted(subject, until)
    for group in subject.groups:
        is_burning = group == subject.groups[0]
        bad = ERRORS if is_burning else ZERO
        rates = [(source, source.share(EVENTS, bad) or ZERO) for source in raw.sources(group)]
        rates += [(stray, _STRAY_EVENTS) for stray in strays if is_burning]
        whole, part = raw.counted(rates)
        events.append(whole * seconds)
        errors.append(part * seconds)
    return {naming.EVENTS_INCREASE: events, naming.ERRORS_INCREASE: errors}


def _no_part_yet(subject: Subject, feed: RawFeed, raw: RawCounters, what: Part) -> Scenario:
    """Feed no series of bad events, or none of good ones where those are counted."""
    counts_bad = what == "bad"
    until = scene(subject)
    # Of the other part there is all, so that the answer is 0 of bad events, or 100 % of them.
    phase = Phase(until, EVENTS, None) if counts_bad else Phase(until, EVENTS, EVENTS)

    def inputs(group: Labels) -> Iterator[Input]:
        for series, source in zip(feed.inputs([phase], group), raw.sources(group), strict=True):
            if source.part != what:
                yield series

    value = ZERO if counts_bad else EVENTS * seconds_counted(subject, until)
    return Scenario(
        name=f"{what} events that do not exist yet are 0",
        remarks=(f"{number(EVENTS)} events a second, and no series of {what} ones",),
        step=feed.step,
        inputs=tuple(series for group in subject.groups for series in inputs(group)),
        checks=tuple(
            counts(subject, until, {naming.ERRORS_INCREASE: [value for _ in subject.groups]})
        ),
    )


def _no_events(subject: Subject, feed: Feed) -> Scenario:
    """Feed counters that stand still, or base series of 0."""
    until = scene(subject)
    still = [Phase(until, ZERO)]
    none = {naming.EVENTS_INCREASE: [ZERO for _ in subject.groups]}
    return Scenario(
        name="no traffic gives no ratio, no NaN and no alert",
        step=feed.step,
        inputs=fed(feed, still, still),
        checks=(
            *(counts(subject, until, none) if isinstance(feed, RawFeed) else ()),
            Check(
                remark="no ratio is made from nothing",
                expr=subject.ask_all(naming.RATIOS),
                at=until,
            ),
            Check(remark="nobody is told", expr=subject.any_alert(), at=until),
        ),
    )
