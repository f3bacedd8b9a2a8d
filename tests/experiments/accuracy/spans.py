"""Which stretch of time a number is about: the one that is asked for, and the value's own.

The waits stand here as docs/limits.md has them.
"""

from __future__ import annotations

import math

import attrs

from tests.experiments.accuracy.scenario import SCRAPE
from tests.truth.arithmetic import HOUR, LONGEST_FAST, SECONDS

OFFSET = 15
"""How far back counters are read."""

AGE = OFFSET + SCRAPE / 2
"""How much older than an evaluation of the base series the newest scrapes are, in the middle."""

HOUR_WAIT = 270
"""How long after its end an hour is recorded (`tests.realtools.hours`)."""


@attrs.frozen
class Span:
    """A beginning and an end."""

    begin: float
    end: float


def asked(window: str, at: float) -> Span:
    """Return the window that ends at a moment."""
    return Span(at - SECONDS[window], at)


def own(window: str, evaluated: float, phase: float) -> Span:
    """Return what a recorded value is about.

    It ends with the newest scrapes that the base series have seen. A window up to 6h is as long as
    it says; a longer one begins with an hour.

    Args:
        window: The window.
        evaluated: When the value was recorded.
        phase: How late in each half minute the base series are recorded.
    """
    end = _seen(evaluated, phase)
    seconds = SECONDS[window]
    if seconds <= LONGEST_FAST:
        return Span(end - seconds, end)
    border = HOUR * math.floor((evaluated - seconds - HOUR_WAIT) / HOUR)
    return Span(_seen(border, phase), end)


def until_scrapes(span: Span) -> tuple[float, float]:
    """Return up to when counters were read at the beginning and at the end of a value's stretch."""
    return span.begin + AGE - OFFSET, span.end + AGE - OFFSET


def _seen(time: float, phase: float) -> float:
    """Return up to when the base series have counted at a time."""
    return time - (time - phase) % SCRAPE - AGE
