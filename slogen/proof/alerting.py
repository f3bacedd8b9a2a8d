"""Alerts other than those about burn rates: objectives that are violated, data that ends."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from slogen.proof.feeds import RecordedFeed, fed
from slogen.proof.notation import clock
from slogen.proof.paces import between, held, just_before, rounded_up, total
from slogen.proof.phases import Phase
from slogen.proof.scenario import Scenario
from slogen.units import Duration

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slogen.plan import ResolvedAlert
    from slogen.proof.subject import Subject

_LOOK_BACK = Duration("5m")


def alerting(subject: Subject) -> Iterator[Scenario]:
    """Yield a scenario for each alert, evaluated as often as the slow groups are."""
    if subject.slo.violated:
        yield _violated(subject, subject.slo.violated)
    if subject.slo.stale:
        yield _stale(subject, subject.slo.stale)


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


def _stale(subject: Subject, alert: ResolvedAlert) -> Scenario:
    """Let the data of a group end, or all of it where there is one group only."""
    pace = subject.slo.timing.slow_interval
    feed = RecordedFeed(subject, subject.slo.timing.fast_interval)
    delay = held(alert, pace)
    gone = 5 * pace
    until = total(gone, delay, rounded_up(_LOOK_BACK, pace), pace)
    lost, *others = subject.groups
    # Without any group left nothing says which groups there were but what is remembered of them.
    gone_groups = [lost] if others else [{}, lost] if lost else [{}]
    firing = subject.firing(alert, *gone_groups)
    events, _ = feed.errors(subject.slo.budget)
    ending = [Phase(gone, events), Phase(between(gone, until), None, None)]
    return Scenario(
        name=f"{alert.name} fires when the data ends",
        remarks=(f"the base series end after {clock(gone)}",),
        step=feed.step,
        inputs=fed(feed, ending, [Phase(until, events)]),
        checks=(
            firing.is_quiet(
                f"not before it held for {clock(delay)}", just_before(total(gone, delay), pace)
            ),
            firing.fires("then it fires", until),
        ),
    )
