"""Sums over time: hours and windows count events, whoever they were recorded for."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

import attrs

from slogen import naming
from slogen.plan.hours import FIRST_SECOND, HOUR, SECONDS_BETWEEN_TRIES, UNRECORDED
from slogen.plan.timing import LONGEST_FAST_WINDOW
from slogen.promql.selector import Matcher, braced
from slogen.proof.counting import ERRORS, EVENTS, seconds_counted
from slogen.proof.feeds import RawFeed, RecordedFeed, fed
from slogen.proof.kinds.raw import RawCounters
from slogen.proof.notation import Samples, gauge
from slogen.proof.paces import between, just_after, just_before, rounded_up, total
from slogen.proof.phases import ZERO, Phase
from slogen.proof.scenario import Check, Input, Sample, Scenario
from slogen.units import Duration, clock

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slogen.proof.feeds import Feed
    from slogen.proof.subject import Labels, Subject

_LATER = "a later name"
_BEFORE_IT_BEGAN = "3"
"""The label of the hour before the first one."""
_EXACTLY = "0.001"
"""To which checks are exact: times are floats."""
_ONE = Decimal(1)


def summing(subject: Subject) -> Iterator[Scenario]:
    """Yield scenarios about sums, evaluated as often as the slow groups are."""
    yield _events_weigh(subject)
    yield _renamed(subject)
    yield _too_old(subject)


def hours(subject: Subject, feed: Feed) -> Scenario:
    """Return the scenario of an hour and a part of the next, as often as fast groups are.

    The hour is recorded when it may be for the first time, and not when it may be for the second;
    the long windows show it and what no hour holds yet.
    """
    fast, group = subject.slo.timing.fast_interval, subject.groups[0]
    is_raw = isinstance(feed, RawFeed) and isinstance(feed.raw, RawCounters)
    fed_by = feed if is_raw else RecordedFeed(subject, fast, told_apart=True)
    counts_events = subject.slo.definition.sli.counts_events
    rates = _Rates(EVENTS, ERRORS) if counts_events else _Rates(_ONE, ERRORS / EVENTS)

    def seconds(at: Duration) -> Decimal:
        return seconds_counted(subject, at) if is_raw else total(at, fast).seconds

    again = Duration.of_milliseconds(1000 * (FIRST_SECOND + SECONDS_BETWEEN_TRIES))
    until = rounded_up(total(HOUR, again, subject.slo.timing.slow_interval), fast)
    first, counted = seconds(just_before(HOUR, fast)), seconds(until)
    checks = [
        *_at_its_time(subject),
        *_recorded_once(subject, rates, first, until),
        _open(subject, rates.errors * (counted - first), until),
        _since(subject, until),
    ]
    if subject.slo.period >= 2 * HOUR:
        checks += _all_counted(subject, rates, counted, until)
    return Scenario(
        name="an hour is recorded once, and what is open counts as well",
        remarks=(subject.bad(rates.errors / rates.events),),
        step=fed_by.step,
        inputs=fed_by.inputs([Phase(until, rates.events, rates.errors)], group),
        checks=tuple(checks),
    )


@attrs.frozen
class _Rates:
    """Events a second, and how many of them are bad."""

    events: Decimal
    errors: Decimal


def _at_its_time(subject: Subject) -> Iterator[Check]:
    """Yield checks that the hour is recorded when all of it can be read, and not before."""
    fast = subject.slo.timing.fast_interval
    due = Duration.of_milliseconds(HOUR.milliseconds + 1000 * FIRST_SECOND)
    at = rounded_up(due, fast)
    if between(due, at) >= subject.slo.timing.slow_interval:
        return
    for metric in (naming.EVENTS_SUM, naming.ERRORS_SUM):
        expr = f"count({subject.ask(metric)})"
        yield Check(remark="the hour is not recorded yet", expr=expr, at=just_before(due, fast))
        one = (Sample(labels="{}", value=_ONE),)
        yield Check(remark="now it is", expr=expr, at=at, samples=one)


def _recorded_once(
    subject: Subject, rates: _Rates, seconds: Decimal, at: Duration
) -> Iterator[Check]:
    """Yield checks of the hours recorded until then: the first one alone, and once."""
    for metric, rate, what in (
        (naming.EVENTS_SUM, rates.events, "the hour"),
        (naming.ERRORS_SUM, rates.errors, "the bad ones of the hour"),
    ):
        yield Check(
            remark=what,
            expr=f"round(sum_over_time({subject.ask(metric)}[{at}]), {_EXACTLY})",
            at=at,
            samples=(_of_hour(subject, "0", rate * seconds),),
        )


def _open(subject: Subject, errors: Decimal, at: Duration) -> Check:
    """Return the check of the bad events that no hour holds yet: those of the second one."""
    return Check(
        remark="what no hour holds yet of bad ones",
        expr=f"round({subject.ask(naming.ERRORS_OPEN)}, {_EXACTLY})",
        at=at,
        samples=(_of_hour(subject, "1", errors),),
    )


def _since(subject: Subject, at: Duration) -> Check:
    """Return the check that the group exists since the first sample of the hour."""
    first = {**subject.groups[0], naming.HOUR_LABEL: "0"}
    seen = subject.ask(naming.EVENTS_INCREASE, {**first, naming.MISSING_LABEL: ""})
    seconds = (
        f"sum(count_over_time({seen}[{UNRECORDED}])) * {subject.slo.timing.fast_interval.seconds}"
    )
    since = f"last_over_time({subject.ask(naming.EVENTS_HOUR, first)}[{at}])"
    return Check(
        remark="since when the group exists, and for how long it did until the hour was over",
        expr=f"{since} + on () group_left () clamp_max({seconds}, {HOUR.seconds})",
        at=at,
        samples=(_of_hour(subject, "0", HOUR.seconds),),
    )


def _of_hour(subject: Subject, hour: str, value: Decimal) -> Sample:
    return subject.answer("", value, {**subject.groups[0], naming.HOUR_LABEL: hour})


def _all_counted(
    subject: Subject, rates: _Rates, seconds: Decimal, at: Duration
) -> Iterator[Check]:
    """Yield checks of the SLO's own window, which reads the hour and what is open."""
    for metric, rate, what in (
        (naming.EVENTS_PERIOD, rates.events, "all that was counted"),
        (naming.ERRORS_PERIOD, rates.errors, "the bad ones of it"),
    ):
        yield subject.about(metric, Fraction(rate * seconds), at, what)


def _events_weigh(subject: Subject) -> Scenario:
    """Let a quiet time be half bad between two busy ones, and compare with sums of samples."""
    slow, fast = subject.slo.timing.slow_interval, subject.slo.timing.fast_interval
    group, per_slow = subject.groups[0], slow.milliseconds // fast.milliseconds
    # All of it is within the SLO's own window.
    busy = (5 if 13 * slow < subject.slo.period else 4, Decimal(1000), ZERO)
    scene = (busy, (3, Decimal(10), Decimal(5)), busy)
    phases = [Phase(count * slow, events, errors) for count, events, errors in scene]
    at = sum(count for count, _, _ in scene) * slow
    samples = [pair for count, *pair in scene for _ in range(count * per_slow)]
    samples.append(samples[-1])
    seen = min(Fraction(len(samples) * fast.seconds) / Fraction(HOUR.seconds), Fraction(1))
    events, errors = (sum(column, ZERO) for column in zip(*samples, strict=True))
    feed = RecordedFeed(subject, fast)
    return Scenario(
        name="events weigh, not minutes",
        remarks=("1000 events a second; between them a time with 10, of which half are bad",),
        step=fast,
        inputs=feed.inputs(phases, group),
        checks=(
            *_identified(subject, feed.service, at),
            Check(
                remark="each rule reads what was recorded at the same instant",
                expr=f"count({subject.ask(naming.BUDGET_STATUS)})",
                at=Duration.zero(),
                samples=(Sample(labels="{}", value=Decimal(4)),),
            ),
            *(
                subject.about(metric, Fraction(errors) / Fraction(events), at, what)
                for metric, what in _of_period(subject)
            ),
            *(
                ()
                if subject.slo.counts_missing
                else (subject.about(naming.DATA_RATIO, seen, at, "the data there is of an hour"),)
            ),
        ),
    )


def _identified(subject: Subject, earlier: str, at: Duration) -> Iterator[Check]:
    """Yield checks that all series of the SLO say whose they are, but for an earlier service."""
    slo = subject.slo
    own = Matcher(slo.naming.id, "=", slo.definition.id)
    for label, value in slo.identity.items():
        known = (value, earlier) if label == slo.naming.service else (value,)
        others = (Matcher(label, "!=", one) for one in known)
        if label != slo.naming.id:
            yield Check(remark=f"no series has another {label}", expr=braced((own, *others)), at=at)


def _of_period(subject: Subject) -> Iterator[tuple[str, str]]:
    """Yield the series that hold the error ratio of the SLO's own window, and what they say."""
    yield naming.RATIO_PERIOD, "bad events over events"
    if subject.slo.period > LONGEST_FAST_WINDOW:
        yield naming.ratio_rate(subject.slo.period), "the same, named as other windows are"


def _renamed(subject: Subject) -> Scenario:
    """Let the base series change a label of their identity, after an hour without bad events."""
    step, group = subject.slo.timing.fast_interval, subject.groups[0]
    feed, half = RecordedFeed(subject, step), 5 * subject.slo.timing.slow_interval
    (events, _), at = feed.errors(subject.slo.budget), 2 * half
    before = feed.inputs((Phase(half, events, events), Phase(half, None, None)), group)
    later = attrs.evolve(feed, service=_LATER)
    after = later.inputs((Phase(half, None, None), Phase(half, events)), group)
    earlier = {**group, subject.slo.naming.service: feed.service}
    bad = half.milliseconds // step.milliseconds
    window = subject.slo.exhaustion_windows[-1]
    samples = at.milliseconds // step.milliseconds + 1
    reads_hours = subject.slo.period > LONGEST_FAST_WINDOW
    good = Fraction(HOUR.milliseconds, step.milliseconds) if reads_hours else Fraction(0)
    hours = _good_hour(subject, earlier, events * HOUR.seconds)
    return Scenario(
        name="a renamed service keeps its history",
        remarks=("all events are bad until the service is renamed, none afterwards",),
        step=step,
        inputs=(*before, *after, *hours),
        checks=(
            subject.about(
                naming.ratio_rate(window),
                subject.ratio_over(window, Fraction(bad), samples, step),
                at,
                "bad before, over all",
            ),
            subject.about(
                naming.RATIO_PERIOD,
                Fraction(bad) / (samples + good),
                at,
                "the same over the SLO's own window"
                f"{', with a good hour before' if reads_hours else ''}",
            ),
        ),
    )


def _too_old(subject: Subject) -> Scenario:
    """Let the first events of all be bad, and look for them in each window up to 6h."""
    step, slow = subject.slo.timing.fast_interval, subject.slo.timing.slow_interval
    windows = [window for window in subject.slo.windows if window <= LONGEST_FAST_WINDOW]
    feed, checks = RecordedFeed(subject, step), list[Check]()
    events, _ = feed.errors(subject.slo.budget)
    for window in windows:
        metric, held = naming.ratio_rate(window), just_before(window, slow)
        samples = held.milliseconds // step.milliseconds + 1
        ratio = subject.ratio_over(window, Fraction(1), samples, step)
        none = subject.answer(metric, ZERO, subject.groups[0])
        ask = subject.ask(metric, subject.groups[0])
        checks += [
            subject.about(metric, ratio, held, f"{window} still has the bad ones"),
            Check(remark="and no longer", expr=ask, at=just_after(window, slow), samples=(none,)),
        ]
    until = just_after(windows[-1], slow)
    return Scenario(
        name="a window has no events that are older",
        remarks=(f"the events of {clock(step)} are bad, and all others good",),
        step=step,
        inputs=fed(
            feed,
            [Phase(step, events, events), Phase(between(step, until), events)],
            [Phase(until, events)],
        ),
        checks=tuple(sorted(checks, key=lambda check: check.at.milliseconds)),
    )


def _good_hour(subject: Subject, labels: Labels, events: Decimal) -> Iterator[Input]:
    """Yield an hour that was recorded under other labels, with good events alone."""
    own = {**labels, naming.HOUR_LABEL: _BEFORE_IT_BEGAN}
    for metric, value in ((naming.EVENTS_SUM, events), (naming.ERRORS_SUM, ZERO)):
        yield Input(series=subject.recorded(metric, own), values=gauge([Samples(1, value)]))
