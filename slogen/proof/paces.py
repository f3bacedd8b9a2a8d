"""How often a scenario is evaluated: as seldom as it can be, since evaluations are what it costs.

promtool evaluates all groups of a file at one interval, whatever the groups say. A window is the
same at any pace, as long as it holds a few evaluations.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen.units import Duration

if TYPE_CHECKING:
    from slogen.plan import ResolvedAlert

_PACES = tuple(
    Duration(text)
    for text in ("1d", "12h", "6h", "3h", "2h", "1h", "30m", "20m", "15m", "10m", "5m", "2m", "1m")
)
_FEWEST = 6


def pace_for(time: Duration, interval: Duration, fewest: int = _FEWEST) -> Duration:
    """Return the slowest pace of which a time holds a few, and that an interval divides.

    It is a round time, or some multiple of an interval that divides none of them.

    >>> [str(pace_for(Duration(text), Duration("30s"))) for text in ("2h", "5m")]
    ['20m', '30s']
    >>> str(pace_for(Duration("30m"), Duration("7s")))
    '294s'

    Args:
        time: What has to hold a few evaluations.
        interval: The shortest pace.
        fewest: How many evaluations are a few.
    """
    for pace in _PACES:
        if pace.milliseconds % interval.milliseconds == 0 and fewest * pace <= time:
            return pace
    multiple = time.milliseconds // (fewest * interval.milliseconds) * interval.milliseconds
    return _of(multiple) if multiple > _PACES[-1].milliseconds else interval


def rounded_up(time: Duration, pace: Duration) -> Duration:
    """Return the first evaluation at a time or after it."""
    return _of(-(-time.milliseconds // pace.milliseconds) * pace.milliseconds)


def held(alert: ResolvedAlert, pace: Duration) -> Duration:
    """Return how long an alert waits before it fires, in whole evaluations."""
    return rounded_up(alert.for_ or Duration.zero(), pace)


def kept(alert: ResolvedAlert, pace: Duration) -> Duration:
    """Return how long an alert fires after its reason is gone, in whole evaluations."""
    return rounded_up(alert.keep_firing_for or Duration.zero(), pace)


def total(*times: Duration) -> Duration:
    """Return the sum of times."""
    return _of(sum(time.milliseconds for time in times))


def between(start: Duration, end: Duration) -> Duration:
    """Return how long it is from one time to a later one."""
    return _of(end.milliseconds - start.milliseconds)


def just_before(time: Duration, pace: Duration) -> Duration:
    """Return the last evaluation before a time."""
    return _of(max((time.milliseconds - 1) // pace.milliseconds, 0) * pace.milliseconds)


def just_after(time: Duration, pace: Duration) -> Duration:
    """Return the first evaluation after a time."""
    return _of((time.milliseconds // pace.milliseconds + 1) * pace.milliseconds)


def _of(milliseconds: int) -> Duration:
    return Duration.of_milliseconds(milliseconds) if milliseconds else Duration.zero()
