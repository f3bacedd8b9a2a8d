"""What a group counted at each evaluation, and sums of it over any time."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import attrs
import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Iterable

Times = NDArray[np.int64]
"""Moments in milliseconds since the epoch."""
Values = NDArray[np.float64]
Points: TypeAlias = "Iterable[tuple[float, float]] | Values"
"""Times in milliseconds, and values."""

_ROUNDING = 1e-12
"""Of a sum of all: a difference of two sums that is smaller is none."""


@attrs.frozen(kw_only=True, eq=False)
class Counts:
    """What a group counted.

    Attributes:
        times: When the rules recorded something, in milliseconds since the epoch, forward.
        errors: How many bad events were counted until each of these times; one more item than
            there are times, of which the first is 0.
        events: How many events likewise.
    """

    times: Times
    errors: Values
    events: Values

    @classmethod
    def of(cls, errors: Points, events: Points) -> Counts:
        """Return the counts of base series: of several samples of one time the sum counts.

        Args:
            errors: Times in milliseconds, and what was counted since the evaluation before.
            events: The same of events.
        """
        bad, total = (
            points[np.lexsort((points[:, 1], points[:, 0]))]
            for points in (pairs(errors), pairs(events))
        )
        every = np.concatenate([bad[:, 0], total[:, 0]]).astype(np.int64)
        times: Times = np.unique(every)
        return cls(times=times, errors=_running(times, bad), events=_running(times, total))

    def sums(self, since: Times, until: Times) -> tuple[Values, Values]:
        """Return bad events and events after some moments and until others, these included."""
        first = np.searchsorted(self.times, since, side="right")
        last = np.searchsorted(self.times, until, side="right")
        return self._between(self.errors, first, last), self._between(self.events, first, last)

    def evaluations(self, until: Times) -> NDArray[np.int64]:
        """Return how many evaluations there were until some moments."""
        found: NDArray[np.int64] = np.searchsorted(self.times, until, side="right").astype(np.int64)
        return found

    def elapsed(self, moments: Times, pace: int) -> Values:
        """Return a time for each moment, in which gaps take as long as one evaluation.

        Before the first evaluation and after the last one it goes on as fast as time does.

        Args:
            moments: The moments.
            pace: How far evaluations are apart where there is no gap, in milliseconds.
        """
        known = self.times
        if not len(known):
            return moments.astype(np.float64)
        since = np.concatenate([[0], np.minimum(np.diff(known), pace).cumsum()])
        before, after = np.minimum(moments - known[0], 0), np.maximum(moments - known[-1], 0)
        found: Values = np.interp(moments, known, since) + before + after
        return found

    @staticmethod
    def _between(running: Values, first: NDArray[np.intp], last: NDArray[np.intp]) -> Values:
        found = running[np.maximum(first, last)] - running[first]
        return np.where(np.abs(found) > _ROUNDING * np.abs(running[-1]), found, 0.0)


def pairs(points: Points) -> Values:
    """Return times and values as an array of two columns."""
    every = points if isinstance(points, np.ndarray) else list(points)
    found: Values = np.array(every, dtype=np.float64).reshape(-1, 2)
    return found


def _running(times: Times, points: Values) -> Values:
    """Return the sum of points until each time, with a 0 before."""
    found = np.zeros(len(times) + 1)
    np.add.at(found, np.searchsorted(times, points[:, 0].astype(np.int64)) + 1, points[:, 1])
    running: Values = np.cumsum(found)
    return running
