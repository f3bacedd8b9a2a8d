"""How old a value is in an incident: up to when the truth would have to end to be the value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.experiments.accuracy import history, spans
from tests.experiments.accuracy.readings import asked, base_phase, times
from tests.experiments.accuracy.scenario import NOON, pods
from tests.experiments.accuracy.truth import count
from tests.truth.arithmetic import LONGEST_FAST, SECONDS

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.realtools.server import PrometheusServer

MOMENTS = 43
BETWEEN = 61
"""Seconds between two moments: no multiple of an interval, so that each has a phase of its own."""

WINDOWS = tuple(window for window in history.WINDOWS if window != "5m")
"""The ratio of 5m does not grow any more after five minutes, and says no age then."""

_AHEAD = 60
"""Seconds by which a value may be ahead: rates are extrapolated."""

_PRECISION = 0.1


def moments() -> list[int]:
    """Return the moments in the incident at noon."""
    first = int(NOON.begin) + BETWEEN
    return [first + BETWEEN * number for number in range(MOMENTS)]


def ages(server: PrometheusServer, series: int, window: str) -> dict[str, list[float]]:
    """Return how many seconds old slogen's and the raw ratio of a window are at the moments."""
    phase = base_phase(server)
    chosen = moments()
    recorded = times(server, history.ratio(history.SLOGEN, window), chosen)
    found: dict[str, list[float]] = {history.SLOGEN: [], history.RAW: []}
    for way, its in found.items():
        values = asked(server, history.ratio(way, window), chosen)
        for at in chosen:
            begin = None
            if way == history.SLOGEN and SECONDS[window] > LONGEST_FAST:
                begin = spans.own(window, recorded[at], phase).begin
            its.append(age(_truth(series, window, begin), values[at], at, NOON.begin))
    return found


def age(truth: Callable[[float], float], value: float, at: float, since: float) -> float:
    """Return how old a value is at a moment, at most as old as what happens.

    Args:
        truth: The true value of each end; it grows with time from `since` on.
        value: What was seen.
        at: When it was seen.
        since: When what happens began: a value that shows nothing of it is as old as that.
    """
    first, last = since, at + _AHEAD
    while last - first > _PRECISION:
        middle = (first + last) / 2
        if truth(middle) < value:
            first = middle
        else:
            last = middle
    return at - last


def _truth(series: int, window: str, begin: float | None) -> Callable[[float], float]:
    """Return the true ratio up to each end, from a beginning or over the window's length."""

    def ratio(end: float) -> float:
        since = end - SECONDS[window] if begin is None else begin
        return count(pods(series), since, end).ratio or 0

    return ratio
