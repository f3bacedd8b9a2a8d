"""From recorded hours to the outlook of each group: its forecast, and the objective that it met."""

from __future__ import annotations

import hashlib
import math
from random import Random
from typing import TYPE_CHECKING

import attrs

from slogen.live.arithmetic import Counts
from slogen.live.prediction.budgets import Leaving, Standing, forecast_of, steps_of
from slogen.live.prediction.counted import HOUR_SECONDS, Hours
from slogen.live.prediction.days import DAY_HOURS, PastDays
from slogen.live.prediction.draws import CHOSEN, Method, Urn
from slogen.live.prediction.objectives import met_objective
from slogen.live.prediction.reading import Recorded, recorded_hours
from slogen.live.prediction.results import Ahead, Outlook
from slogen.live.readings import Key
from slogen.plan import ResolvedSLO
from slogen.plan.hours import DAY, FIRST_SECOND

if TYPE_CHECKING:
    from collections.abc import Mapping

    from slogen.live.prediction.budgets import Step
    from slogen.live.prediction.results import BudgetForecast
    from slogen.live.readings import Fleet

FUTURES = 200
"""How many futures are drawn."""
FEWEST_DAYS = 28
"""How many whole days a forecast needs: each weekday four times."""
MOST_DAYS = 90
"""From how many days a forecast is made at most: what is older says little about now."""
_MILLISECONDS = 1000


@attrs.frozen(kw_only=True)
class Subject:
    """A group whose outlook is asked for.

    Attributes:
        slo: Its SLO.
        key: What tells it from other groups.
        counts: What its window has now; None where nothing is known.
        recorded: Its hours, as its ruler recorded them.
        at: The moment, in seconds since the epoch.
        ahead: How far it looks.
    """

    slo: ResolvedSLO
    key: Key
    counts: Counts | None
    recorded: Recorded
    at: float
    ahead: Ahead

    @property
    def end(self) -> int:
        """The number of the first hour that cannot be recorded yet."""
        return math.floor((self.at - FIRST_SECOND) / HOUR_SECONDS)

    @property
    def window(self) -> int:
        """How many hours the SLO's window has."""
        return round(float(self.slo.period.seconds)) // HOUR_SECONDS

    @property
    def hours(self) -> Hours | None:
        """What its hours counted, no further back than is asked for."""
        events, errors = (
            self.recorded.by_hour(samples)
            for samples in (self.recorded.events, self.recorded.errors)
        )
        found = Hours.of(events, errors, self.end)
        back = self.ahead.history.milliseconds // _MILLISECONDS // HOUR_SECONDS
        return found.since(self.end - back) if found else None


def outlooks(fleet: Fleet, counts: Mapping[Key, Counts], ahead: Ahead) -> Mapping[Key, Outlook]:
    """Return the outlook of each group of which something is counted.

    Args:
        fleet: Who is asked about what.
        counts: What the windows of the groups have now.
        ahead: How far it looks.

    Raises:
        ServerError: If there is no answer that can be used.
    """
    lengths = {slo.definition.id: max(ahead.history, slo.period) + DAY for slo in fleet.slos}
    recorded, known = recorded_hours(fleet, lengths), {slo.definition.id: slo for slo in fleet.slos}
    found = {}
    for key, of_window in counts.items():
        subject = Subject(
            slo=known[key[0]],
            key=key,
            counts=of_window,
            recorded=recorded.get((key, of_window.ruler), Recorded()),
            at=fleet.at.timestamp(),
            ahead=ahead,
        )
        found[key] = outlook_of(subject)
    return found


def outlook_of(subject: Subject, method: Method = CHOSEN) -> Outlook:
    """Return the outlook of a group.

    Args:
        subject: The group.
        method: How futures are drawn.
    """
    hours = subject.hours
    if hours is None:
        return Outlook(no_forecast="no hour is recorded", no_met="no hour is recorded")
    lacking = _lacking(subject, hours)
    met = None
    if not lacking:
        objective = float(subject.slo.definition.objective.ratio)
        met = met_objective(hours, subject.window, objective)
    found = _forecast(subject, hours, method)
    return Outlook(
        forecast=None if isinstance(found, str) else found,
        no_forecast=found if isinstance(found, str) else "",
        met=met,
        no_met=lacking or ("" if met else "there were no events"),
    )


def _lacking(subject: Subject, hours: Hours) -> str:
    """Return why no window can be judged; the empty text where one can be."""
    there, needed = len(hours.events), subject.window
    if there >= needed:
        return ""
    if subject.ahead.history < subject.slo.period:
        return f"the window is longer than the {subject.ahead.history} that are looked at"
    return f"{_days(there)} of hours are recorded, {_days(needed)} are needed"


def _forecast(subject: Subject, hours: Hours, method: Method) -> BudgetForecast | str:
    """Return the forecast of a group, or why there is none."""
    counts = subject.counts
    if counts is None or counts.events <= 0 or not counts.coverage:
        return "no budget is recorded"
    past = PastDays.of(hours.since(hours.end - MOST_DAYS * DAY_HOURS))
    if past.days and not past.days[0].known and 0 not in past.usable:
        return "no hour of the last day is recorded"
    if len(past.usable) < FEWEST_DAYS:
        gaps = len(past.days) - len(past.usable)
        but = f" ({gaps} more have gaps)" if gaps else ""
        return f"{len(past.usable)} whole days are recorded{but}, {FEWEST_DAYS} are needed"
    standing = Standing(
        at=subject.at,
        window=float(subject.slo.period.seconds),
        allowed=float(subject.slo.budget),
        events=counts.events,
        errors=counts.errors,
        coverage=min(counts.coverage, 1.0),
        leaving=_leaving(subject),
    )
    steps = steps_of(standing, hours.end, float(subject.ahead.horizon.seconds))
    urn = Urn.of(past, steps[-1].hour // DAY_HOURS + 1, method)
    chance = Random(_seed(subject, hours, steps))  # noqa: S311 (numbers, the same in each run)
    futures = (urn.draw(chance) for _ in range(FUTURES))
    found = forecast_of(standing, steps, futures, len(past.usable))
    # A float has an end, and what is beyond it is no number of events.
    is_known = math.isfinite(found.coming.high) and math.isfinite(found.share_left.low)
    return found if is_known else "its counts are beyond all numbers"


def _leaving(subject: Subject) -> tuple[Leaving, ...]:
    """Return the hours that the window holds, by when they leave it."""
    window, recorded = float(subject.slo.period.seconds), subject.recorded
    return tuple(
        Leaving(at=at + window, events=events, errors=recorded.errors.get(at, 0.0))
        for at, events in sorted(recorded.events.items())
        if subject.at - window < at <= subject.at
    )


def _seed(subject: Subject, hours: Hours, steps: tuple[Step, ...]) -> int:
    """Return a number that is another for other input, and the same for the same."""
    content = repr((subject.key, hours.first, hours.events, hours.errors, steps[-1].at))
    return int.from_bytes(hashlib.sha256(content.encode()).digest()[:8])


def _days(hours: int) -> str:
    return f"{hours / DAY_HOURS:.1f}d"
