"""Alerts about budget and objective that ask for some bad events, of an SLO that is old."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from slogen import naming
from slogen.proof.feeds import RecordedFeed, fed
from slogen.proof.paces import held, rounded_up, total
from slogen.proof.phases import ZERO, Phase
from slogen.proof.scenario import Check, Scenario
from slogen.units import Duration, clock

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slogen.proof.subject import Subject

_OLDER = 2
"""How many times its window the SLO is old, so that it counts in full and no more."""


def few_of_a_budget(subject: Subject, least: int) -> Scenario:
    """Let all events of an old SLO be bad, but at first one too few for any alert."""
    slo, pace = subject.slo, subject.slo.timing.slow_interval
    step = slo.timing.fast_interval
    one = 1 / step.seconds
    alerts = [alert for alert in (slo.exhausted, slo.low, slo.violated) if alert]
    waits = max((held(alert, pace) for alert in alerts), default=Duration.zero())
    few = total(rounded_up(waits, pace), 2 * pace)
    until = total(few, pace, few)
    phases = [
        Phase(step, (least - 1) * one, (least - 1) * one),
        Phase(rounded_up(few, step), ZERO, ZERO),
        Phase(step, one, one),
        Phase(total(few, pace), ZERO, ZERO),
    ]
    born = -_OLDER * slo.period.seconds
    feed = RecordedFeed(subject, step, born=born)
    return Scenario(
        name=f"alerts about budget and objective need {least} bad events",
        remarks=(f"{least - 1} events, and another one after {clock(few)}; all bad",),
        step=step,
        inputs=fed(feed, phases, [Phase(until, one)]),
        checks=(
            Check(
                remark="an SLO that is older than its window counts for all of it",
                expr=subject.ask(naming.COVERAGE, subject.groups[0]),
                at=few,
                samples=(subject.answer(naming.COVERAGE, Decimal(1), subject.groups[0]),),
            ),
            *_of_alerts(subject, few, until, least),
        ),
    )


def _of_alerts(subject: Subject, few: Duration, until: Duration, least: int) -> Iterator[Check]:
    slo = subject.slo
    for alert in (slo.exhausted, slo.low, slo.violated):
        if alert:
            firing = subject.firing(alert, subject.groups[0])
            yield firing.is_quiet(f"{alert.name} is quiet after {least - 1}", few)
            yield firing.fires(f"{alert.name} fires after {least}", until)
