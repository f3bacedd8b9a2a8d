"""How far off numbers are, and the median, 95th percentile and worst of many."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from collections.abc import Iterable


@attrs.frozen(kw_only=True)
class Summary:
    """Some numbers: how many, their median, their 95th percentile and the largest."""

    count: int
    median: float
    p95: float
    worst: float


def summary(numbers: Iterable[float]) -> Summary | None:
    """Return what many numbers say; None if there are none.

    A quantile is the smallest number that so large a part of all numbers is not above.
    """
    ordered = sorted(numbers)
    if not ordered:
        return None
    return Summary(
        count=len(ordered),
        median=_quantile(ordered, 0.5),
        p95=_quantile(ordered, 0.95),
        worst=ordered[-1],
    )


def relative(value: float | None, truth: float) -> float:
    """Return how far off a value is, as a part of the truth; infinite if there is no value."""
    return math.inf if value is None else abs(value / truth - 1)


def _quantile(ordered: list[float], part: float) -> float:
    return ordered[math.ceil(part * len(ordered)) - 1]
