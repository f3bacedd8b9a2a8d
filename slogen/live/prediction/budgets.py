"""What will be left of a budget: first what leaves the window, then what may come."""

from __future__ import annotations

import math
from itertools import accumulate
from operator import mul, sub
from typing import TYPE_CHECKING

import attrs

from slogen.live.prediction.counted import HOUR_SECONDS
from slogen.live.prediction.results import TAIL, Band, BudgetForecast, Moments

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from slogen.live.prediction.draws import Future

_FULL_HISTORY = 180
"""With fewer days the ends of a band are sought further out: less was seen of what can happen."""


@attrs.frozen(kw_only=True)
class Leaving:
    """An hour that leaves a window.

    Attributes:
        at: When, in seconds since the epoch.
        events: How many events it had.
        errors: How many of them were bad.
    """

    at: float
    events: float
    errors: float


@attrs.frozen(kw_only=True)
class Standing:
    """What a window holds at a moment.

    Attributes:
        at: The moment, in seconds since the epoch.
        window: How long the window is, in seconds.
        allowed: The share of events that may be bad.
        events: How many events it has.
        errors: How many of them are bad.
        coverage: The share of it that its group has existed for.
        leaving: What will leave it, in the order of time.
    """

    at: float
    window: float
    allowed: float
    events: float
    errors: float
    coverage: float
    leaving: tuple[Leaving, ...]

    @property
    def is_exhausted(self) -> bool:
        """Whether nothing is left."""
        return self.errors * self.coverage >= self.allowed * self.events


@attrs.frozen(kw_only=True)
class Step:
    """A moment to come at which the budget is looked at: the end of an hour, or the horizon.

    Attributes:
        at: The moment.
        hour: The number of the hour that ends there, from the first that is not known on.
        share: Which part of that hour is still to come.
        events: How many events are left of what the window holds now.
        errors: How many of them are bad.
        coverage: The share of the window that the group will have existed for.
    """

    at: float
    hour: int
    share: float
    events: float
    errors: float
    coverage: float


def steps_of(standing: Standing, first: int, horizon: float) -> tuple[Step, ...]:
    """Return the moments until a horizon, with what is known about them.

    Args:
        standing: What the window holds now.
        first: The number of the first hour that is not known, counted since the epoch.
        horizon: How far it is, in seconds.
    """
    start, end = first * HOUR_SECONDS, standing.at + horizon
    begin = int(standing.at - start) // HOUR_SECONDS
    last = math.ceil((end - start) / HOUR_SECONDS)
    events, errors, left = standing.events, standing.errors, iter(standing.leaving)
    leaving, steps = next(left, None), []
    for hour in range(begin, last):
        until = min(float(start + (hour + 1) * HOUR_SECONDS), end)
        while leaving and leaving.at <= until:
            events, errors = events - leaving.events, errors - leaving.errors
            leaving = next(left, None)
        since = max(float(start + hour * HOUR_SECONDS), standing.at)
        step = Step(
            at=until,
            hour=hour,
            share=(until - since) / HOUR_SECONDS,
            events=events,
            errors=errors,
            coverage=min(standing.coverage + (until - standing.at) / standing.window, 1.0),
        )
        steps.append(step)
    return tuple(steps)


@attrs.frozen(kw_only=True)
class Path:
    """What becomes of a budget in one future.

    Attributes:
        coming: How many bad events come.
        left: The share that is left at each step.
    """

    coming: float
    left: list[float]


@attrs.frozen(kw_only=True)
class _Course:
    """Steps by columns: many futures pass the same ones.

    Attributes:
        hours: Where the hours of the steps stand in a future; they follow each other.
        shares: Which part of each hour is still to come.
        held: How many events and bad ones are left of what the window holds now, and the coverage.
        window: How many hours the window has.
        allowed: The share of events that may be bad.
    """

    hours: slice
    shares: tuple[float, ...]
    held: tuple[tuple[float, float, float], ...]
    window: int
    allowed: float

    @classmethod
    def of(cls, standing: Standing, steps: Sequence[Step]) -> _Course:
        return cls(
            hours=slice(steps[0].hour, steps[-1].hour + 1),
            shares=tuple(step.share for step in steps),
            held=tuple((step.events, step.errors, step.coverage) for step in steps),
            window=int(standing.window) // HOUR_SECONDS,
            allowed=standing.allowed,
        )

    def path(self, future: Future) -> Path:
        """Return what becomes of the budget in a future."""
        coming = [list(map(mul, each[self.hours], self.shares)) for each in future.counted]
        goods, bads = map(self._inside, coming)
        allowed, left = self.allowed, []
        for (events, errors, coverage), good, bad in zip(self.held, goods, bads, strict=True):
            spent = errors + bad
            if spent <= 0:
                left.append(1.0)
                continue
            total = events + good
            most = max(total, spent)
            left.append(1 - spent * coverage / (most * allowed))
        return Path(coming=max(sum(coming[1]), 0.0), left=left)

    def _inside(self, coming: Sequence[float]) -> list[float]:
        """Return how much of what comes is inside the window at each step."""
        sums = list(accumulate(coming))
        gone = map(sub, sums[self.window :], sums)
        return [*sums[: self.window], *gone]


def path_of(standing: Standing, steps: Sequence[Step], future: Future) -> Path:
    """Return what becomes of a budget in a future.

    What comes leaves a window that is shorter than the horizon, as all does. Where good events are
    another metric an hour may have less than 0 bad ones: that is cut off after it was summed.
    """
    return _Course.of(standing, steps).path(future)


def forecast_of(
    standing: Standing, steps: Sequence[Step], futures: Iterable[Future], days: int
) -> BudgetForecast:
    """Return what will be left of a budget.

    Args:
        standing: What the window holds now.
        steps: The moments until the horizon.
        futures: What may come.
        days: How many days of the past the futures are made of.
    """
    course = _Course.of(standing, steps)
    paths = [course.path(future) for future in futures]
    tail, end = TAIL * min(days / _FULL_HISTORY, 1.0), steps[-1].at
    times = [step.at - standing.at for step in steps]
    spent = [_first(times, [left <= 0 for left in path.left]) for path in paths]
    back = [_first(times, [left > 0 for left in path.left]) for path in paths]
    now = Moments(share=1.0, earliest=0.0, middle=0.0, latest=0.0)
    return BudgetForecast(
        horizon=end - standing.at,
        days=days,
        leaving=sum(leaving.errors for leaving in standing.leaving if leaving.at <= end),
        coming=_band([path.coming for path in paths], tail),
        share_left=_band([path.left[-1] for path in paths], tail),
        exhausted=now if standing.is_exhausted else _moments(spent, tail),
        recovered=_moments(back, tail) if standing.is_exhausted else None,
    )


def quantile(ordered: Sequence[float], share: float) -> float:
    """Return the number that a share of ordered numbers do not exceed.

    >>> quantile([1.0, 2.0, 3.0, 4.0], 0.5), quantile([1.0, 2.0], 0.0), quantile([1.0, 2.0], 1.0)
    (2.0, 1.0, 2.0)
    """
    return ordered[max(math.ceil(share * len(ordered)) - 1, 0)]


def _band(values: Sequence[float], tail: float) -> Band:
    ordered = sorted(values)
    low, middle, high = (quantile(ordered, share) for share in (tail, 0.5, 1 - tail))
    return Band(low=low, middle=middle, high=high)


def _moments(times: Sequence[float], tail: float) -> Moments:
    """Return when something happens; it is infinite in a future in which it does not."""
    band = _band(times, tail)
    earliest, middle, latest = (
        None if math.isinf(time) else time for time in (band.low, band.middle, band.high)
    )
    happens = sum(not math.isinf(time) for time in times)
    return Moments(share=happens / len(times), earliest=earliest, middle=middle, latest=latest)


def _first(times: Sequence[float], holds: Sequence[bool]) -> float:
    """Return when something holds first; infinite where it never does."""
    return next((time for time, does in zip(times, holds, strict=True) if does), math.inf)
