"""How often the rules run, and what follows from that for ranges and offsets."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from slogen.errors import InvalidValue
from slogen.units import Duration

if TYPE_CHECKING:
    from slogen.model import Settings

LONGEST_FAST_WINDOW = Duration("6h")
"""Windows up to this length read the base series, longer ones read hours."""

_SCRAPE_INTERVAL = Duration("30s")
_OFFSET = Duration("15s")
_LONGEST_SCRAPE = Duration("10s")
"""Prometheus' own default for the time-out of a scrape."""
_WRITING = Duration("5s")
"""How long it may take from the end of a scrape until its samples can be read."""
_SHORTEST_GAP = Duration("10m")
_SHORTEST_GAP_OF_TWO_METRICS = Duration("1h")
_LONGEST_GAP = Duration("6h")
_SCRAPES_OF_A_GAP = 5
_SLOW_INTERVALS = (Duration("1m"), Duration("2m"))
_SHORTEST_BASE_RANGE = Duration("1m")
_SHORTEST_INTERVAL = Duration("100ms")
_LONGEST_BASE_RANGE = Duration("5m")
_QUERY_OFFSET_SINCE = (2, 53)
LOOK_BACK = Duration("5m")
"""How old a sample is that Prometheus 2 still sees, and Prometheus 3 no longer."""
COUNTS_NATIVE_HISTOGRAMS_FROM = (3, 0)
"""From this version on Prometheus gives the newest sample of a native histogram as such."""


@attrs.frozen(kw_only=True)
class Timing:
    """The intervals of the rule groups and the ranges that fit them.

    >>> from slogen import Settings
    >>> timing = Timing.of(Settings())
    >>> str(timing.base_range), str(timing.longest_gap)
    ('90s', '10m')

    Attributes:
        scrape_interval: How often Prometheus looks at the raw series.
        fast_interval: How often base series and short windows are recorded: every scrape.
        slow_interval: How often hours, long windows and budgets are recorded: every minute, so that
            a budget is at most a little older than what it is made of. Not above 5m, because
            a remote ruler does not see its own write at the same instant, and a series is then
            older than Prometheus looks back.
        base_range: How far back the newest sample of a counter is looked for: three scrapes, so
            that one may be missed, and at least a minute.
        longest_gap: How far back the newest sample of one evaluation before is looked for: what is
            counted across a gap between scrapes counts if the gap is no longer.
        steady_range: For how long an error ratio has to be high before a page believes it, where
            two metrics are compared that are seen at different moments: longer than the base range,
            within which both have to be seen.
        counter_offset: How far back counters are read, so that every sample is there.
        gauge_offset: How far back gauges are read, for data that arrives late.
        query_offset: How far back whole groups are evaluated, by Prometheus' own means.
    """

    scrape_interval: Duration
    fast_interval: Duration
    slow_interval: Duration
    base_range: Duration
    longest_gap: Duration
    steady_range: Duration | None
    counter_offset: Duration
    gauge_offset: Duration | None
    query_offset: Duration | None

    @property
    def lag_of_counters(self) -> Duration:
        """How far back the rules look at counters, by both means together."""
        return self.counter_offset + (self.query_offset or Duration.zero())

    @property
    def lag_of_gauges(self) -> Duration:
        """How far back the rules look at gauges, by both means together."""
        zero = Duration.zero()
        return (self.gauge_offset or zero) + (self.query_offset or zero)

    @classmethod
    def of(cls, settings: Settings, *, is_difference: bool = False) -> Timing:
        """Return the timing that follows from settings.

        Args:
            settings: What the user said.
            is_difference: Whether the SLI subtracts two metrics.

        Raises:
            InvalidValue: If intervals do not fit into each other, a range or an offset is too short
                for the scrapes, or ``query_offset`` is asked of a Prometheus that does not know it
                or is so long that no recorded sample would be found.
        """
        scrape = settings.scrape_interval or _SCRAPE_INTERVAL
        fast = settings.fast_interval or scrape
        slow = settings.slow_interval or _slow_interval(fast)
        _check_intervals(settings, fast, slow)
        _check_query_offset(settings, slow)
        base = _base_range(settings, scrape)
        if fast > base:
            allowed = f"at most the base range, which is {base}"
            remedy = "a sample that no evaluation sees is lost: let base_range be longer"
            raise _fault(settings, "fast_interval", fast, allowed, remedy)
        return cls(
            scrape_interval=scrape,
            fast_interval=fast,
            slow_interval=slow,
            base_range=base,
            longest_gap=_longest_gap(settings, scrape, base, is_difference=is_difference),
            steady_range=2 * base if is_difference else None,
            counter_offset=_offset(settings, scrape),
            gauge_offset=settings.offset,
            query_offset=settings.query_offset,
        )


def _slow_interval(fast: Duration) -> Duration:
    """Return a minute, or two of them where fast evaluations do not fit into one."""
    minute, longer = _SLOW_INTERVALS
    return longer if minute.milliseconds % fast.milliseconds else minute


def _base_range(settings: Settings, scrape: Duration) -> Duration:
    base = settings.base_range or max(3 * scrape, _SHORTEST_BASE_RANGE)
    longest = max(_LONGEST_BASE_RANGE, 3 * scrape)
    if not 2 * scrape <= base <= longest:
        allowed = f"at least two scrapes of {scrape}, and at most {longest}"
        raise _fault(settings, "base_range", base, allowed)
    return base


def _longest_gap(
    settings: Settings, scrape: Duration, base: Duration, *, is_difference: bool
) -> Duration:
    shortest = _SHORTEST_GAP_OF_TWO_METRICS if is_difference else _SHORTEST_GAP
    gap = settings.longest_gap or max(_SCRAPES_OF_A_GAP * scrape, base, shortest)
    if not base <= gap <= _LONGEST_GAP:
        allowed = f"at least the base range, which is {base}, and at most {_LONGEST_GAP}"
        remedy = "leave it out, unless scrapes are missed for longer than ten minutes"
        raise _fault(settings, "longest_gap", gap, allowed, remedy)
    return gap


def _offset(settings: Settings, scrape: Duration) -> Duration:
    """Return how far back counters are read, which is checked together with the query's offset."""
    moved = settings.query_offset or Duration.zero()
    offset = settings.offset or (Duration.zero() if moved else _OFFSET)
    scraped = min(_LONGEST_SCRAPE, scrape)
    if offset + moved < scraped + _WRITING:
        argument, found = ("offset", offset) if settings.offset else ("query_offset", moved)
        allowed = f"{scraped + _WRITING} and more: a scrape may take {scraped}, and {_WRITING}"
        remedy = "leave it out: a sample that arrives later than this is lost for ever"
        raise _fault(settings, argument, found, allowed, remedy)
    return offset


def _check_query_offset(settings: Settings, slow: Duration) -> None:
    """Refuse groups that Prometheus cannot move, or moves so far that nobody sees what they record.

    A sample bears the time that its evaluation looks at, and is seen until the next one is there.
    """
    moved = settings.query_offset
    if moved is None:
        return
    if settings.version < _QUERY_OFFSET_SINCE:
        raise _fault(
            settings,
            "query_offset",
            moved,
            f"nothing, for Prometheus {settings.prometheus or '2.42'}",
            'set prometheus to "2.53" or later, or use offset, which every version knows',
        )
    if moved + slow > LOOK_BACK:
        raise _fault(
            settings,
            "query_offset",
            moved,
            f"at most {LOOK_BACK} less slow_interval, which is {slow}: no older sample is found",
            "use offset, with which samples are as new as their evaluation",
        )


def _check_intervals(settings: Settings, fast: Duration, slow: Duration) -> None:
    fits = slow.milliseconds % fast.milliseconds == 0
    if fast >= _SHORTEST_INTERVAL and slow <= LOOK_BACK and fits:
        return
    if settings.slow_interval:
        allowed = f"a multiple of {fast} up to {LOOK_BACK}"
        raise _fault(settings, "slow_interval", slow, allowed)
    argument = "fast_interval" if settings.fast_interval else "scrape_interval"
    raise _fault(
        settings,
        argument,
        fast,
        f"a part of {slow}: 5s, 10s, 15s, 20s, 30s, 40s, 1m, ...",
        f"or let slow_interval, which is {slow}, be a multiple of it, up to {LOOK_BACK}",
    )


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
