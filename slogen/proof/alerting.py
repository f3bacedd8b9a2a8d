"""Alerts beside tiers: objectives that are violated, data that is missing now and then."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING

from slogen.plan.hours import HOUR
from slogen.proof.feeds import RecordedFeed, fed
from slogen.proof.few_of_a_budget import few_of_a_budget
from slogen.proof.paces import between, held, just_before, kept, pace_for, rounded_up, total
from slogen.proof.phases import Phase
from slogen.proof.scenario import Scenario
from slogen.recorded.series import COMPLETE_FROM
from slogen.units import Duration, clock

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slogen.plan import ResolvedAlert
    from slogen.proof.subject import Subject

_EVALUATIONS = 12
"""A window holds so many evaluations at least."""


def alerting(subject: Subject) -> Iterator[tuple[Duration, Scenario]]:
    """Yield a scenario for each alert, with the pace of its evaluation."""
    slo, slow = subject.slo, subject.slo.timing.slow_interval
    if slo.violated:
        yield _violated(subject, slo.violated)
    if slo.incomplete:
        yield slow, _incomplete(subject, slo.incomplete)
    if slo.min_bad_events and slo.min_bad_events > 1:
        for scenario in few_of_a_budget(subject, slo.min_bad_events):
            yield slow, scenario


def _violated(subject: Subject, alert: ResolvedAlert) -> tuple[Duration, Scenario]:
    """Let the error ratio be above the budget, after a whole window without errors."""
    window, slow = subject.slo.violation_window, subject.slo.timing.slow_interval
    ratio, pace = min(2 * subject.slo.budget, Decimal(1)), pace_for(window, slow, _EVALUATIONS)
    feed = RecordedFeed(subject, subject.slo.timing.fast_interval)
    began, delay = rounded_up(window, pace), held(alert, pace)
    # Prometheus 2 reads a sample more than 3 does.
    samples = window.milliseconds // feed.step.milliseconds
    earliest, latest = (
        total(began, _above(subject, ratio, count, feed.step)) for count in (samples, samples + 1)
    )
    fires = total(rounded_up(latest, pace), delay, pace)
    over = total(fires, rounded_up(window, pace), kept(alert, pace), pace)
    events, errors = feed.errors(ratio)
    firing, objective = subject.firing(alert, subject.groups[0]), subject.slo.definition.objective
    return pace, Scenario(
        name=f"{alert.name} fires below the objective",
        remarks=(f"from {clock(began)} on {subject.bad(ratio)}; the objective is {objective}",),
        step=feed.step,
        inputs=fed(
            feed,
            [
                Phase(began, events),
                Phase(between(began, fires), events, errors),
                Phase(between(fires, over), events),
            ],
            [Phase(over, events)],
        ),
        checks=(
            firing.is_quiet(
                f"not before the part of {window} held for {clock(delay)}"
                if delay
                else f"not before the part of {window}",
                just_before(total(earliest, delay), pace),
            ),
            firing.fires("then it fires", fires),
            firing.is_quiet(f"it is over when no error is within {window}", over),
        ),
    )


def _above(subject: Subject, ratio: Decimal, samples: int, step: Duration) -> Duration:
    """Return for how long a window of so many samples sees errors until it is too bad."""
    bad = int(samples * Fraction(subject.slo.budget) / Fraction(ratio)) + 1
    return between(step, bad * step)


def _incomplete(subject: Subject, alert: ResolvedAlert) -> Scenario:
    """Let a little more of the data be missing in each hour than may be, after a whole hour."""
    fast, pace = subject.slo.timing.fast_interval, subject.slo.timing.slow_interval
    feed, delay = RecordedFeed(subject, fast), held(alert, fast)
    events, _ = feed.errors(subject.slo.budget)
    samples = HOUR.milliseconds // fast.milliseconds
    enough = ceil(COMPLETE_FROM * HOUR.milliseconds / fast.milliseconds)
    # Prometheus 2 reads a sample more than 3 does, and some hours have one more than others.
    few, gap = samples - enough, (samples - enough + 3) * fast
    allowed = few * fast if few else Duration.zero()
    phases = [Phase(rounded_up(HOUR, pace), events)]
    missed = phases[0].length
    until = rounded_up(total(missed, gap, delay, pace), pace)
    while total(*(phase.length for phase in phases)) < until:
        phases += [Phase(gap, None, None), Phase(between(gap, samples * fast), events)]
    firing = subject.firing(alert, subject.groups[0])
    lasting = [Phase(total(*(phase.length for phase in phases)), events)]
    return Scenario(
        name=f"{alert.name} fires when data is missing again and again",
        remarks=(f"from {clock(missed)} on no data in {clock(gap)} of each {samples * fast}",),
        step=fast,
        inputs=fed(feed, phases, lasting),
        checks=(
            firing.is_quiet(
                f"not before so much was missing for {clock(delay)}",
                just_before(total(missed, allowed, delay), pace),
            ),
            firing.fires("then it fires", until),
        ),
    )
