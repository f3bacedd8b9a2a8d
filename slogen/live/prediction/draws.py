"""Futures that are drawn from past days, in blocks: each is as likely as what it is made of."""

from __future__ import annotations

import math
from itertools import accumulate
from typing import TYPE_CHECKING

import attrs

from slogen.live.prediction.days import DAY_HOURS, WEEK, Change, PastDay, PastDays

if TYPE_CHECKING:
    from random import Random

_BEYOND_CHANCE = 4.0
"""Of how many standard deviations more than usual fails in an incident."""
_LONGEST_CHANGE = 4
"""A change of level is looked for within a part of the past: this one, at most."""


@attrs.frozen(kw_only=True)
class Method:
    """How futures are drawn; `CHOSEN` is what ``nox -s forecast`` found best.

    Attributes:
        block: How many days in a row are drawn at once, on average.
        half_life: After how many days a past day is drawn half as often; None for never.
        moves: Whether traffic and error ratio are moved to the level of now.
        doubts: Whether that level is doubted as much as it was wrong in the past.
        sizes: How much larger or smaller than those of the past incidents are: the standard
            deviation of the logarithm.
    """

    block: float = 2.0
    half_life: float | None = None
    moves: bool = True
    doubts: bool = True
    sizes: float = 0.5


CHOSEN = Method()


@attrs.frozen(kw_only=True)
class Future:
    """What hours to come may count, one by one, from the end of the last past day on.

    Attributes:
        events: How many events each has.
        errors: How many of them are bad.
    """

    events: list[float]
    errors: list[float]

    @property
    def counted(self) -> tuple[list[float], list[float]]:
        """Events and bad events."""
        return self.events, self.errors


@attrs.frozen(kw_only=True)
class Urn:
    """What futures are drawn from.

    Attributes:
        past: The past days.
        days: How many days a future has.
        pools: For each weekday the days that can stand for it, and their running weights.
        changes: How the level may turn out wrong.
        usual: Traffic and error ratio as they were around each past day.
        now: The same as they are now.
        method: How futures are drawn.
    """

    past: PastDays
    days: int
    pools: tuple[tuple[tuple[int, ...], tuple[float, ...]], ...]
    changes: tuple[Change, ...]
    usual: tuple[tuple[float, float], ...]
    now: tuple[float, float]
    method: Method

    @classmethod
    def of(cls, past: PastDays, days: int, method: Method = CHOSEN) -> Urn:
        """Return what futures of so many days are drawn from."""
        span = max(min(max(days, WEEK), len(past.days) // _LONGEST_CHANGE), 1)
        return cls(
            past=past,
            days=days,
            pools=tuple(_pool(past, weekday, method) for weekday in range(WEEK)),
            changes=(past.changes(span) if method.doubts else ()) or (Change(),),
            usual=tuple(
                (past.traffic.around(place), past.ratio.around(place))
                for place in range(len(past.days))
            ),
            now=(past.traffic.now(), past.ratio.now()),
            method=method,
        )

    def draw(self, chance: Random) -> Future:
        """Return a future."""
        change = self.changes[int(chance.random() * len(self.changes))]
        events: list[float] = []
        errors: list[float] = []
        place: int | None = None
        for day in range(self.days):
            weekday = weekday_of(day)
            place = self._next(place, weekday, chance)
            if place is None:
                events += _NOTHING
                errors += _NOTHING
                continue
            past = self.past.days[place]
            scale = self._scale(place, weekday) * change.traffic if self.method.moves else 1.0
            events += [value * scale for value in past.events]
            errors += self._errors(place, change, scale, chance)
        return Future(events=events, errors=errors)

    def _next(self, place: int | None, weekday: int, chance: Random) -> int | None:
        """Return the place of the past day that comes next: the one after the last, or another."""
        goes_on = chance.random() >= 1 / self.method.block
        places, weights = self.pools[weekday]
        if goes_on and place and place - 1 in places:
            return place - 1
        if not places:
            return None
        return chance.choices(places, cum_weights=weights)[0]

    def _scale(self, place: int, weekday: int) -> float:
        """Return by what the events of a past day are multiplied to stand for a future one."""
        usual = self.past.weekdays[place % WEEK] * self.usual[place][0]
        now = self.past.weekdays[weekday] * self.now[0]
        return now / usual if usual > 0 else 0.0

    def _errors(self, place: int, change: Change, scale: float, chance: Random) -> list[float]:
        """Return the bad events of a past day at the usual error ratio of now."""
        day = self.past.days[place]
        if not self.method.moves or day.total <= 0:
            return [value * scale for value in day.errors]
        now, then = max(self.now[1] + change.ratio, 0.0), self.usual[place][1]
        moved = self.past.believed(now, then) * day.total + self._resized(day, then, chance)
        # No day has fewer bad events than none, and none more than all, unless it had them.
        lowest, highest = min(day.bad, 0.0), max(day.bad, day.total)
        more = (min(max(day.bad + moved, lowest), highest) - day.bad) / day.total
        return [
            (bad + more * all_) * scale for bad, all_ in zip(day.errors, day.events, strict=True)
        ]

    def _resized(self, day: PastDay, ratio: float, chance: Random) -> float:
        """Return how many more bad events a day has if its incident is of another size.

        An incident is what fails beyond the usual and beyond chance.
        """
        usual = ratio * day.total
        excess = day.bad - usual
        if excess <= _BEYOND_CHANCE * math.sqrt(max(usual, 0.0)):
            return 0.0
        return excess * math.expm1(self.method.sizes * chance.gauss(0.0, 1.0))


_NOTHING = [0.0] * DAY_HOURS


def weekday_of(day: int) -> int:
    """Return the number of a future day's weekday: the first one is as the day 7 days before it.

    >>> [weekday_of(day) for day in range(8)]
    [6, 5, 4, 3, 2, 1, 0, 6]
    """
    return (WEEK - 1 - day) % WEEK


def _pool(
    past: PastDays, weekday: int, method: Method
) -> tuple[tuple[int, ...], tuple[float, ...]]:
    """Return the places of the days that can stand for a weekday, and their running weights."""
    places = past.alike(weekday)
    if method.half_life is None:
        return places, tuple(float(number) for number in range(1, len(places) + 1))
    return places, tuple(accumulate(0.5 ** (place / method.half_life) for place in places))
