"""How often the rules run, and what follows from that for ranges and offsets."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from slogen.errors import InvalidValue
from slogen.units import Duration

if TYPE_CHECKING:
    from slogen.model import Settings

LONGEST_FAST_WINDOW = Duration("6h")
"""Windows up to this length read the base series, longer ones read tiles."""

_SCRAPE_INTERVAL = Duration("30s")
_SLOW_INTERVAL = Duration("2m")
_SHORTEST_BASE_RANGE = Duration("1m")
_SHORTEST_TILE_OFFSET = Duration("1m")
_SHORTEST_INTERVAL = Duration("100ms")
_LONGEST_INTERVAL = Duration("5m")
_LONGEST_BASE_RANGE = Duration("5m")
_QUERY_OFFSET_SINCE = (2, 53)


@attrs.frozen(kw_only=True)
class Timing:
    """The intervals of the rule groups and the ranges that fit them.

    >>> from slogen import Settings
    >>> timing = Timing.of(Settings())
    >>> str(timing.base_range), str(timing.tile_offset)
    ('90s', '75s')

    Attributes:
        scrape_interval: How often Prometheus looks at the raw series.
        fast_interval: How often base series and short windows are recorded: every scrape.
        slow_interval: How often tiles, long windows and budgets are recorded; also a tile's
            length. Two minutes, because a remote ruler does not see its own write at the same
            instant, and a series of 5m is then older than Prometheus looks back.
        base_range: The range of the innermost ``rate``: three scrapes, so that one may be missed,
            and at least a minute.
        tile_offset: How far tiles lag behind: half-way between two fast samples, so that none is
            counted twice or lost at the border, and at least a minute, so that evaluations in
            flight have been written.
        offset: How far back raw series are read, for data that arrives late.
        query_offset: The same for whole groups, by Prometheus' own means.
    """

    scrape_interval: Duration
    fast_interval: Duration
    slow_interval: Duration
    base_range: Duration
    tile_offset: Duration
    offset: Duration | None
    query_offset: Duration | None

    @property
    def lag(self) -> Duration:
        """How far back the rules look, by whichever of the two means; none beside the other."""
        return self.offset or self.query_offset or Duration.zero()

    @classmethod
    def of(cls, settings: Settings) -> Timing:
        """Return the timing that follows from settings.

        Raises:
            InvalidValue: If intervals do not fit into each other, a range is too short for the
                scrapes, or ``query_offset`` is asked of a Prometheus that does not know it.
        """
        scrape = settings.scrape_interval or _SCRAPE_INTERVAL
        fast = settings.fast_interval or scrape
        slow = settings.slow_interval or _SLOW_INTERVAL
        base = settings.base_range or max(3 * scrape, _SHORTEST_BASE_RANGE)
        _check_intervals(settings, fast, slow)
        longest = max(_LONGEST_BASE_RANGE, 3 * scrape)
        if not 2 * scrape <= base <= longest:
            allowed = f"at least two scrapes of {scrape}, and at most {longest}"
            raise _fault(settings, "base_range", base, allowed)
        if settings.offset and settings.query_offset:
            allowed = f"nothing beside an offset, which is {settings.offset}"
            raise _fault(settings, "query_offset", settings.query_offset, allowed)
        if settings.query_offset and settings.version < _QUERY_OFFSET_SINCE:
            raise _fault(
                settings,
                "query_offset",
                settings.query_offset,
                f"nothing, for Prometheus {settings.prometheus or '2.42'}",
                'let prometheus be "2.53" or later, or use offset, which every version knows',
            )
        return cls(
            scrape_interval=scrape,
            fast_interval=fast,
            slow_interval=slow,
            base_range=base,
            tile_offset=_tile_offset(fast),
            offset=settings.offset,
            query_offset=settings.query_offset,
        )


def _check_intervals(settings: Settings, fast: Duration, slow: Duration) -> None:
    fits = slow.milliseconds % fast.milliseconds == 0
    if fast >= _SHORTEST_INTERVAL and slow <= _LONGEST_INTERVAL and fits:
        return
    if settings.slow_interval:
        allowed = f"a multiple of {fast} up to {_LONGEST_INTERVAL}"
        raise _fault(settings, "slow_interval", slow, allowed)
    argument = "fast_interval" if settings.fast_interval else "scrape_interval"
    raise _fault(
        settings, argument, fast, f"a part of {slow}: 5s, 10s, 15s, 20s, 30s, 40s, 1m, ..."
    )


def _tile_offset(fast: Duration) -> Duration:
    half = fast.milliseconds // 2
    intervals = max(0, -(-(_SHORTEST_TILE_OFFSET.milliseconds - half) // fast.milliseconds))
    return Duration.of_milliseconds(intervals * fast.milliseconds + half)


def _fault(
    settings: Settings, argument: str, found: Duration, allowed: str, remedy: str = ""
) -> InvalidValue:
    return InvalidValue(
        f"Settings.{argument}",
        str(found),
        allowed,
        remedy,
        origin=settings.origin,
        argument=argument,
    )
