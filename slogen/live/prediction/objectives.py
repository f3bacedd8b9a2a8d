"""Which objective a rolling window would have met, had it been judged at every hour of the past."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen.live.prediction.counted import running_sums
from slogen.live.prediction.results import MetObjective

if TYPE_CHECKING:
    from slogen.live.prediction.counted import Hours

MET_IN = 0.95
"""In which share of the windows an objective has to be met."""
_DAY_HOURS = 24
_SAME = 1e-12


def slid(hours: Hours, window: int) -> list[float]:
    """Return the share of good events of each window that had events, an hour apart.

    Args:
        hours: What the hours counted.
        window: How many hours the window has.
    """
    events, errors = running_sums(hours.events), running_sums(hours.errors)
    found = []
    for end in range(window, len(events)):
        bad = max(errors[end] - errors[end - window], 0.0)
        seen = max(events[end] - events[end - window], bad)
        if seen > 0:
            found.append(1 - bad / seen)
    return found


def met_objective(hours: Hours, window: int, objective: float) -> MetObjective | None:
    """Return which objective 95 of 100 windows would have met.

    Args:
        hours: What the hours counted.
        window: How many hours the window has.
        objective: The SLO's own.

    Returns:
        None where no window is complete, or none had events.
    """
    shares = sorted(slid(hours, window))
    if not shares:
        return None
    # So many of the worst windows may miss it.
    missing = int((1 - MET_IN) * len(shares) + _SAME)
    return MetObjective(
        objective=shares[missing],
        windows=len(shares),
        days=len(hours.events) / _DAY_HOURS,
        independent=len(hours.events) // window,
        share_met=sum(share >= objective - _SAME for share in shares) / len(shares),
        measured=sum(value is not None for value in hours.events) / len(hours.events),
    )
