"""A budget that is spent, through all of its states."""

from __future__ import annotations

from decimal import ROUND_CEILING, Context, Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

import attrs

from slogen import naming
from slogen.proof.feeds import RecordedFeed, fed
from slogen.proof.paces import held, just_before, pace_for, total
from slogen.proof.phases import Phase
from slogen.proof.scenario import Check, Scenario
from slogen.proof.subject import Subject
from slogen.units import Duration, percentage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slogen.plan import ResolvedAlert

_LONG_ENOUGH = Duration("4h")
_EVALUATIONS = 72
_ONE = Decimal(1)
_MARGIN = Decimal("0.01")
_STATES = (
    (naming.HEALTHY, Decimal("0.5"), Decimal("0.74")),
    (naming.WARNING, Decimal("0.8"), Decimal("0.89")),
    (naming.CRITICAL, Decimal("0.92"), Decimal("0.99")),
    (naming.EXHAUSTED, Decimal("1.01"), Decimal(2)),
)
"""The states of a budget, and between which parts of it being spent they are looked for."""


def spending(subject: Subject) -> tuple[Duration, Scenario]:
    """Return the scenario of a budget that is spent, with the pace of its evaluation."""
    scene, step = _Spending.of(subject), subject.slo.timing.slow_interval
    checks = sorted(_spending_checks(scene), key=lambda check: check.at.milliseconds)
    until = checks[-1].at
    feed = RecordedFeed(subject, step)
    events, errors = feed.errors(scene.ratio)
    age = () if scene.pace == step else (subject.heartbeat(until, step),)
    return scene.pace, Scenario(
        name="a budget is spent, through all of its states",
        remarks=(f"from the first minute {subject.bad(scene.ratio)}",),
        step=step,
        inputs=(
            *fed(feed, [Phase(until, events, errors)], [Phase(until, events)]),
            *age,
        ),
        checks=tuple(checks),
    )


@attrs.frozen(kw_only=True)
class _Spending:
    """A budget that is spent at a constant rate.

    Attributes:
        subject: The SLO.
        ratio: The error ratio.
        pace: The time between two evaluations.
    """

    subject: Subject
    ratio: Decimal
    pace: Duration

    @classmethod
    def of(cls, subject: Subject) -> _Spending:
        """Return a rate that leaves time to look, where the objective allows it."""
        slo = subject.slo
        quickest = slo.period.seconds * slo.budget
        length = max(min(_LONG_ENOUGH.seconds, slo.period.seconds / 2), quickest)
        ratio = min(Context(prec=3, rounding=ROUND_CEILING).divide(quickest, length), _ONE)
        lasting = Duration.of_milliseconds(int(1000 * quickest / ratio))
        pace = pace_for(lasting, slo.timing.slow_interval, _EVALUATIONS)
        return cls(subject=subject, ratio=ratio, pace=pace)

    def spent(self, at: Duration) -> Fraction:
        """Return the part of the budget that is spent: the SLO is as old as its heartbeats."""
        slo = self.subject.slo
        beats = at.milliseconds // slo.timing.slow_interval.milliseconds + 1
        age = min(beats * slo.timing.slow_interval.milliseconds, slo.period.milliseconds)
        return Fraction(age, slo.period.milliseconds) * Fraction(self.ratio) / Fraction(slo.budget)

    def ratio_over(self, window: Duration, at: Duration) -> Fraction:
        """Return the error ratio of a window that ends at some time since the SLO exists."""
        step = self.subject.slo.timing.slow_interval
        seen = min(at, window).milliseconds // step.milliseconds + 1
        return self.subject.ratio_over(window, Fraction(self.ratio) * seen, seen, step)

    def when(self, part: Decimal) -> Duration:
        """Return the first evaluation at which more than a part of the budget is spent."""
        at = self.pace
        while self.spent(at) <= Fraction(part):
            at = total(at, self.pace)
        return at


def _spending_checks(scene: _Spending) -> Iterator[Check]:
    slo = scene.subject.slo
    half = scene.when(Decimal("0.5"))
    left = 1 - scene.spent(half)
    burn_rate = Fraction(scene.ratio) / Fraction(slo.budget)
    yield scene.subject.about(naming.BUDGET_REMAINING, left, half, "what is left of the budget")
    lately = scene.ratio_over(slo.exhaustion_window, half) / Fraction(slo.budget)
    if lately > 1:
        yield scene.subject.about(
            naming.TIME_TO_EXHAUSTION,
            left * Fraction(slo.period.seconds) / lately,
            half,
            "how many seconds that will last",
        )
    yield from _constants(scene.subject, half)
    yield scene.subject.about(naming.PERIOD_BURN_RATE, burn_rate, half, "the burn rate")
    current = scene.ratio_over(slo.current_window, half) / Fraction(slo.budget)
    yield scene.subject.about(naming.CURRENT_BURN_RATE, current, half, "the burn rate now")
    for status, low, high in _STATES:
        at = scene.when(low)
        if scene.spent(at) < high:
            yield _state(scene.subject, status, at)
    if slo.exhausted:
        yield from _alert_checks(scene, slo.exhausted, _ONE)
    if slo.low:
        yield from _alert_checks(scene, slo.low, 1 - slo.definition.alerts.low_below)


def _constants(subject: Subject, at: Duration) -> Iterator[Check]:
    slo = subject.slo
    for metric, value in (
        (naming.OBJECTIVE, slo.definition.objective.ratio),
        (naming.ERROR_BUDGET, slo.budget),
        (naming.PERIOD_DAYS, slo.definition.window.days),
    ):
        yield Check(
            remark="a constant",
            expr=subject.ask(metric),
            at=at,
            samples=(subject.answer(metric, value, {}),),
        )


def _state(subject: Subject, status: str, at: Duration) -> Check:
    group = subject.groups[0]
    labels = {**group, naming.STATUS_LABEL: status}
    return Check(
        remark=f"the budget is {status}, and in no other state",
        expr=f"{subject.ask(naming.BUDGET_STATUS, group)} == 1",
        at=at,
        samples=(subject.answer(naming.BUDGET_STATUS, _ONE, labels),),
    )


def _alert_checks(scene: _Spending, alert: ResolvedAlert, part: Decimal) -> Iterator[Check]:
    """Ask for an alert before and after a part of the budget is spent."""
    firing = scene.subject.firing(alert, scene.subject.groups[0])
    delay, spent = held(alert, scene.pace), percentage(part)
    yield firing.is_quiet(
        f"{alert.name} is quiet until {spent} is spent",
        just_before(scene.when(part - _MARGIN), scene.pace),
    )
    if delay:
        yield firing.is_quiet(
            f"{alert.name} is quiet until it held",
            just_before(total(scene.when(part), delay), scene.pace),
        )
    yield firing.fires(
        f"{alert.name} fires when more than {spent} is spent",
        total(scene.when(part + _MARGIN), delay),
    )
