"""Alerts beside tiers: objectives that are violated, data that is missing now and then."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from slogen.plan.hours import HOUR
from slogen.proof.feeds import RecordedFeed, fed
from slogen.proof.paces import between, held, just_before, rounded_up, total
from slogen.proof.phases import Phase
from slogen.proof.scenario import Scenario
from slogen.units import Duration, clock

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slogen.plan import ResolvedAlert
    from slogen.proof.subject import Subject

_GAP = Duration("10m")


def alerting(subject: Subject) -> Iterator[Scenario]:
    """Yield a scenario for each alert, evaluated as often as the slow groups are."""
    if subject.slo.violated:
        yield _violated(subject, subject.slo.violated)
    if subject.slo.incomplete:
        yield _incomplete(subject, subject.slo.incomplete)


def _violated(subject: Subject, alert: ResolvedAlert) -> Scenario:
    """Let the error ratio be above the budget."""
    ratio = min(2 * subject.slo.budget, Decimal(1))
    pace = subject.slo.timing.slow_interval
    feed = RecordedFeed(subject, subject.slo.timing.fast_interval)
    delay, below = held(alert, pace), _below(subject, ratio, feed.step)
    until = total(rounded_up(total(below, delay), pace), pace)
    events, errors = feed.errors(ratio)
    firing, objective = subject.firing(alert, subject.groups[0]), subject.slo.definition.objective
    early = firing.is_quiet(
        f"not before it held for {clock(delay)}", just_before(total(below, delay), pace)
    )
    return Scenario(
        name=f"{alert.name} fires below the objective",
        remarks=(f"{subject.bad(ratio)}; the objective is {objective}",),
        step=feed.step,
        inputs=fed(feed, [Phase(until, events, errors)], [Phase(until, events)]),
        checks=(*((early,) if total(below, delay) else ()), firing.fires("then it fires", until)),
    )


def _below(subject: Subject, ratio: Decimal, step: Duration) -> Duration:
    """Return how long a new SLO has a constant error ratio until its SLI is below the objective."""
    samples, window = 1, subject.slo.violation_window
    while subject.ratio_over(window, Fraction(ratio) * samples, samples, step) <= Fraction(
        subject.slo.budget
    ):
        samples += 1
    return between(step, samples * step)


def _incomplete(subject: Subject, alert: ResolvedAlert) -> Scenario:
    """Let a third of the data be missing after an hour, ten minutes of each half an hour."""
    fast = subject.slo.timing.fast_interval
    feed, pace = RecordedFeed(subject, fast), subject.slo.timing.slow_interval
    events, _ = feed.errors(subject.slo.budget)
    delay, gap = held(alert, fast), rounded_up(_GAP, pace)
    phases = [Phase(rounded_up(HOUR, pace), events)]
    missed = phases[0].length
    until = rounded_up(total(missed, gap, delay), pace)
    while total(*(phase.length for phase in phases)) < until:
        phases += [Phase(gap, None, None), Phase(2 * gap, events)]
    firing = subject.firing(alert, subject.groups[0])
    lasting = [Phase(total(*(phase.length for phase in phases)), events)]
    return Scenario(
        name=f"{alert.name} fires when data is missing again and again",
        remarks=(f"from {clock(missed)} on no data in {clock(gap)} of each {clock(3 * gap)}",),
        step=fast,
        inputs=fed(feed, phases, lasting),
        checks=(
            firing.is_quiet(
                f"not before it held for {clock(delay)}", just_before(total(missed, delay), pace)
            ),
            firing.fires("then it fires", until),
        ),
    )
