"""Alerts about budget and objective that ask for some bad events, of an SLO that is old."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import attrs

from slogen import naming
from slogen.plan.hours import UNRECORDED
from slogen.plan.timing import LONGEST_FAST_WINDOW
from slogen.proof.feeds import RecordedFeed, fed
from slogen.proof.paces import held, rounded_up, total
from slogen.proof.phases import ZERO, Phase
from slogen.proof.scenario import Check, Scenario
from slogen.units import Duration, clock

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from slogen.plan import ResolvedAlert
    from slogen.proof.subject import Subject

_OLDER = 2
"""How many times its window the SLO is old, so that it counts in full and no more."""


def few_of_a_budget(subject: Subject, least: int) -> Iterator[Scenario]:
    """Yield a scenario of all alerts; one of each where they wait for too long to be in one.

    An alert that waits for so long that the events are forgotten meanwhile is in none.
    """
    slo = subject.slo
    alerts = [*subject.budget_alerts, *([slo.violated] if slo.violated else [])]
    if _fits(subject, alerts):
        name = f"alerts about budget and objective need {least} bad events"
        yield _few(subject, alerts, least, name)
        return
    for alert in alerts:
        if _fits(subject, [alert]):
            yield _few(subject, [alert], least, f"{alert.name} needs {least} bad events")


@attrs.frozen
class _Times:
    """When alerts are asked for.

    Attributes:
        few: When there is one bad event too few.
        until: When there are enough.
    """

    few: Duration
    until: Duration

    @classmethod
    def of(cls, subject: Subject, alerts: Sequence[ResolvedAlert]) -> _Times:
        """Return times at which alerts have waited for long enough."""
        pace = subject.slo.timing.slow_interval
        waits = max((held(alert, pace) for alert in alerts), default=Duration.zero())
        few = total(waits, 2 * pace)
        return cls(few, total(few, pace, few))


def _fits(subject: Subject, alerts: Sequence[ResolvedAlert]) -> bool:
    """Tell whether each alert still counts all events when the last one has waited."""
    slo, until = subject.slo, _Times.of(subject, alerts).until
    of_budget = UNRECORDED if slo.period > LONGEST_FAST_WINDOW else slo.period
    windows = (slo.violation_window if alert is slo.violated else of_budget for alert in alerts)
    return all(total(until, slo.timing.slow_interval) < window for window in windows)


def _few(subject: Subject, alerts: Sequence[ResolvedAlert], least: int, name: str) -> Scenario:
    """Let all events of an old SLO be bad, but at first one too few for any alert."""
    slo, pace = subject.slo, subject.slo.timing.slow_interval
    times, step = _Times.of(subject, alerts), slo.timing.fast_interval
    one = 1 / step.seconds
    phases = [
        Phase(step, (least - 1) * one, (least - 1) * one),
        Phase(rounded_up(times.few, step), ZERO, ZERO),
        Phase(step, one, one),
        Phase(total(times.few, pace), ZERO, ZERO),
    ]
    born = -_OLDER * slo.period.seconds
    feed = RecordedFeed(subject, step, born=born)
    return Scenario(
        name=name,
        remarks=(f"{least - 1} events, and another one after {clock(times.few)}; all bad",),
        step=step,
        inputs=fed(feed, phases, [Phase(times.until, one)]),
        checks=(
            Check(
                remark="an SLO that is older than its window counts for all of it",
                expr=subject.ask(naming.COVERAGE, subject.groups[0]),
                at=times.few,
                samples=(subject.answer(naming.COVERAGE, Decimal(1), subject.groups[0]),),
            ),
            *_of_alerts(subject, alerts, times, least),
        ),
    )


def _of_alerts(
    subject: Subject, alerts: Sequence[ResolvedAlert], times: _Times, least: int
) -> Iterator[Check]:
    for alert in alerts:
        firing = subject.firing(alert, subject.groups[0])
        yield firing.is_quiet(f"{alert.name} is quiet after {least - 1}", times.few)
        yield firing.fires(f"{alert.name} fires after {least}", times.until)
