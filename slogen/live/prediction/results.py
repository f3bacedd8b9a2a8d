"""What a forecast says: data alone, for every form of it and for programs.

An amount is in events, or in seconds where an SLI counts time; a time is in seconds from the moment
of the question on.
"""

from __future__ import annotations

import attrs

from slogen.errors import InvalidValue
from slogen.plan.hours import DAY, HOUR
from slogen.units import Duration

TAIL = 0.05
"""How many of all futures are below a band, and as many above it: it holds in 90 of 100 cases."""


_LONGEST_HORIZON = Duration("90d")
_SHORTEST_HISTORY, _LONGEST_HISTORY = Duration("28d"), Duration("400d")


def _duration(value: Duration | str) -> Duration:
    return Duration(value)


@attrs.frozen(kw_only=True)
class Ahead:
    """How far an outlook looks.

    Attributes:
        horizon: How far ahead: whole hours, from 1h to 90d.
        history: How far back: whole days, from 28d to 400d.
    """

    horizon: Duration = attrs.field(default=Duration("7d"), converter=_duration)
    history: Duration = attrs.field(default=Duration("90d"), converter=_duration)

    def __attrs_post_init__(self) -> None:
        """Check both.

        Raises:
            InvalidValue: If one is not what the class allows.
        """
        if self.horizon > _LONGEST_HORIZON or self.horizon.milliseconds % HOUR.milliseconds:
            allowed = f'whole hours, from 1h to {_LONGEST_HORIZON}, such as "7d"'
            raise InvalidValue("horizon", f'"{self.horizon}"', allowed)
        if (
            not _SHORTEST_HISTORY <= self.history <= _LONGEST_HISTORY
            or self.history.milliseconds % DAY.milliseconds
        ):
            allowed = f'whole days, from {_SHORTEST_HISTORY} to {_LONGEST_HISTORY}, such as "90d"'
            raise InvalidValue("history", f'"{self.history}"', allowed)


@attrs.frozen(kw_only=True)
class Band:
    """Between which numbers the true one will lie, in 90 of 100 cases.

    Attributes:
        low: The lower end.
        middle: Half of the cases are below.
        high: The upper end.
    """

    low: float
    middle: float
    high: float


@attrs.frozen(kw_only=True)
class Moments:
    """When something will happen, in 90 of 100 cases; None for later than the horizon.

    Attributes:
        share: In which share of the cases it happens before the horizon.
        earliest: The earliest time.
        middle: In half of the cases it happens sooner.
        latest: The latest time.
    """

    share: float
    earliest: float | None
    middle: float | None
    latest: float | None


@attrs.frozen(kw_only=True)
class BudgetForecast:
    """What will be left of an error budget.

    Attributes:
        horizon: How far it looks.
        days: How many whole days of the past it is made of.
        leaving: How many bad events leave the window until then: that is known.
        coming: How many bad events come.
        share_left: The share of the budget that is left then.
        exhausted: When nothing is left; 0 where nothing is left now.
        recovered: When something is left again; None where something is left now.
    """

    horizon: float
    days: int
    leaving: float
    coming: Band
    share_left: Band
    exhausted: Moments
    recovered: Moments | None = None


@attrs.frozen(kw_only=True)
class MetObjective:
    """Which objective the windows of the past would have met.

    Attributes:
        objective: The share of good events that 95 of 100 windows had at least.
        windows: How many windows were judged, each an hour after the one before.
        days: How many days they cover.
        independent: How many whole windows fit into these days: so much evidence there is.
        share_met: In which share of the windows the SLO's own objective was met.
        measured: The share of the hours of these days that were recorded.
    """

    objective: float
    windows: int
    days: float
    independent: int
    share_met: float
    measured: float


@attrs.frozen(kw_only=True)
class Outlook:
    """What the hours of a group say about its future, and about its objective.

    Attributes:
        forecast: What will be left of its budget; None where nobody can say.
        no_forecast: Why nobody can.
        met: Which objective it would have met; None where nobody can say.
        no_met: Why nobody can.
    """

    forecast: BudgetForecast | None = None
    no_forecast: str = ""
    met: MetObjective | None = None
    no_met: str = ""
