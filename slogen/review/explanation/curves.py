"""How soon a tier fires, and what is spent by then, over all error ratios: what charts draw."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import TYPE_CHECKING

import attrs

from slogen.plan import time_to_fire
from slogen.plan.levels import budget_spent
from slogen.units import Duration

if TYPE_CHECKING:
    from collections.abc import Iterable

    from slogen.plan import ResolvedSLO, ResolvedTier

_TICKS = (
    *(Duration(f"{seconds}s") for seconds in (1, 2, 5, 10, 20, 30)),
    *(Duration(f"{minutes}m") for minutes in (1, 2, 3, 5, 10, 15, 20, 30, 45, 60, 90)),
    *(Duration(f"{hours}h") for hours in (2, 3, 4, 6, 9, 12, 18)),
    *(Duration(f"{days}d") for days in (1, 2, 3, 5, 7, 14, 30, 60, 90, 180, 366)),
)
"""Lengths of time that people know, for an axis."""
_STEPS = ((0.2, range(1, 10)), (0.03, (1, 2, 5)), (0, (1,)))
"""The multiples of powers of ten that stand on an axis, by its lowest ratio."""


@attrs.frozen(kw_only=True)
class CurvePoint:
    """What a tier does at an error ratio.

    Attributes:
        ratio: The error ratio.
        earliest: Seconds until its alert fires, at least; 1 where it may be less.
        latest: Seconds until its alert fires, at most.
        spent: Which part of the error budget is spent by then, at the latest.
    """

    ratio: float
    earliest: float
    latest: float
    spent: float


@attrs.frozen(kw_only=True)
class Scale:
    """A logarithmic axis.

    Attributes:
        low: The value at its beginning.
        high: The value at its end, above the other one.
        length: How long it is, in characters or pixels.
    """

    low: float
    high: float
    length: float

    def place(self, value: float) -> float:
        """Return where a value stands, from 0 to the length of the axis."""
        return self.length * math.log(value / self.low) / math.log(self.high / self.low)

    def value(self, place: float) -> float:
        """Return which value stands at a place."""
        return self.low * math.pow(self.high / self.low, place / self.length)


def curve(slo: ResolvedSLO, tier: ResolvedTier, ratios: Iterable[float]) -> tuple[CurvePoint, ...]:
    """Return what a tier does at error ratios, but for those that it does not fire at."""
    points: list[CurvePoint] = []
    for ratio in ratios:
        exact = Decimal(f"{min(ratio, 1.0):.6g}")
        if (fires := time_to_fire(slo, tier, exact)) is not None:
            points.append(
                CurvePoint(
                    ratio=float(exact),
                    earliest=max(float(fires.earliest.seconds), 1.0),
                    latest=max(float(fires.latest.seconds), 1.0),
                    spent=float(budget_spent(slo, exact, fires.latest)),
                )
            )
    return tuple(points)


def percentages(low: float) -> tuple[Decimal, ...]:
    """Return ratios from a lowest one up to 1 that people know, for an axis.

    >>> [str(ratio) for ratio in percentages(0.144)]
    ['0.2', '0.5', '1']

    They are powers of ten, and where these are few some of their multiples as well.
    """
    first = math.floor(math.log10(low))
    powers = [Decimal(1).scaleb(exponent) for exponent in range(first, 1)]
    steps = next(steps for least, steps in _STEPS if low >= least)
    known = (step * power for power in powers for step in steps)
    return tuple(ratio for ratio in known if low <= ratio <= 1)


def times(low: float, high: float) -> tuple[Duration, ...]:
    """Return the lengths of time that people know between two, in seconds.

    >>> [str(time) for time in times(25, 700)]
    ['30s', '1m', '2m', '3m', '5m', '10m']
    """
    return tuple(tick for tick in _TICKS if low <= float(tick.seconds) <= high)
