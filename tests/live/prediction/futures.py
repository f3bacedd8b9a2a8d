"""Hours to forecast from, made by rules that a test can compute itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from slogen import SLO, Events, Service, Settings
from slogen.live.arithmetic import Counts
from slogen.live.prediction.counted import HOUR_SECONDS
from slogen.live.prediction.outlooks import Subject
from slogen.live.prediction.reading import Recorded
from slogen.live.prediction.results import Ahead
from slogen.plan import resolve

if TYPE_CHECKING:
    from collections.abc import Callable

    from slogen.plan import ResolvedSLO

RECORDED_AFTER = 270
"""When an hour is recorded, in seconds after its end."""
END = 500_000
"""The first hour that is not recorded yet, counted since the epoch."""
NOW = END * HOUR_SECONDS + RECORDED_AFTER + 30.0


def slo(window: str = "30d", objective: str = "99.9%") -> ResolvedSLO:
    """Return an SLO of a shop."""
    (found,) = resolve(
        SLO(
            service=Service("shop"),
            name="availability",
            objective=objective,
            window=window,
            sli=Events(total="requests_total", bad='requests_total{code="500"}'),
        ),
        Settings(),
    )
    return found


def recorded_at(hour: int) -> float:
    """Return when an hour is recorded."""
    return float((hour + 1) * HOUR_SECONDS + RECORDED_AFTER)


def subject(
    counted: Callable[[int], tuple[float, float] | None],
    days: float = 90,
    of: ResolvedSLO | None = None,
    ahead: Ahead | None = None,
) -> Subject:
    """Return a group whose hours counted something, and whose window holds what they hold.

    Args:
        counted: The events and bad events of an hour, by how many hours it is before the end, from
            1 on; None where it is not recorded.
        days: How long the group has existed.
        of: Its SLO.
        ahead: How far is looked.
    """
    chosen = of or slo()
    recorded, window = Recorded(), float(chosen.period.seconds)
    for back in range(1, round(days * 24) + 1):
        if (found := counted(back)) is not None:
            at = recorded_at(END - back)
            recorded.events[at], recorded.errors[at] = found
    inside = [at for at in recorded.events if NOW - window < at <= NOW]
    return Subject(
        slo=chosen,
        key=(chosen.definition.id, ()),
        counts=Counts.of(
            events=sum(recorded.events[at] for at in inside),
            errors=sum(recorded.errors[at] for at in inside),
            coverage=min(days * 86_400 / window, 1.0),
            measured=1.0,
        ),
        recorded=recorded,
        at=NOW,
        ahead=ahead or Ahead(),
    )


def without_counts(group: Subject) -> Subject:
    """Return a group of whose window nothing is known."""
    return attrs.evolve(group, counts=None)
