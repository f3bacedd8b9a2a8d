"""What is true, and what may be seen of it: from courses alone, without PromQL and without slogen.

The thresholds stand here as the documentation has them, and the delays as the reference has them.
"""

from __future__ import annotations

import math
from math import inf
from typing import TYPE_CHECKING

import attrs

from tests.truth.traffic import Counter

if TYPE_CHECKING:
    from collections.abc import Iterable

MINUTE, HOUR, DAY = 60, 3_600, 86_400
LONGEST_FAST = 6 * HOUR
"""Windows up to this length read the base series, longer ones hours."""
_STEP = 5

SECONDS = {
    "5m": 5 * MINUTE,
    "15m": 15 * MINUTE,
    "30m": 30 * MINUTE,
    "1h": HOUR,
    "2h": 2 * HOUR,
    "3h": 3 * HOUR,
    "6h": 6 * HOUR,
    "1d": DAY,
    "3d": 3 * DAY,
    "7d": 7 * DAY,
    "28d": 28 * DAY,
    "30d": 30 * DAY,
    "90d": 90 * DAY,
}

Tier = tuple[float, str, str]
"""Burn rate, long and short window."""

OWN_TIER: Tier = (1, "3d", "6h")
"""What SLOs of 7d are given here beside the standard policy, so that they have a window of 3d."""

STANDARD: dict[str, tuple[Tier, ...]] = {
    "1d": ((12, "30m", "5m"), (4, "3h", "15m"), (2, "6h", "30m")),
    "7d": ((14.4, "1h", "5m"), (6, "6h", "30m"), (2, "1d", "2h"), OWN_TIER),
} | dict.fromkeys(
    ("28d", "30d", "90d"),
    ((14.4, "1h", "5m"), (6, "6h", "30m"), (3, "1d", "2h"), (1, "3d", "6h")),
)


class Undecided(AssertionError):
    """What may be seen lies on both sides of a limit, so that a scenario says nothing about it."""


@attrs.frozen(kw_only=True)
class Sight:
    """How a ruler looks at counters, in seconds; the defaults are those of slogen.

    Attributes:
        scrape: Between two scrapes, and between two evaluations of the fast groups.
        offset: How far back counters are read.
        slow: Between two evaluations of the slow groups.
        hour_wait: How long after its end an hour is recorded, at the earliest.
        between_tries: How often that is tried again, while rules do not run.
    """

    scrape: int = 30
    offset: int = 15
    slow: int = 120
    hour_wait: int = 240
    between_tries: int = 600

    def lags(self, window: int) -> range:
        """Return by how much later than the traffic the end of a window may be.

        The newest scrape that an evaluation reads is as old as the offset, and a scrape older at
        most. A long window moreover is evaluated up to a scrape after the base series.
        """
        scrapes = 1 if window <= LONGEST_FAST else 2
        return range(self.offset, self.offset + scrapes * self.scrape + 1, _STEP)

    def spans(self, window: int, at: float, born: float) -> list[tuple[float, float]]:
        """Return beginnings and ends of all the time that a window may be about.

        A short window is as long as it says; Prometheus 2 counts a sample on its far border. A long
        one begins where an hour does. The first evaluation counts what there was since an
        evaluation before.
        """
        lags = self.lags(window)
        if window <= LONGEST_FAST:
            return [
                (max(at - lag - length, born - lag - self.scrape), at - lag)
                for lag in lags
                for length in (window, window + self.scrape)
            ]
        return [
            span
            for border in self.borders(window, at)
            for span in self.between(max(border, born), at)
        ]

    def open(self, at: float, born: float) -> list[tuple[float, float]]:
        """Return all the time that what no hour holds yet may be about."""
        begins = self.borders(0, at)
        return [span for begin in begins for span in self.between(max(begin, born), at)]

    def between(self, since: float, until: float) -> list[tuple[float, float]]:
        """Return all the time that what hours hold, or what is open, may be about."""
        lags = self.lags(LONGEST_FAST + 1)
        return [(since - early, until - late) for early in lags for late in lags]

    def borders(self, window: int, at: float) -> set[int]:
        """Return the hours at whose beginning a long window may begin; `at` is relative to an hour.

        It has all hours that were recorded within it, each some minutes after its end. Of two hours
        the first may be in it while these minutes pass.
        """
        waits = (self.hour_wait, self.hour_wait + self.slow)
        return {HOUR * math.floor((at - window - wait) / HOUR) for wait in waits}


@attrs.frozen(kw_only=True)
class Traffic:
    """Counters that together are what an SLO is about."""

    counters: tuple[Counter, ...]

    def events(self, since: float, until: float) -> float:
        """Return how many events there were."""
        return sum(one.course.total(since, until) for one in self.counters)

    def errors(self, since: float, until: float) -> float:
        """Return how many bad events there were."""
        return sum(one.course.total(since, until) for one in self.counters if one.bad)

    def ratio(self, since: float, until: float) -> float | None:
        """Return bad events over events; None without any."""
        events = self.events(since, until)
        return self.errors(since, until) / events if events > 0 else None

    def seen(self, window: int, at: float, sight: Sight, born: float) -> list[float | None]:
        """Return the ratios of all windows that a rule may take for this one."""
        return [self.ratio(a, b) for a, b in sight.spans(window, at, born)]


@attrs.frozen
class Bounds:
    """What may be seen of a ratio, at least and at most, and whether there is any."""

    low: float
    high: float
    certain: bool = True

    @classmethod
    def of(cls, ratios: Iterable[float | None], slack: float) -> Bounds:
        """Return the bounds of some ratios, with some slack, a part of the ratio itself."""
        given = list(ratios)
        found = [ratio for ratio in given if ratio is not None]
        if not found:
            return cls(inf, -inf, certain=True)
        low, high = min(found) * (1 - slack), min(max(found) * (1 + slack), 1)
        return cls(low, high, certain=len(found) == len(given))

    @property
    def is_empty(self) -> bool:
        """Whether no series may be there."""
        return self.low > self.high

    def above(self, limit: float) -> bool:
        """Tell whether what is seen is above a limit.

        Raises:
            Undecided: It may be or may not be.
        """
        if self.is_empty:
            return False
        if self.low <= limit < self.high or not self.certain:
            raise Undecided(f"between {self.low:g} and {self.high:g}, limit {limit:g}")
        return self.low > limit


def covered(window: int, lived: float) -> float:
    """Return how much of a window something has existed for."""
    return min(lived / window, 1)


def status(left: float) -> str:
    """Return the state of a budget."""
    if left > 0.25:
        return "healthy"
    if left > 0.1:
        return "warning"
    return "critical" if left > 0 else "exhausted"
