"""A budget that is spent, through all of its states."""

from __future__ import annotations

from decimal import ROUND_CEILING, Context, Decimal
from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING

import attrs

from slogen import naming
from slogen.plan.hours import HOUR
from slogen.proof.feeds import RecordedFeed, fed
from slogen.proof.paces import between, held, just_before, rounded_up, total
from slogen.proof.phases import Phase
from slogen.proof.scenario import Check, Sample, Scenario
from slogen.proof.subject import Subject, selector
from slogen.recorded.budget import CRITICAL_FROM, HEALTHY_ABOVE
from slogen.units import Duration, percentage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slogen.plan import ResolvedAlert

_LONG_ENOUGH, _HOURS, _HOURS_FROM = Duration("4h"), Duration("36h"), Duration("3d")
_RECORDING_PACES = (Duration("12m"), Duration("4m"))
"""Slow evaluations of which some are as long after the hour as one that records it."""
_EVALUATIONS = 72
_ONE = Decimal(1)
_DILUTED = 4
"""How many times the events of all the time before there are in one step, at least."""
_MARGIN = Decimal("0.01")
_WARNING_ABOVE, _CRITICAL_ABOVE = _ONE - HEALTHY_ABOVE, _ONE - CRITICAL_FROM
"""The limits of the states, as parts of the budget that are spent."""
_STATES = (
    (naming.HEALTHY, Decimal("0.5"), _WARNING_ABOVE - _MARGIN),
    (naming.WARNING, _WARNING_ABOVE + 5 * _MARGIN, _CRITICAL_ABOVE - _MARGIN),
    (naming.CRITICAL, _CRITICAL_ABOVE + 2 * _MARGIN, _ONE - _MARGIN),
    (naming.EXHAUSTED, _ONE + _MARGIN, Decimal(2)),
)
"""The states of a budget, and between which parts of it being spent they are looked for."""


def spending(subject: Subject) -> tuple[Duration, Scenario]:
    """Return the scenario of a budget that is spent, with the pace of its evaluation."""
    scene = _Spending.of(subject)
    checks = sorted(_spending_checks(scene), key=lambda check: check.at.milliseconds)
    spent = until = total(checks[-1].at, scene.pace)
    hours = scene.pace == HOUR
    feed = RecordedFeed(subject, scene.pace, hours=hours, told_apart=not hours)
    events, errors = feed.errors(scene.ratio)
    phases = [Phase(spent, events, errors)]
    if subject.slo.definition.sli.counts_events:
        # What is recorded at the end of an hour is seen an hour later.
        over = total(spent, HOUR) if hours else spent
        ends = [check for alert in subject.budget_alerts for check in _over(scene, alert, over)]
        checks += sorted(ends, key=lambda check: check.at.milliseconds)
        until = total(checks[-1].at, scene.pace)
        good = _diluting(scene, spent) * (spent.milliseconds // scene.pace.milliseconds)
        phases.append(Phase(between(spent, until), good * events))
    return scene.pace, Scenario(
        name="a budget is spent, through all of its states",
        remarks=(f"from the first minute {subject.bad(scene.ratio)}",),
        step=scene.pace,
        inputs=fed(feed, phases, [Phase(until, events)]),
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
        """Return a rate that leaves time to look, where the objective allows it.

        Of a long window hours are fed, one an evaluation. Of a short one rules record the hours,
        so that the evaluations have to be among those that may.
        """
        slo = subject.slo
        is_long = slo.period >= _HOURS_FROM
        wanted = _HOURS if is_long else _LONG_ENOUGH
        quickest = slo.period.seconds * slo.budget
        length = max(min(wanted.seconds, slo.period.seconds / 2), quickest)
        ratio = min(Context(prec=3, rounding=ROUND_CEILING).divide(quickest, length), _ONE)
        lasting = Duration.of_milliseconds(int(1000 * quickest / ratio))
        slow = slo.timing.slow_interval
        fitting = (pace for pace in _RECORDING_PACES if pace > slow)
        pace = next((pace for pace in fitting if _EVALUATIONS * pace <= lasting), slow)
        return cls(subject=subject, ratio=ratio, pace=HOUR if is_long else pace)

    def spent(self, at: Duration) -> Fraction:
        """Return the part of the budget that is spent: the SLO is as old as the scenario."""
        slo = self.subject.slo
        age = min(at.milliseconds, slo.period.milliseconds)
        return Fraction(age, slo.period.milliseconds) * Fraction(self.ratio) / Fraction(slo.budget)

    def ratio_over(self, window: Duration, at: Duration) -> Fraction:
        """Return the error ratio of a window that ends at some time since the SLO exists."""
        seen = min(at, window).milliseconds // self.pace.milliseconds + 1
        return self.subject.ratio_over(window, Fraction(self.ratio) * seen, seen, self.pace)

    def when(self, part: Decimal) -> Duration:
        """Return the first evaluation at which more than a part of the budget is spent."""
        at = self.reached(part)
        return total(at, self.pace) if self.spent(at) == Fraction(part) else at

    def reached(self, part: Decimal) -> Duration:
        """Return the first evaluation at which a part of the budget is spent, or more."""
        at = self.pace
        while self.spent(at) < Fraction(part):
            at = total(at, self.pace)
        return at


def _spending_checks(scene: _Spending) -> Iterator[Check]:
    slo = scene.subject.slo
    half = scene.when(Decimal("0.5"))
    left = 1 - scene.spent(half)
    burn_rate = Fraction(scene.ratio) / Fraction(slo.budget)
    yield scene.subject.about(naming.BUDGET_REMAINING, left, half, "what is left of the budget")
    yield from _constants(scene.subject, half)
    yield scene.subject.about(naming.PERIOD_BURN_RATE, burn_rate, half, "the burn rate")
    current = scene.ratio_over(slo.current_window, half) / Fraction(slo.budget)
    yield scene.subject.about(naming.CURRENT_BURN_RATE, current, half, "the burn rate now")
    for status, low, high in _STATES:
        at = scene.when(low)
        if scene.spent(at) < high:
            yield _state(scene.subject, status, at)
    yield _nothing_left(scene.subject, scene.when(_ONE + _MARGIN))
    if slo.exhausted:
        yield from _alert_checks(scene, slo.exhausted, _ONE)
    if slo.low:
        yield from _alert_checks(scene, slo.low, 1 - slo.definition.alerts.low_below)


def _diluting(scene: _Spending, spent: Duration) -> int:
    """Return how many times the events of all the time before there are in a step at the end.

    They are so many that twice the bad ones would still leave the budget that no alert is about.
    """
    low = scene.subject.slo.low
    least = 1 - scene.subject.slo.definition.alerts.low_below if low else _ONE
    return max(_DILUTED, ceil(2 * scene.spent(spent) / Fraction(least)))


def _over(scene: _Spending, alert: ResolvedAlert, over: Duration) -> Iterator[Check]:
    """Yield checks that an alert is over when the budget is no longer spent, or a while later."""
    firing = scene.subject.firing(alert, scene.subject.groups[0])
    kept = alert.keep_firing_for
    if kept:
        yield firing.fires(
            f"{alert.name} goes on for {kept} when so many events are good that the budget is left",
            just_before(total(over, kept), scene.pace),
        )
        yield firing.is_quiet("then it is over", rounded_up(total(over, kept), scene.pace))
    else:
        yield firing.is_quiet(
            f"{alert.name} is over when so many events are good that the budget is left", over
        )


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
    info = next(subject.recording(subject.slo.naming.info), None)
    if info:
        series = selector(subject.slo.naming.info, info.labels)
        yield Check(
            remark="who owns the SLO, and what it is",
            expr=subject.ask(subject.slo.naming.info),
            at=at,
            samples=(Sample(labels=series, value=_ONE),),
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


def _nothing_left(subject: Subject, at: Duration) -> Check:
    """Return the check that a spent budget is gone now."""
    group = subject.groups[0]
    return Check(
        remark="in how many seconds the budget will be gone: now",
        expr=subject.ask(naming.TIME_TO_EXHAUSTION, group),
        at=at,
        samples=(subject.answer(naming.TIME_TO_EXHAUSTION, Decimal(0), group),),
    )


def _alert_checks(scene: _Spending, alert: ResolvedAlert, part: Decimal) -> Iterator[Check]:
    """Ask for an alert before and after a part of the budget is spent."""
    firing = scene.subject.firing(alert, scene.subject.groups[0])
    delay, spent = held(alert, scene.pace), percentage(part)
    # Exhausted is a budget of which nothing is left; low is one of which less than a part is.
    since = scene.reached(part) if alert is scene.subject.slo.exhausted else scene.when(part)
    yield firing.is_quiet(
        f"{alert.name} is quiet until {spent} is spent",
        just_before(scene.when(part - _MARGIN), scene.pace),
    )
    if delay:
        yield firing.is_quiet(
            f"{alert.name} is quiet until it held",
            just_before(total(since, delay), scene.pace),
        )
    yield firing.fires(
        f"{alert.name} fires when more than {spent} is spent",
        total(scene.when(part + _MARGIN), delay),
    )
