"""How often the rules run, and what follows from that for ranges and offsets."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from slogen.units import Duration

if TYPE_CHECKING:
    from slogen.model import Settings

SLOW_INTERVAL = Duration("2m")
LONGEST_FAST_WINDOW = Duration("6h")
"""Windows up to this length read the base series, longer ones read tiles."""

_SHORTEST_BASE_RANGE = Duration("1m")
_SHORTEST_TILE_OFFSET = Duration("1m")


@attrs.frozen(kw_only=True)
class Timing:
    """The intervals of the rule groups and the ranges that fit them.

    >>> timing = Timing.of(Settings())
    >>> str(timing.base_range), str(timing.tile_offset)
    ('90s', '75s')

    Attributes:
        fast_interval: How often base series and short windows are recorded: every scrape.
        slow_interval: How often tiles, long windows and budgets are recorded; also a tile's
            length. Two minutes, because a remote ruler does not see its own write at the same
            instant, and a series of 5m is then older than Prometheus looks back.
        base_range: The range of the innermost ``rate``: three scrapes, so that one may be missed,
            and at least a minute.
        tile_offset: How far tiles lag behind: half-way between two fast samples, so that none is
            counted twice or lost at the border, and at least a minute, so that evaluations in
            flight have been written.
    """

    fast_interval: Duration
    slow_interval: Duration
    base_range: Duration
    tile_offset: Duration

    @classmethod
    def of(cls, settings: Settings) -> Timing:
        """Return the timing that follows from the scrape interval."""
        fast = settings.scrape_interval
        half = fast.milliseconds // 2
        intervals = -(-(_SHORTEST_TILE_OFFSET.milliseconds - half) // fast.milliseconds)
        return cls(
            fast_interval=fast,
            slow_interval=SLOW_INTERVAL,
            base_range=max(3 * fast, _SHORTEST_BASE_RANGE),
            tile_offset=Duration.of_milliseconds(intervals * fast.milliseconds + half),
        )
