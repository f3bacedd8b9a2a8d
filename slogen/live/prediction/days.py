"""Past days that future ones are drawn from, and how a past day becomes a future one.

A day is 24 hours back from the last hour that is known, so that each is whole and each has its
place in the week. A past day stands for a future one after two changes: its events are as many as
the weekday and the level of now ask for, and its bad events are moved by as much as the usual error
ratio has moved since. What was bad beyond the usual, an incident, stays as it was.
"""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING

import attrs

from slogen.live.prediction.levels import Level

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from slogen.live.prediction.counted import Hours

WEEK = 7
DAY_HOURS = 24
_KNOWN = 0.8
"""How much of the hours that its weekday usually has a day needs, or it has a gap."""
_ALIKE = 2.0
"""How many times as busy as a weekday another one may be whose days stand for it."""
_NEWEST_TRAFFIC, _NEWEST_RATIOS = 3, 5
"""How many of the last days say how busy a service is now, and how much of it usually fails."""
_HALF_BELIEVED = 4.0
"""A change of the error ratio is believed by half if it is twice what chance does: its square."""


@attrs.frozen(kw_only=True)
class PastDay:
    """A whole day of the past.

    Attributes:
        events: How many events each of its hours had.
        errors: How many of them were bad.
        known: How many of its hours are recorded.
        total: How many events all hours had.
        bad: How many of them were bad.
    """

    events: tuple[float, ...]
    errors: tuple[float, ...]
    known: int
    total: float
    bad: float

    @classmethod
    def of(cls, events: Sequence[float | None], errors: Sequence[float]) -> PastDay:
        """Return the day that hours make."""
        counted = tuple(value or 0.0 for value in events)
        return cls(
            events=counted,
            errors=tuple(errors),
            known=sum(value is not None for value in events),
            total=sum(counted),
            bad=sum(errors),
        )


@attrs.frozen(kw_only=True)
class Change:
    """By how much the level of now turned out wrong within the days after it, once in the past.

    Attributes:
        traffic: By what the traffic is multiplied.
        ratio: What is added to the usual error ratio.
    """

    traffic: float = 1.0
    ratio: float = 0.0


@attrs.frozen(kw_only=True)
class PastDays:
    """The days before a moment, the last one first; a day's place says how many days back it is.

    Attributes:
        days: The days.
        usable: The places of those without a gap.
        weekdays: How busy each weekday is beside others; its number is a place modulo 7.
        traffic: How busy the service is, were all weekdays alike.
        ratio: Which part of its events usually fails.
        newest: How many events the last days had that say which part it is now.
    """

    days: tuple[PastDay, ...]
    usable: tuple[int, ...]
    weekdays: tuple[float, ...]
    traffic: Level
    ratio: Level
    newest: float

    @classmethod
    def of(cls, hours: Hours) -> PastDays:
        """Return the whole days that hours hold."""
        days = tuple(_days(hours))
        usable = _usable(days)
        weekdays = _weekdays(days, frozenset(usable))
        busy = [place for place in usable if weekdays[place % WEEK] > 0]
        flat = {place: days[place].total / weekdays[place % WEEK] for place in busy}
        ratios = {place: days[place].bad / days[place].total for place in busy if days[place].total}
        ratio = Level(days=ratios, newest=_NEWEST_RATIOS)
        newest = sorted(ratios)[:_NEWEST_RATIOS]
        return cls(
            days=days,
            usable=usable,
            weekdays=weekdays,
            traffic=Level(days=flat, newest=_NEWEST_TRAFFIC),
            ratio=ratio,
            newest=sum(days[place].total for place in newest),
        )

    def alike(self, weekday: int) -> tuple[int, ...]:
        """Return the places of the days that can stand for a weekday."""
        return tuple(place for place in self.usable if self.can_be(place, weekday))

    def can_be(self, place: int, weekday: int) -> bool:
        """Tell whether a past day can stand for a weekday: it is one, or was about as busy."""
        if place % WEEK == weekday:
            return True
        own, other = self.weekdays[place % WEEK], self.weekdays[weekday]
        return own > 0 and other > 0 and 1 / _ALIKE <= own / other <= _ALIKE

    def believed(self, ratio: float, other: float) -> float:
        """Return the difference of two error ratios, less what chance alone would make of it.

        The bad events of the last days vary by the square root of their number.

        Args:
            ratio: An error ratio of now.
            other: One of another time.
        """
        difference, both = ratio - other, ratio + other
        if both <= 0:
            return 0.0
        square = difference * difference * self.newest / both
        return difference * square / (square + _HALF_BELIEVED)

    def changes(self, span: int) -> tuple[Change, ...]:
        """Return how the level of each past day turned out wrong, within so many days after it."""
        found = []
        for place in range(span, len(self.days)):
            before, after = self.traffic.before(place), self.traffic.after(place, span)
            usual, became = self.ratio.before(place), self.ratio.after(place, span)
            if before and after is not None and usual is not None and became is not None:
                found.append(Change(traffic=after / before, ratio=became - usual))
        return tuple(found)


def _days(hours: Hours) -> Iterator[PastDay]:
    """Yield whole days, the last one first."""
    for end in range(len(hours.events), DAY_HOURS - 1, -DAY_HOURS):
        part = slice(end - DAY_HOURS, end)
        yield PastDay.of(hours.events[part], hours.errors[part])


def _usable(days: Sequence[PastDay]) -> tuple[int, ...]:
    """Return the places of the days that have the hours which their weekday usually has."""
    usual = [
        median(day.known for day in alike) if (alike := days[weekday::WEEK]) else 0
        for weekday in range(WEEK)
    ]
    return tuple(
        place for place, day in enumerate(days) if day.known >= _KNOWN * usual[place % WEEK]
    )


def _weekdays(days: Sequence[PastDay], usable: frozenset[int]) -> tuple[float, ...]:
    """Return how busy each weekday is: its part of its week, usually, in sevenths."""
    shares: list[list[float]] = [[] for _ in range(WEEK)]
    for begin in range(0, len(days) - WEEK + 1, WEEK):
        places = [place for place in range(begin, begin + WEEK) if place in usable]
        total = sum(days[place].total for place in places)
        for place in places:
            if total > 0:
                shares[place % WEEK].append(days[place].total * len(places) / total)
    return tuple(median(values) if values else 1.0 for values in shares)
