"""What is seen of a state: the base series that come of the series of an SLI that counts time."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

import attrs

from slogen import naming
from slogen.proof.feeds import RawFeed, RecordedFeed, fed
from slogen.proof.kinds.raw import NoSuchValue, RawStates
from slogen.proof.kinds.turns import turns
from slogen.proof.paces import between, just_before, rounded_up, total
from slogen.proof.phases import ZERO, Phase
from slogen.proof.scenario import Check, Input, Scenario
from slogen.units import Duration, number, percentage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slogen.proof.feeds import Feed
    from slogen.proof.kinds.raw import Several
    from slogen.proof.kinds.turns import Turns
    from slogen.proof.scenario import Sample
    from slogen.proof.subject import Labels, Subject

_HALF = Duration("5m")
_ONE = Decimal(1)
_EXACTLY = "0.001"
"""Seconds to which checks are exact: ratios are floats."""


def states(subject: Subject, feed: Feed) -> Iterator[Scenario]:
    """Yield scenarios about time that counts, evaluated as often as the fast groups are."""
    if isinstance(feed, RawFeed) and isinstance(feed.raw, RawStates):
        yield _what_counts(subject, feed, feed.raw)
        yield _one_nan(subject, feed, feed.raw)
        if feed.raw.edges:
            yield _at_the_limit(subject, feed, feed.raw)
    if subject.slo.counts_missing:
        yield _missing(subject, feed)
    elif not subject.slo.definition.sli.counts_events:
        yield _unseen(subject)


def unreachable(subject: Subject, reason: NoSuchValue) -> Scenario:
    """Return a scenario that fails: whatever the series shows, the query stays on one side."""
    until, step = _long_enough(subject), subject.slo.timing.scrape_interval
    series, group, side = reason.raw.sources(subject.groups[0]), subject.groups[0], reason.side
    errors = subject.all_hours(subject.ask(naming.ERRORS_INCREASE, group))
    why = "never be good" if side == "good" else "never be bad, and no alert can fire"
    return Scenario(
        name=f"some value of the query is {side}",
        remarks=("as far as its series can go",),
        step=step,
        inputs=tuple(
            Input(series=source.series, values=source.values([Phase(until, _ONE, ZERO)], step))
            for source in series
        ),
        checks=(
            Check(
                remark=f"no value is {side}: the SLO can {why}; change the query or the limit",
                expr=f"{errors} {'==' if side == 'good' else '>'} bool 0",
                at=until,
                samples=(subject.answer("", _ONE, group),),
            ),
        ),
    )


def _what_counts(subject: Subject, feed: RawFeed, raw: RawStates) -> Scenario:
    """Let each series that is selected change once, beside series that must not count."""
    burning, *others = subject.groups
    taken = turns(raw, burning)
    half, fast = _long_enough(subject), subject.slo.timing.fast_interval
    later = len(taken.bad) - 1
    lengths = [half, *([half] if later == 1 else [_turn(subject)] * later)]
    ends = [total(*lengths[: place + 1]) for place in range(len(lengths))]
    remarks = list(_words_about_turns(raw, taken, ends))
    if others:
        remarks.append("then a second group, which is good")
    if taken.strays:
        remarks.append(
            "then series that fail one matcher each, and would change that if they counted"
        )
    whole = [Phase(ends[-1], _ONE)]
    return Scenario(
        name="what is selected counts, and nothing else",
        remarks=tuple(remarks),
        step=feed.step,
        inputs=(
            *(shown.input(lengths, feed.step) for shown in taken.selected),
            *(series for group in others for series in feed.inputs(whole, group)),
            *(shown.input(lengths, feed.step) for shown in taken.strays),
        ),
        checks=tuple(
            check
            for end, ratio in zip(ends, taken.bad, strict=True)
            for check in _seconds(subject, just_before(end, fast), ratio)
        ),
    )


def _words_about_turns(raw: RawStates, taken: Turns, ends: list[Duration]) -> Iterator[str]:
    """Yield what the series of the first group show."""
    first, second = (_how(ratio) for ratio in taken.bad[:2])
    begin, count = ends[0], taken.changing
    if raw.is_mean and len(taken.selected) > 1:
        yield f"good, and from {begin} on one of {len(taken.selected)} series is bad"
    elif count > 1:
        yield f"{first}, and {second} from {begin} on, by one of {count} series after the other"
    else:
        yield f"{first}, and {second} from {begin} on"
    if taken.moves:
        remark = "the rest of the whole is in one series after the other"
        yield f"from {ends[count]} on {_how(taken.bad[-1])}: {remark}"


def _turn(subject: Subject) -> Duration:
    """Return how long one of several series decides: until it is seen, though it be smoothed."""
    timing = subject.slo.timing
    seen = total(timing.lag_of_gauges, timing.base_range, timing.fast_interval)
    return rounded_up(seen, timing.scrape_interval)


def _long_enough(subject: Subject) -> Duration:
    """Return how long a state lasts until it is seen, though data be late and values smoothed."""
    timing = subject.slo.timing
    seen = total(_HALF, timing.lag_of_gauges, timing.base_range)
    return rounded_up(rounded_up(seen, timing.slow_interval), timing.scrape_interval)


def _how_bad(ratio: Decimal) -> str:
    return "bad" if ratio == 1 else f"{percentage(ratio)} bad"


def _how(ratio: Decimal) -> str:
    return _how_bad(ratio) if ratio else "good"


def _seconds(subject: Subject, at: Duration, ratio: Decimal) -> Iterator[Check]:
    """Yield checks of the seconds since the evaluation before: all, and the bad ones."""
    first, *others = subject.groups

    def answers(of_first: Decimal, of_others: Decimal) -> tuple[Sample, ...]:
        rest = (subject.answer("", of_others, group) for group in others)
        return subject.answer("", of_first, first), *rest

    one = _interval(subject)
    bad = (ratio * one).quantize(Decimal(_EXACTLY))
    return _increases(subject, at, answers(one, one), answers(bad, ZERO))


def _interval(subject: Subject) -> Decimal:
    """Return how many seconds one evaluation of the base series counts."""
    return Decimal(subject.slo.timing.fast_interval.seconds)


def _increases(
    subject: Subject,
    at: Duration,
    seconds: tuple[Sample, ...],
    bad: tuple[Sample, ...],
    group: Labels | None = None,
) -> Iterator[Check]:
    """Yield checks of what the base series counted since the evaluation before.

    Args:
        subject: The SLO.
        at: When it is asked.
        seconds: All that was counted.
        bad: What of it is bad.
        group: The group that is asked about; all unless given.
    """
    for metric, what, samples in (
        (naming.EVENTS_INCREASE, "seconds", seconds),
        (naming.ERRORS_INCREASE, "bad ones", bad),
    ):
        yield Check(
            remark=f"{what} since the evaluation before",
            expr=subject.all_hours(f"round({subject.ask(metric, group or {})}, {_EXACTLY})"),
            at=at,
            samples=samples,
        )


def _missed(group: Labels) -> Labels:
    """Return the labels of what is counted of a group without data."""
    return {**group, naming.MISSING_LABEL: naming.MISSING}


def _one_nan(subject: Subject, feed: RawFeed, raw: RawStates) -> Scenario:
    """Let series of a group give NaN: one of several, or the only one."""
    group, *others = subject.groups
    several, until = raw.several(group), _long_enough(subject)
    at = just_before(until, subject.slo.timing.fast_interval)
    name, remark = _words_about_nan(subject, raw, several)
    seconds, bad = _counted_beside_nan(subject, several)
    return Scenario(
        name=name,
        remarks=(remark,),
        step=feed.step,
        inputs=(
            *(
                Input(series=source.series, values=source.values([phase], feed.step))
                for source, ratio in zip(several.sources, several.ratios, strict=True)
                for phase in [Phase(until, _ONE, ratio)]
            ),
            *(series for other in others for series in feed.inputs([Phase(until, _ONE)], other)),
        ),
        checks=tuple(_increases(subject, at, seconds, bad, group)),
    )


def _words_about_nan(subject: Subject, raw: RawStates, several: Several) -> tuple[str, str]:
    """Return the name of the scenario, and what its series show."""
    if several.expected is not None:
        beyond = f", {len(raw.beyond)} that are no state" if raw.beyond else ""
        shown = f"a good series, one that is {_how_bad(raw.bad)}{beyond}, and one that gives NaN"
        return "a series that gives NaN takes nothing else with it", shown
    is_bad = _is_nan_missed(subject)
    name = "NaN is no data, and that is bad" if is_bad else "NaN records nothing"
    first = "first" if len(several.sources) > 1 else "only"
    return name, f"the {first} series gives NaN"


def _counted_beside_nan(
    subject: Subject, several: Several
) -> tuple[tuple[Sample, ...], tuple[Sample, ...]]:
    """Return what is counted of the group: all, and what is bad of it."""
    one, group = _interval(subject), subject.groups[0]
    if several.expected is not None:
        bad = several.expected * one
    elif _is_nan_missed(subject):
        bad, group = one, _missed(group)
    else:
        return (), ()
    return (subject.answer("", one, group),), (subject.answer("", bad, group),)


def _is_nan_missed(subject: Subject) -> bool:
    """Tell whether a query of NaN alone is bad: a group that never had data is not missed."""
    return subject.slo.counts_missing and len(subject.groups) == 1


def _at_the_limit(subject: Subject, feed: RawFeed, raw: RawStates) -> Scenario:
    """Let the value be exactly at the limit, and then a little on either side of it."""
    lasting, fast = _long_enough(subject), subject.slo.timing.fast_interval
    group, values = subject.groups[0], [value for value, _ in raw.edges]
    (source,) = raw.sources(group)
    shown = attrs.evolve(source, show=lambda place: values[int(place)])
    phases = [Phase(lasting, _ONE, Decimal(place)) for place in range(len(values))]
    metric = subject.ask(naming.ERRORS_INCREASE, group)
    return Scenario(
        name="a value at the limit is on its side",
        remarks=(f"{', then '.join(map(number, values))}, each for {lasting}",),
        step=feed.step,
        inputs=(Input(series=shown.series, values=shown.values(phases, feed.step)),),
        checks=tuple(
            Check(
                remark=f"{number(value)} is {'bad' if is_bad else 'good'}",
                expr=subject.all_hours(metric),
                at=just_before(place * lasting, fast),
                samples=(subject.answer("", fast.seconds if is_bad else ZERO, group),),
            )
            for place, (value, is_bad) in enumerate(raw.edges, start=1)
        ),
    )


def _missing(subject: Subject, feed: Feed) -> Scenario:
    """Let the data of a group end, and that of others go on."""
    until = 4 * _long_enough(subject)
    burning, *others = subject.groups
    half = rounded_up(Duration.of_milliseconds(until.milliseconds // 2), feed.step)
    ending = [Phase(half, _ONE, ZERO), Phase(between(half, until), None, None)]
    one = _interval(subject)

    known = {subject.slo.naming.service: feed.service} if isinstance(feed, RecordedFeed) else {}

    def answers(of_others: Decimal) -> tuple[Sample, ...]:
        rest = (subject.answer("", of_others, {**known, **group}) for group in others)
        return subject.answer("", one, _missed(burning)), *rest

    return Scenario(
        name="a moment without data is bad",
        remarks=(f"good, and no data from {half} on",),
        step=feed.step,
        inputs=fed(feed, ending, [Phase(until, _ONE, ZERO)]),
        checks=tuple(
            _increases(
                subject,
                just_before(until, subject.slo.timing.fast_interval),
                answers(one),
                answers(ZERO),
            )
        ),
    )


def _unseen(subject: Subject) -> Scenario:
    """Let there be no data before and after a bad time."""
    slo, window = subject.slo, subject.slo.current_window
    step = slo.timing.fast_interval
    feed, before = RecordedFeed(subject, step), 2 * step
    # With query_offset a sample bears the time that it speaks of, not that of its evaluation.
    moved = slo.timing.query_offset or Duration.zero()
    at = rounded_up(total(before, step, moved), step)
    phases = [Phase(before, None, None), Phase(step, _ONE, _ONE)]
    # A sample at either end of the bad time.
    share = Fraction(2 * step.milliseconds, max(window.milliseconds, 2 * step.milliseconds))
    return Scenario(
        name="what was not seen of a window counts as good",
        remarks=(f"no data until {before}, then all of the time is bad",),
        step=step,
        inputs=fed(feed, phases, phases),
        checks=(
            subject.about(
                naming.ratio_rate(window), share, at, f"the part of {window} that is bad"
            ),
        ),
    )
