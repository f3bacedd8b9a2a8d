"""Alerts other than those about burn rates: objectives that are violated, data that ends."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from slogen.proof.feeds import Phase, RecordedFeed
from slogen.proof.notation import clock
from slogen.proof.paces import between, just_before, rounded_up, total
from slogen.proof.scenario import Check, Scenario
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
    held = rounded_up(alert.for_ or Duration.zero(), pace)
    until = total(held, pace)
    group, others = subject.groups[0], subject.groups[1:]
    feed = RecordedFeed(subject, subject.slo.timing.fast_interval)
    events, errors = feed.errors(ratio)
    firing, objective = subject.firing(alert, group), subject.slo.slo.objective
    early = Check(
        remark=f"not before it held for {clock(held)}",
        expr=firing.expr,
        at=just_before(held, pace) if held else held,
    )
    return Scenario(
        name=f"{alert.name} fires below the objective",
        remarks=(f"{subject.bad(ratio)}; the objective is {objective}",),
        step=feed.step,
        inputs=(
            *feed.inputs([Phase(until, events, errors)], group),
            *(one for other in others for one in feed.inputs([Phase(until, events)], other)),
        ),
        checks=(
            *((early,) if held else ()),
            Check(remark="then it fires", expr=firing.expr, at=until, samples=firing.samples),
        ),
    )


def _stale(subject: Subject, alert: ResolvedAlert) -> Scenario:
    """Let the data of a group end, or all of it where there is one group only."""
    pace = subject.slo.timing.slow_interval
    feed = RecordedFeed(subject, subject.slo.timing.fast_interval)
    held = rounded_up(alert.for_ or Duration.zero(), pace)
    gone = 5 * pace
    until = total(gone, held, rounded_up(_LOOK_BACK, pace), pace)
    lost, others = subject.groups[0], subject.groups[1:]
    # Without any group left nothing says which groups there were but what is remembered of them.
    told = [lost] if others else [{}, lost] if lost else [{}]
    firing = [subject.firing(alert, labels) for labels in told]
    events, _ = feed.errors(subject.slo.budget)
    return Scenario(
        name=f"{alert.name} fires when the data ends",
        remarks=(f"the base series end after {clock(gone)}",),
        step=feed.step,
        inputs=(
            *feed.inputs([Phase(gone, events), Phase(between(gone, until), None, None)], lost),
            *(one for other in others for one in feed.inputs([Phase(until, events)], other)),
        ),
        checks=(
            Check(
                remark=f"not before it held for {clock(held)}",
                expr=firing[0].expr,
                at=just_before(total(gone, held), pace),
            ),
            Check(
                remark="then it fires",
                expr=firing[0].expr,
                at=until,
                samples=tuple(sample for one in firing for sample in one.samples),
            ),
        ),
    )
