"""What each hour of a group counted, in order, with the hours that nothing is known of."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import attrs

from slogen.plan.hours import HOUR

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

HOUR_SECONDS = int(HOUR.seconds)


@attrs.frozen(kw_only=True)
class Hours:
    """What the hours of a group counted, from the first one that is known.

    Attributes:
        first: The number of the first hour, counted since the epoch.
        events: How many events each hour had; None where the hour is not recorded.
        errors: How many of them were bad.
    """

    first: int
    events: tuple[float | None, ...]
    errors: tuple[float, ...]

    @classmethod
    def of(cls, events: Mapping[int, float], errors: Mapping[int, float], end: int) -> Hours | None:
        """Return hours in order; None where there is none.

        Args:
            events: How many events hours had, by their numbers.
            errors: How many bad ones, likewise; an hour without a number had none.
            end: The first hour that cannot be recorded yet.
        """
        known = [number for number in events if number < end]
        if not known:
            return None
        numbers = range(min(known), end)
        bad = tuple(errors.get(number, 0.0) if number in events else 0.0 for number in numbers)
        return cls(first=numbers.start, events=tuple(map(events.get, numbers)), errors=bad)

    @property
    def end(self) -> int:
        """The number of the hour after the last one."""
        return self.first + len(self.events)

    def since(self, hour: int) -> Hours:
        """Return these hours without those before one of them."""
        cut = max(hour - self.first, 0)
        return Hours(first=self.first + cut, events=self.events[cut:], errors=self.errors[cut:])


def running_sums(values: Sequence[float | None]) -> list[float]:
    """Return how much there was before each position, and at last of all.

    >>> running_sums([1.0, None, 2.0])
    [0.0, 1.0, 1.0, 3.0]
    """
    return [0.0, *itertools.accumulate(value or 0.0 for value in values)]
