"""Traffic as a piecewise-constant function of time, and the counters that tell of it."""

from __future__ import annotations

from bisect import bisect_right
from itertools import pairwise
from math import inf
from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_ROUNDING = 1e-6


def _totals(course: Course) -> tuple[float, ...]:
    totals = [0.0]
    for (since, rate), (until, _) in pairwise(course.changes):
        totals.append(totals[-1] + rate * (until - since))
    return tuple(totals)


@attrs.frozen
class Course:
    """Events per second.

    >>> Course.steady(2).during(10, 20, 5).total(0, 30)
    90.0

    Attributes:
        changes: From when on there are how many, the earliest first; before that there are none.
    """

    changes: tuple[tuple[float, float], ...]
    _totals: tuple[float, ...] = attrs.field(
        init=False, repr=False, eq=False, default=attrs.Factory(_totals, takes_self=True)
    )
    _times: tuple[float, ...] = attrs.field(
        init=False,
        repr=False,
        eq=False,
        default=attrs.Factory(lambda self: tuple(t for t, _ in self.changes), takes_self=True),
    )

    @classmethod
    def steady(cls, rate: float) -> Course:
        """Return a course that never changes, from long before until long after everything."""
        return cls(((-1e8, rate),))

    @classmethod
    def days(cls, day: float, night: float, *, hours: int = 12) -> Course:
        """Return so many hours of day and then of night, for a year until 0 and a while on."""
        nightfall = hours * 3_600
        return cls(
            tuple(
                change
                for morning in range(-400 * 86_400, 10 * 86_400, 86_400)
                for change in ((morning, day), (morning + nightfall, night))
            )
        )

    def during(self, since: float, until: float, rate: float) -> Course:
        """Return the same, but for a time with a rate of its own."""
        return self._replaced(since, until, [(since, rate)])

    def only(self, since: float, until: float, factor: float = 1) -> Course:
        """Return a part or a multiple of it, for a time, and nothing before and after."""
        inside = [(t, rate * factor) for t, rate in self.changes if since < t < until]
        return Course(((since, self.rate(since) * factor), *inside, (until, 0)))

    def plus(self, other: Course) -> Course:
        """Return the events of both."""
        times = sorted({*self._times, *other._times})
        return Course(tuple((time, self.rate(time) + other.rate(time)) for time in times))

    def rate(self, time: float) -> float:
        """Return how many events per second there are at a time."""
        place = bisect_right(self._times, time) - 1
        return self.changes[place][1] if place >= 0 else 0

    def total(self, since: float, until: float) -> float:
        """Return how many events there are from one time to another."""
        return self._until(until) - self._until(since)

    def _until(self, time: float) -> float:
        place = bisect_right(self._times, time) - 1
        if place < 0:
            return 0
        return self._totals[place] + self.changes[place][1] * (time - self._times[place])

    def _replaced(self, since: float, until: float, middle: list[tuple[float, float]]) -> Course:
        before = [change for change in self.changes if change[0] < since]
        after = [change for change in self.changes if change[0] > until]
        return Course((*before, *middle, (until, self.rate(until)), *after))


@attrs.frozen(kw_only=True)
class Counter:
    """A counter that a target serves: whole events since it was born or last began anew.

    Attributes:
        labels: As in a selector, without braces.
        course: The events that it counts.
        bad: Whether they are bad events.
        born: When the series begins to exist.
        gone: When it is no longer served.
        resets: When it begins at 0 again.
        before: What it has counted when the course begins; a part of an event is on its way.
        group: The value of the label that the SLO is grouped by.
    """

    labels: str
    course: Course
    bad: bool = False
    born: float = -inf
    gone: float = inf
    resets: tuple[float, ...] = ()
    before: float = 0
    group: str = ""

    def samples(self, scrapes: Iterable[int]) -> Iterator[tuple[int, int]]:
        """Yield time and value of each scrape that finds it."""
        for time in scrapes:
            if self.born <= time < self.gone:
                yield time, self.value(time)

    def value(self, time: float) -> int:
        """Return what it has counted at a time."""
        starts = (max(self.born, -1e8), *self.resets)
        life = bisect_right(starts, time) - 1
        before = 0 if life else self.before
        return int(before + self.course.total(starts[life], time) + _ROUNDING)
