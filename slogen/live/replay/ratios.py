"""Error ratios of windows at any moment, as the rules of `slogen.compiler.windows` record them.

Windows up to 6h sum base series, longer ones begin at the border of an hour. Kinds that count time
divide by the time of the window, or by as much of it as the SLO is usually seen for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from slogen.model import Events
from slogen.plan.hours import FIRST_SECOND, HOUR
from slogen.plan.timing import LONGEST_FAST_WINDOW

if TYPE_CHECKING:
    from collections.abc import Callable

    from slogen.live.replay.counts import Counts, Times, Values
    from slogen.plan import ResolvedSLO
    from slogen.units import Duration

    Age = Callable[[Times], Times]
    """For how long a group has existed at some moments, in milliseconds."""

_HOUR, _RECORDED_AFTER = HOUR.milliseconds, 1_000 * FIRST_SECOND


def sums(slo: ResolvedSLO, counts: Counts, times: Times, window: Duration) -> tuple[Values, Values]:
    """Return the bad events and the events of a window at each moment."""
    since = times - window.milliseconds
    if window > LONGEST_FAST_WINDOW:
        since = _borders(slo, since, times)
    return counts.sums(since, times)


def ratio(slo: ResolvedSLO, counts: Counts, times: Times, window: Duration, age: Age) -> Values:
    """Return the error ratio of a window at each moment; NaN where there is none."""
    if slo.definition.sli.counts_events:
        return _of_events(slo, *sums(slo, counts, times, window))
    errors, seen = sums(slo, counts, times, window)
    if window <= LONGEST_FAST_WINDOW:
        whole = np.full(len(times), float(window.seconds))
        return np.where(seen > 0, errors / np.maximum(seen, whole), np.nan)
    if window == slo.period:
        return np.minimum(_divided(errors, seen), 1)
    usual = float(window.seconds) * _usually_seen(slo, counts, times, age)
    return np.clip(_divided(errors, np.fmax(seen, usual)), 0, 1)


def steady_ratio(
    slo: ResolvedSLO, counts: Counts, times: Times, window: Duration, age: Age
) -> Values:
    """Return the ratio that a burn-rate alert reads: of two metrics the lowest of some evaluations.

    Ratios of windows that read hours are taken as they are.
    """
    steady = slo.timing.steady_range
    if steady is None or window > LONGEST_FAST_WINDOW:
        return ratio(slo, counts, times, window, age)
    pace = slo.timing.fast_interval.milliseconds
    lowest = np.full(len(times), np.nan)
    for earlier in range(0, steady.milliseconds, pace):
        at = times - earlier
        lowest = np.fmin(lowest, ratio(slo, counts, at, window, age))
    return lowest


def _of_events(slo: ResolvedSLO, errors: Values, events: Values) -> Values:
    sli = slo.definition.sli
    found = np.clip(_divided(errors, events), 0, 1)
    if isinstance(sli, Events) and sli.bad is not None and not sli.is_part:
        return np.where((errors > 0) & ~(events > 0), 1.0, found)
    return found


def _usually_seen(slo: ResolvedSLO, counts: Counts, times: Times, age: Age) -> Values:
    """Return the part of its time for which an SLO is seen, by its own window."""
    _, seen = sums(slo, counts, times, slo.period)
    existed = np.minimum(age(times), slo.period.milliseconds) / 1_000
    return np.minimum(_divided(seen, existed), 1)


def _divided(part: Values, whole: Values) -> Values:
    """Return quotients; NaN where the whole is not above 0."""
    found = np.full(len(part), np.nan)
    np.divide(part, whole, out=found, where=whole > 0)
    return found


def _borders(slo: ResolvedSLO, since: Times, times: Times) -> Times:
    """Return the moment before the first hour that was recorded after each moment.

    An hour is recorded by the first evaluation of the slow group from four minutes after it on.
    A sample on the border belongs to the hour that begins.

    Args:
        slo: The SLO.
        since: The beginnings of windows.
        times: Their ends, which are evaluations of the slow group.
    """
    first: Times = (since - _RECORDED_AFTER) // _HOUR * _HOUR
    # The hour before could be recorded from here on, and may be only after the beginning.
    tried = first + _RECORDED_AFTER
    turn = tried + (times - tried) % slo.timing.slow_interval.milliseconds
    found: Times = np.where(turn > since, first - _HOUR, first) - 1
    return found
