"""How busy a service is and how much of it fails, apart from weekdays and single bad days."""

from __future__ import annotations

from collections.abc import Mapping
from statistics import median

import attrs

_AROUND = 3
"""How many days before and after a day say what was usual then."""


@attrs.frozen(kw_only=True)
class Level:
    """A number of each past day, and what of it was usual when: medians, which no single day moves.

    >>> level = Level(days={0: 9.0, 1: 2.0, 2: 2.0, 3: 1.0, 4: 1.0, 5: 1.0}, newest=3)
    >>> level.now(), level.around(4), level.before(3), level.after(3, span=2)
    (2.0, 1.0, 1.0, 2.0)

    Attributes:
        days: The numbers, by how many days back they are; days with gaps have none.
        newest: How many of the last days say what is usual now.
    """

    days: Mapping[int, float] = attrs.field(hash=False)
    newest: int

    def now(self) -> float:
        """Return what is usual now; 0 if nothing is known."""
        return self.before(0) or 0.0

    def around(self, place: int) -> float:
        """Return what was usual around a day; 0 if nothing is known."""
        return self._median(range(place - _AROUND, place + _AROUND + 1)) or 0.0

    def before(self, place: int) -> float | None:
        """Return what would have been usual now, as many days back; None without enough days."""
        known = [self.days[near] for near in sorted(self.days) if near >= place][: self.newest]
        return median(known) if len(known) == self.newest else None

    def after(self, place: int, span: int) -> float | None:
        """Return what was usual in the days after, so many; None if nothing is known."""
        return self._median(range(place - span, place))

    def _median(self, places: range) -> float | None:
        known = [self.days[place] for place in places if place in self.days]
        return median(known) if known else None
