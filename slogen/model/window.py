"""The window of time over which an objective is judged."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from slogen.errors import InvalidValue
from slogen.units import Duration

if TYPE_CHECKING:
    from datetime import timedelta
    from decimal import Decimal

SHORTEST = Duration("1h")
LONGEST = Duration("366d")


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
        length = value.length if isinstance(value, Window) else Duration(value)
        if not SHORTEST <= length <= LONGEST or length.milliseconds % SHORTEST.milliseconds:
            raise InvalidValue("Window", f'"{value}"', f"whole hours, from {SHORTEST} to {LONGEST}")
        self.__attrs_init__(length)

    @property
    def days(self) -> Decimal:
        """The window in days."""
        return self.length / Duration("1d")

    def __str__(self) -> str:
        return str(self.length)
