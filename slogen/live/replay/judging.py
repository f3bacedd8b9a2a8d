"""From what tiers would have done to numbers that say how good they are."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import attrs
import numpy as np

from slogen.live.replay.counts import Counts, Values
from slogen.live.replay.results import (
    Agreement,
    FiredAlert,
    Judgement,
    NearMiss,
    TierResult,
)
from slogen.plan.hours import HOUR
from slogen.units import number

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import tzinfo

    from slogen.live.replay.evaluation import TierReplay
    from slogen.live.replay.firing import Firing
    from slogen.live.replay.results import Incident

NEAR = 0.8
"""Of a tier's burn rate: what reaches it and does not fire is a near miss."""
NIGHT = (22, 7)
"""The hours at which a night begins and ends."""
_HOUR = float(HOUR.seconds)


@attrs.frozen(kw_only=True, eq=False)
class RecordedAlert:
    """An alert of which Prometheus recorded when it fired.

    Attributes:
        times: The evaluations at which it fired, in milliseconds since the epoch.
        evaluated: What the rules counted, by which their evaluations are known.
        pace: How far these are apart where none is missed, in milliseconds.
    """

    times: Sequence[int]
    evaluated: Counts
    pace: int

    def elapsed(self, moments: Sequence[int]) -> Values:
        """Return a time in which missed evaluations take none, see `Counts.elapsed`."""
        return self.evaluated.elapsed(np.array(moments, dtype=np.int64), self.pace)


def tier_result(
    replay: TierReplay, budget: float, zone: tzinfo, recorded: RecordedAlert | None
) -> TierResult:
    """Return what a tier would have done.

    Args:
        replay: Its evaluations.
        budget: How many bad events the error budget allows in the SLO's window.
        zone: Where those live who are paged.
        recorded: When the alert did fire; None if that is not known.
    """
    tier = replay.tier
    is_page = tier.alert.urgency == "page"
    fired = tuple(_fired(replay, firing, budget, zone) for firing in replay.firings)
    gaps = (after.start - before.end for before, after in _pairs(fired) if before.end is not None)
    return TierResult(
        alert=tier.alert.name,
        severity=tier.alert.severity,
        is_page=is_page,
        window=str(tier.long),
        burn_rate=number(tier.threshold),
        fired=fired,
        flaps=sum(gap < _HOUR for gap in gaps),
        near_misses=_near_misses(replay),
        agreement=None if recorded is None else _agreement(replay, recorded),
    )


def judged(
    incidents: Iterable[Incident], pages: Sequence[FiredAlert]
) -> tuple[tuple[Judgement, ...], int]:
    """Return what became of each incident, and how many pages belong to none.

    A page belongs to an incident if it fired at any moment of it.
    """
    known = tuple(incidents)
    judgements = tuple(_judgement(incident, pages) for incident in known)
    false = sum(not any(_touch(incident, page) for incident in known) for page in pages)
    return judgements, false


def _judgement(incident: Incident, pages: Sequence[FiredAlert]) -> Judgement:
    own = [page for page in pages if _touch(incident, page)]
    ends = [page.end for page in own if page.end is not None]
    is_over = own and len(ends) == len(own)
    return Judgement(
        incident=incident,
        detected_after=max(min(page.start for page in own) - incident.start, 0) if own else None,
        reset_after=max(max(ends) - incident.end, 0) if is_over else None,
    )


def _touch(incident: Incident, page: FiredAlert) -> bool:
    return page.start <= incident.end and (page.end is None or page.end > incident.start)


def _fired(replay: TierReplay, firing: Firing, budget: float, zone: tzinfo) -> FiredAlert:
    errors = float(replay.errors[np.searchsorted(replay.times, firing.start)])
    begin, end = NIGHT
    hour = datetime.fromtimestamp(firing.start / 1_000, tz=UTC).astimezone(zone).hour
    return FiredAlert(
        start=firing.start / 1_000,
        end=None if firing.end is None else firing.end / 1_000,
        spent=errors / budget if budget > 0 else 0.0,
        is_at_night=replay.tier.alert.urgency == "page" and not end <= hour < begin,
    )


def _near_misses(replay: TierReplay) -> tuple[NearMiss, ...]:
    """Return what nearly fired; what is less than an hour apart is one, and none is near a fire."""
    part = np.nan_to_num(replay.burn / float(replay.tier.threshold))
    near = replay.times[part >= NEAR] / 1_000
    if not len(near):
        return ()
    found = []
    for run in np.split(near, np.flatnonzero(np.diff(near) >= _HOUR) + 1):
        start, end = float(run[0]), float(run[-1])
        inside = (replay.times >= 1_000 * start) & (replay.times <= 1_000 * end)
        if not any(_near(firing, start, end) for firing in replay.firings):
            found.append(NearMiss(start=start, end=end, peak=float(part[inside].max())))
    return tuple(found)


def _near(firing: Firing, start: float, end: float) -> bool:
    after = firing.end is not None and firing.end / 1_000 + _HOUR < start
    return not after and firing.start / 1_000 - _HOUR <= end


def _agreement(replay: TierReplay, recorded: RecordedAlert) -> Agreement:
    """Compare times; what lies apart by more than two evaluations is another time of firing.

    Evaluations that the ruler missed are no time: an alert does not end by them.
    """
    pace = int(replay.times[1] - replay.times[0]) if len(replay.times) > 1 else 0
    at = recorded.elapsed(recorded.times)
    runs = np.split(at, np.flatnonzero(np.diff(at) > 2 * pace) + 1) if len(at) else []
    theirs = [(run[0], run[-1] + pace) for run in runs]
    last = int(replay.times[-1]) + pace if len(replay.times) else 0
    same = 0
    for firing in replay.firings:
        stop = last if firing.end is None else firing.end
        start, end = recorded.elapsed((firing.start, stop))
        match = next(
            (t for t in theirs if abs(t[0] - start) <= pace and abs(t[1] - end) <= pace), None
        )
        if match:
            theirs.remove(match)
            same += 1
    return Agreement(same=same, only_replayed=len(replay.firings) - same, only_recorded=len(theirs))


def _pairs(fired: Sequence[FiredAlert]) -> Iterable[tuple[FiredAlert, FiredAlert]]:
    return itertools.pairwise(fired)
