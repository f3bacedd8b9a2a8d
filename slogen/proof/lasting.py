"""How long what is left of a budget will last."""

from __future__ import annotations

from decimal import ROUND_FLOOR, Context, Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from slogen import naming
from slogen.proof.feeds import RecordedFeed, fed
from slogen.proof.paces import pace_for, rounded_up, total
from slogen.proof.phases import Phase
from slogen.proof.scenario import Check, Sample, Scenario
from slogen.units import Duration, clock, number, quotient

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slogen.proof.subject import Subject

_LATELY = Duration("45m")
"""Short enough that all of it is still open when the shorter window has forgotten it."""
_EVALUATIONS = 9
"""So many at least in that time, so that the scenario ends within the two hours in which rules look
for what no hour holds yet."""
_ONE = Decimal(1)
_FAST, _SLOW = Decimal(12), Decimal("0.8")
"""Burn rates at which a budget is gone within its window, and long after it."""
_MOST_SPENT = Decimal("0.75")
_SHORT = Context(prec=3, rounding=ROUND_FLOOR)
_MARGIN_BELOW, _MARGIN_ABOVE = Fraction(9, 10), Fraction(11, 10)
_EVALUATION_MORE = "0.05"
"""A window of Prometheus 2 holds an evaluation more: one of twenty at least."""


def lasting(subject: Subject) -> Iterator[tuple[Duration, Scenario]]:
    """Yield scenarios of a budget that will be gone, each with the pace of its evaluation.

    All of the bad events are some hours old at most, so that nothing but them counts. A budget that
    is too large to be gone within the window has no such scenario.
    """
    slo = subject.slo
    lately = min(_LATELY, Duration.of_milliseconds(slo.period.milliseconds // 4))
    pace = pace_for(lately, slo.timing.fast_interval, _EVALUATIONS)
    at = rounded_up(lately, pace)
    fast = min(_FAST, _MOST_SPENT * slo.period.seconds / at.seconds)
    ratio = _SHORT.divide(min(fast * slo.budget, _ONE), _ONE)
    if _seconds(subject, ratio, at, at) < _MARGIN_BELOW * Fraction(slo.period.seconds):
        yield pace, _will_be_gone(subject, ratio, at, pace)
    slow = min(_SLOW * slo.budget, _ONE)
    if _seconds(subject, slow, at, at) > _MARGIN_ABOVE * Fraction(slo.period.seconds):
        yield pace, _will_last(subject, slow, at)


def _seconds(subject: Subject, ratio: Decimal, at: Duration, ended: Duration) -> Fraction:
    """Return how long the budget lasts, at a time after errors from the beginning to an end."""
    slo, bad = subject.slo, Fraction(ratio) * Fraction(ended.seconds)
    # Base series have a sample at the beginning, too.
    seen = total(at, slo.timing.fast_interval)
    left = Fraction(slo.period.seconds) * Fraction(slo.budget) * Fraction(seen / at) - bad
    return left / max(_rate(window, bad, at, ended) for window in slo.exhaustion_windows)


def _rate(window: Duration, bad: Fraction, at: Duration, ended: Duration) -> Fraction:
    """Return bad seconds a second, of those that a window still holds."""
    held = max(ended.milliseconds - max(at.milliseconds - window.milliseconds, 0), 0)
    return bad * Fraction(held, ended.milliseconds) / Fraction(window.seconds)


def _will_be_gone(subject: Subject, ratio: Decimal, at: Duration, pace: Duration) -> Scenario:
    """Let there be errors, and then none for longer than the shorter one of the windows."""
    slo = subject.slo
    later = total(at, rounded_up(slo.exhaustion_windows[0], pace), pace)
    feed = RecordedFeed(subject, slo.timing.fast_interval)
    events, errors = feed.errors(ratio)
    checks = [*_lasts(subject, _seconds(subject, ratio, at, at), at, slo.exhaustion_windows[0])]
    is_held = later < slo.exhaustion_windows[-1]
    slowly = _seconds(subject, ratio, later, at) if is_held else Fraction(slo.period.seconds)
    if slowly < _MARGIN_BELOW * Fraction(slo.period.seconds):
        checks += _lasts(subject, slowly, later, slo.exhaustion_windows[-1])
    phases = [Phase(at, events, errors), Phase(rounded_up(later, feed.step), events)]
    return Scenario(
        name="what is left of a budget will be gone in time",
        remarks=(f"until {clock(at)} {subject.bad(ratio)}, then nothing",),
        step=feed.step,
        inputs=fed(feed, phases, [Phase(total(at, later), events)]),
        checks=tuple(checks),
    )


def _lasts(subject: Subject, seconds: Fraction, at: Duration, window: Duration) -> Iterator[Check]:
    """Yield checks of how long the budget lasts, by the faster one of the windows."""
    group = subject.groups[0]
    expected = number(quotient(Decimal(seconds.numerator), Decimal(seconds.denominator)))
    yield Check(
        remark=f"how many seconds the budget lasts at the rate of {window}: {expected}",
        expr=f"abs({subject.ask(naming.TIME_TO_EXHAUSTION, group)} / {expected} - 1) "
        f"< bool {_EVALUATION_MORE}",
        at=at,
        samples=(subject.answer("", _ONE, group),),
    )
    yield Check(
        remark="as good as it is, no group but that will run out",
        expr=f"count({subject.ask(naming.TIME_TO_EXHAUSTION)})",
        at=at,
        samples=(Sample(labels="{}", value=_ONE),),
    )


def _will_last(subject: Subject, ratio: Decimal, at: Duration) -> Scenario:
    """Let there be so few errors that the budget lasts for longer than the window."""
    feed = RecordedFeed(subject, subject.slo.timing.fast_interval)
    events, errors = feed.errors(ratio)
    return Scenario(
        name="what is left of a budget will last for longer than its window",
        remarks=(f"all the time {subject.bad(ratio)}",),
        step=feed.step,
        inputs=fed(feed, [Phase(at, events, errors)], [Phase(at, events)]),
        checks=(
            Check(
                remark="nobody is said to run out",
                expr=subject.ask(naming.TIME_TO_EXHAUSTION),
                at=at,
            ),
        ),
    )
