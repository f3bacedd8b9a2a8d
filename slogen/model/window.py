"""The window of time over which an objective is judged."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import attrs

from slogen.duration_words import days_meant, milliseconds_meant
from slogen.errors import InvalidValue
from slogen.units import Duration

if TYPE_CHECKING:
    from datetime import timedelta
    from decimal import Decimal

SHORTEST = Duration("1h")
LONGEST = Duration("366d")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}")
_DAYS = re.compile(r"[1-9][0-9]{0,2}", re.ASCII)
_ALLOWED = f"whole hours, from {SHORTEST} to {LONGEST}"


@attrs.frozen(order=True, init=False)
class Window:
    """A rolling window: the last so many days, seen from every instant anew.

    >>> str(Window("24h")), Window("30d").days
    ('1d', Decimal('30'))

    Attributes:
        length: From an hour to 366 days, in whole hours.
    """

    length: Duration

    def __init__(self, value: Window | Duration | timedelta | str) -> None:
        """Take the length of a rolling window.

        Raises:
            InvalidValue: If it is no duration, or none of whole hours from 1h to 366d.
        """
        length = value.length if isinstance(value, Window) else _length(value)
        if not _is_allowed(length):
            raise InvalidValue("Window", f'"{value}"', _ALLOWED)
        self.__attrs_init__(length)

    @property
    def days(self) -> Decimal:
        """The window in days."""
        return self.length / Duration("1d")

    def __str__(self) -> str:
        return str(self.length)


def _is_allowed(length: Duration) -> bool:
    return SHORTEST <= length <= LONGEST and length.milliseconds % SHORTEST.milliseconds == 0


def _length(value: Duration | timedelta | str) -> Duration:
    """Return the length of a window."""
    try:
        return Duration(value)
    except InvalidValue as fault:
        allowed = f'{_ALLOWED}, such as "30d"'
        raise attrs.evolve(fault, allowed=allowed, remedy=_remedy(str(value))) from fault.__cause__


def _remedy(text: str) -> str:
    """Return what to write for a window in other words; parts of the calendar are none."""
    if (days := days_meant(text)) is not None:
        return f'windows roll: write "{days}d", the last {days} days at every instant'
    if _DATE.match(text):
        return 'windows roll: write how long they are, such as "30d"'
    if _DAYS.fullmatch(text) and _is_allowed(Duration(f"{text}d")):
        return f'write its unit, such as "{text}d"'
    meant = milliseconds_meant(text)
    length = Duration.of_milliseconds(meant) if meant and meant <= LONGEST.milliseconds else None
    return f'write "{length}"' if length and _is_allowed(length) else ""
