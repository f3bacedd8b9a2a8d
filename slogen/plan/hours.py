"""How hours are recorded: for how long one may be open, and when it is its turn."""

from __future__ import annotations

from slogen.units import Duration

HOUR, DAY = Duration("1h"), Duration("1d")
HOURS_TOLD_APART = 4
"""An hour bears its number modulo this: of the hours that are read at once no two share one."""
UNRECORDED = Duration("2h")
"""How far back is looked for what no hour holds yet: an hour is recorded within the next one."""
FIRST_SECOND = 240
"""When an hour is recorded, in seconds after its end: whatever was recorded in it can be read."""
SECONDS_BETWEEN_TRIES = 600
"""How often it is tried again where evaluations were missed: six times, until the next hour."""


def remembered(period: Duration) -> Duration:
    """Return how far back the first hour of a group is looked for: a third more than its window.

    >>> str(remembered(Duration("30d"))), str(remembered(Duration("1h")))
    ('40d', '2d')
    """
    days = -(-4 * period.milliseconds // (3 * DAY.milliseconds))
    return max(days, 2) * DAY
