"""How quickly one query may follow another."""

from __future__ import annotations

import time

from slogen.errors import InvalidValue


class Pace:
    """At most so many queries a second, evenly: none has to wait for one that came too late."""

    def __init__(self, per_second: float | None = None) -> None:
        """Take how many there may be in a second; no limit if None.

        Raises:
            InvalidValue: If it is not above 0.
        """
        if per_second is not None and not per_second > 0:
            raise InvalidValue("queries_per_second", f"{per_second:g}", "a number above 0")
        self._apart = 1 / per_second if per_second else 0.0
        self._next = 0.0

    def wait(self) -> None:
        """Return when the next query may be sent."""
        if not self._apart:
            return
        pause = self._next - time.monotonic()
        if pause > 0:
            time.sleep(pause)
        self._next = time.monotonic() + self._apart
