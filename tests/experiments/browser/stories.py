"""What happened to SLOs: how fast each burned its budget, as a function of time."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import attrs

from tests.truth.scenario import END

if TYPE_CHECKING:
    from collections.abc import Iterator

MINUTE, HOUR, DAY = 60, 3_600, 86_400
_MOST = 0.97
_EVENTS = 40.0
_FUTURE = -DAY


@attrs.frozen
class Incident:
    """A time with another burn rate; it begins and ends so many seconds before `END`."""

    since: int
    until: int
    burn_rate: float


@attrs.frozen(kw_only=True)
class Story:
    """A burn rate that is always there, and what came on top of it.

    Attributes:
        steady: The burn rate.
        incidents: Times with another one.
        born: How many seconds before `END` the events begin; None for long ago.
        gone: How many seconds before `END` they end.
    """

    steady: float
    incidents: tuple[Incident, ...] = ()
    born: int | None = None
    gone: int = _FUTURE

    def has_events(self, time: int) -> bool:
        """Tell whether anything was counted at a time, in seconds since the epoch."""
        return (self.born is None or time >= END - self.born) and time < END - self.gone

    def burn_rate(self, time: int) -> float:
        """Return how fast the budget burns at a time, in seconds since the epoch."""
        for one in self.incidents:
            if END - one.since <= time < END - one.until:
                return one.burn_rate
        return self.steady * (1 + 0.3 * math.sin(time / (7 * HOUR)))


_CALM = Story(steady=0.05)
_HEALTHY = Story(steady=0.3)
_BURNING = Story(steady=0.5, incidents=(Incident(100 * MINUTE, _FUTURE, 22.0),))
_RECOVERED = Story(steady=0.3, incidents=(Incident(50 * HOUR, 47 * HOUR, 18.0),))
_AT_RISK = Story(steady=0.86)
_EXHAUSTED = Story(steady=1.25, incidents=(Incident(10 * HOUR, _FUTURE, 3.5),))

SILENT = Story(steady=0.4, gone=2 * HOUR)
NEVER_MEASURED = Story(steady=0, born=_FUTURE)
YOUNG = Story(steady=0.5, born=40 * MINUTE)
HEALTHY, BURNING, AT_RISK, EXHAUSTED = _HEALTHY, _BURNING, _AT_RISK, _EXHAUSTED
"""For those that a case chooses by name."""

STORIES = (
    _BURNING,
    _HEALTHY,
    _CALM,
    _RECOVERED,
    _AT_RISK,
    _HEALTHY,
    _EXHAUSTED,
    _CALM,
    _HEALTHY,
    _CALM,
    _RECOVERED,
    _HEALTHY,
)
"""Given out in turn; the first SLO of every set burns."""


def rates(
    story: Story, budget: float, times: range, *, in_slices: bool
) -> Iterator[tuple[int, float, float]]:
    """Yield times, how many events there were a second, and how many of them were bad.

    Args:
        story: How fast the budget burns.
        budget: The share of events that may be bad.
        times: In seconds since the epoch.
        in_slices: Whether an event is a slice of time, all good or all bad.
    """
    owed = 0.0
    for time in filter(story.has_events, times):
        share = min(_MOST, story.burn_rate(time) * budget)
        if in_slices:
            owed += share
            bad = 1.0 if owed >= 1 else 0.0
            owed -= bad
            yield time, 1.0, bad
        else:
            events = _EVENTS * (1 + 0.5 * math.sin(2 * math.pi * time / DAY))
            yield time, events, events * share
