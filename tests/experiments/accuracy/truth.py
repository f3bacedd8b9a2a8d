"""How many events there truly were in any stretch of time, to the second.

It is computed from what the pods did alone: no scrape, no rule and no expression is known here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.experiments.accuracy.scenario import Pod
    from tests.truth.traffic import Counter

_LONG_AGO = -1e8
_ROUNDING = 1e-6


@attrs.frozen
class Count:
    """Whole events and bad events of a stretch of time."""

    events: int
    bad: int

    @property
    def ratio(self) -> float | None:
        """Bad events over events; None without any."""
        return self.bad / self.events if self.events else None


def count(pods: Iterable[Pod], since: float, until: float) -> Count:
    """Return what pods counted from one time to another, also what nobody scraped."""
    good = bad = 0
    for pod in pods:
        good += counted(pod.good, since, until)
        bad += counted(pod.bad, since, until)
    return Count(good + bad, bad)


def counted(counter: Counter, since: float, until: float) -> int:
    """Return how many whole events a counter counted, through its resets."""
    begins = (max(counter.born, _LONG_AGO), *counter.resets)
    ends = (*counter.resets, counter.gone)
    before = counter.before
    total = 0
    for begin, end in zip(begins, ends, strict=True):
        first, last = max(begin, since), min(end, until)
        if first < last:
            at_first, at_last = (
                int(before + counter.course.total(begin, time) + _ROUNDING)
                for time in (first, last)
            )
            total += at_last - at_first
        before = 0
    return total
