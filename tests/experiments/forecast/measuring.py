"""Forecasts held against what came."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from statistics import median

import attrs

from slogen import SLO, Events, Service, Settings
from slogen.live.arithmetic import Counts
from slogen.live.prediction.counted import HOUR_SECONDS, Hours
from slogen.live.prediction.days import PastDays
from slogen.live.prediction.draws import Method, Urn
from slogen.live.prediction.outlooks import Subject, outlook_of
from slogen.live.prediction.reading import Recorded
from slogen.live.prediction.results import Ahead, BudgetForecast
from slogen.plan import resolve
from slogen.plan.hours import FIRST_SECOND
from tests.experiments.forecast.traffic import DAY_HOURS, WEEK, Kind

_FUTURES = 200
_TAIL = 0.025
"""Of 90 days, as slogen has it."""
(_SLO,) = resolve(
    SLO(
        service=Service("shop"),
        name="availability",
        objective="99.9%",
        window="30d",
        sli=Events(total="requests_total", bad='requests_total{code="500"}'),
    ),
    Settings(),
)


@attrs.frozen(kw_only=True)
class Case:
    """A history that is cut, and what came after the cut.

    Attributes:
        events: What the hours before the cut had.
        errors: How many of them were bad.
        days: How many days came after it.
        came: How many bad events these had.
    """

    events: list[float]
    errors: list[float]
    days: int
    came: float

    @classmethod
    def of(cls, kind: Kind, seed: int, history: int, days: int) -> Case:
        """Return the case that traffic makes."""
        events, errors = kind.hours(seed, history + days, history)
        cut = history * DAY_HOURS
        return cls(events=events[:cut], errors=errors[:cut], days=days, came=sum(errors[cut:]))


@attrs.frozen(kw_only=True)
class Guess:
    """How many bad events a way to forecast expects, and between which numbers, if it says so."""

    low: float
    middle: float
    high: float


Way = Callable[[Case], Guess]


def pace(case: Case) -> Guess:
    """Go on as in the last four weeks."""
    last = case.errors[-28 * DAY_HOURS :]
    return _exactly(sum(last) / len(last) * case.days * DAY_HOURS)


def hour_of_week(case: Case) -> Guess:
    """Take the mean of each hour of the week."""
    week = WEEK * DAY_HOURS
    total = 0.0
    for hour in range(case.days * DAY_HOURS):
        alike = case.errors[(len(case.errors) + hour) % week :: week]
        total += sum(alike) / len(alike)
    return _exactly(total)


def drawn(method: Method) -> Way:
    """Return the way that draws futures by a method."""

    def guess(case: Case) -> Guess:
        hours = Hours(first=0, events=tuple(case.events), errors=tuple(case.errors))
        urn = Urn.of(PastDays.of(hours), case.days, method)
        chance = random.Random(1)  # noqa: S311 (numbers, the same in each run)
        totals = sorted(sum(urn.draw(chance).errors) for _ in range(_FUTURES))
        tail = round(_TAIL * _FUTURES)
        return Guess(low=totals[tail], middle=median(totals), high=totals[-tail - 1])

    return guess


def forecast(case: Case) -> BudgetForecast:
    """Return what slogen says of an SLO of 30 days that had this history."""
    window = _SLO.period.seconds
    counted = range(max(len(case.errors) - int(window) // HOUR_SECONDS, 0), len(case.errors))
    subject = Subject(
        slo=_SLO,
        key=(_SLO.definition.id, ()),
        counts=Counts.of(
            events=sum(case.events[hour] for hour in counted),
            errors=sum(case.errors[hour] for hour in counted),
            coverage=min(len(case.errors) * HOUR_SECONDS / float(window), 1.0),
            measured=1.0,
        ),
        recorded=Recorded(events=_recorded(case.events), errors=_recorded(case.errors)),
        at=float(len(case.errors) * HOUR_SECONDS + FIRST_SECOND + 60),
        ahead=Ahead(horizon=f"{case.days}d"),
    )
    found = outlook_of(subject).forecast
    assert found is not None
    return found


def whole(case: Case) -> Guess:
    """Take what slogen says."""
    coming = forecast(case).coming
    return Guess(low=coming.low, middle=coming.middle, high=coming.high)


@attrs.frozen(kw_only=True)
class Measured:
    """How good a way to forecast was.

    Attributes:
        error: By how much the middle was off, in half of the cases at most; a share of what came.
        held: In which share of the cases the band held; 0 for a way without one.
    """

    error: float
    held: float


def measured(way: Way, cases: Sequence[Case]) -> Measured:
    """Return how good a way is on some cases."""
    guesses = [way(case) for case in cases]
    pairs = list(zip(guesses, cases, strict=True))
    return Measured(
        error=median(abs(guess.middle - case.came) / max(case.came, 1.0) for guess, case in pairs),
        held=sum(guess.low <= case.came <= guess.high for guess, case in pairs) / len(pairs),
    )


def _exactly(value: float) -> Guess:
    return Guess(low=value, middle=value, high=value)


def _recorded(values: Sequence[float]) -> dict[float, float]:
    """Return hours by when they are recorded."""
    return {
        float((hour + 1) * HOUR_SECONDS + FIRST_SECOND + 30): value
        for hour, value in enumerate(values)
    }
