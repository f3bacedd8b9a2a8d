"""The conditions of burn-rate tiers at each evaluation, from counts and the plan alone.

It computes what the rules of `slogen.compiler.windows`, `hours`, `budget` and `burn_alerts` do:
windows up to 6h sum base series, longer ones begin at the border of an hour.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs
import numpy as np

from slogen.errors import InvalidValue
from slogen.live.replay.counts import Counts, Times, Values
from slogen.live.replay.firing import Firing, firings
from slogen.model import Events
from slogen.plan import ResolvedTier
from slogen.plan.hours import FIRST_SECOND, HOUR
from slogen.plan.timing import LONGEST_FAST_WINDOW

if TYPE_CHECKING:
    from slogen.plan import ResolvedSLO
    from slogen.units import Duration

_HOUR, _RECORDED_AFTER = HOUR.milliseconds, 1_000 * FIRST_SECOND
_HALF_AN_EVENT = 0.5
_ALLOWED = "SLIs that count events, with bad events, or good ones that are a part of the total"


def check_replayable(slo: ResolvedSLO) -> None:
    """Refuse an SLO whose rules know more than counts of events.

    Raises:
        InvalidValue: If it counts time, or subtracts one metric from another.
    """
    sli = slo.definition.sli
    if not sli.counts_events or sli.is_difference:
        found = f"{sli.kind} of {slo.definition.id}"
        remedy = "choose the SLOs that count events by --slo"
        raise InvalidValue(
            "the SLI of a backtest", found, _ALLOWED, remedy=remedy, origin=slo.definition.origin
        )


@attrs.frozen(kw_only=True, eq=False)
class TierReplay:
    """What a tier would have done.

    Attributes:
        tier: The tier.
        times: Its evaluations, in milliseconds since the epoch.
        burn: The lower of the burn rates of its two windows at each of them; NaN where one had no
            events.
        errors: How many bad events its long window held.
        firings: When it would have fired.
        counts: What was counted.
        pace: How often the rules count, in milliseconds.
    """

    tier: ResolvedTier
    times: Times
    burn: Values
    errors: Values
    firings: tuple[Firing, ...]
    counts: Counts
    pace: int

    def elapsed(self, moments: Times) -> Values:
        """Return a time for each moment, in which a gap of counts takes as long as one evaluation.

        Before the first count and after the last one it goes on as fast as time does.
        """
        known = self.counts.times
        if not len(known):
            return moments.astype(np.float64)
        counted: Values = np.minimum(np.diff(known), self.pace).cumsum()
        inside = np.interp(moments, known, np.concatenate([[0.0], counted]))
        before, after = np.minimum(moments - known[0], 0), np.maximum(moments - known[-1], 0)
        found: Values = inside + before + after
        return found


def lead(slo: ResolvedSLO) -> int:
    """Return how many milliseconds before a replay its windows read at most."""
    longest = max((tier.long.milliseconds for tier in slo.tiers), default=0)
    return longest + 2 * _HOUR


def replayed(
    slo: ResolvedSLO, counts: Counts, start: int, end: int, first_hour: int | None = None
) -> tuple[TierReplay, ...]:
    """Return what each tier of an SLO would have done for a group.

    Args:
        slo: The SLO.
        counts: What the group counted, from `lead` before the start on.
        start: The beginning, in milliseconds since the epoch.
        end: The end.
        first_hour: When the group began, if it did before its counts; None if it began with them.
    """
    return tuple(_of_tier(slo, tier, counts, (start, end), first_hour) for tier in slo.tiers)


def _of_tier(
    slo: ResolvedSLO,
    tier: ResolvedTier,
    counts: Counts,
    span: tuple[int, int],
    first_hour: int | None,
) -> TierReplay:
    timing = slo.timing
    pace = (timing.slow_interval if tier.is_slow else timing.fast_interval).milliseconds
    phase = int(counts.times[0]) % pace if len(counts.times) else 0
    first = span[0] + (phase - span[0]) % pace
    times: Times = np.arange(first, span[1] + 1, pace, dtype=np.int64)
    errors, long = _window(slo, counts, times, tier.long)
    _, short = _window(slo, counts, times, tier.short)
    burn = np.minimum(long, short) / float(slo.budget)
    holds = burn > float(tier.threshold)
    if tier.min_bad_events:
        exact = slo.definition.sli.counts_whole_events
        holds &= errors >= tier.min_bad_events - (0 if exact else _HALF_AN_EVENT)
    read = times if tier.is_slow else _slow_evaluations(slo, times, phase)
    holds &= _age(slo, counts, read, first_hour) >= tier.warm_up.milliseconds
    alert = tier.alert
    delays = (d.milliseconds if d else 0 for d in (alert.for_, alert.keep_firing_for))
    return TierReplay(
        tier=tier,
        times=times,
        burn=burn,
        errors=errors,
        firings=firings(times, holds, *delays),
        counts=counts,
        pace=timing.fast_interval.milliseconds,
    )


def _window(
    slo: ResolvedSLO, counts: Counts, times: Times, window: Duration
) -> tuple[Values, Values]:
    """Return the bad events of a window at each moment, and its error ratio; NaN without events."""
    since = times - window.milliseconds
    if window > LONGEST_FAST_WINDOW:
        since = _borders(slo, since)
    errors, events = counts.sums(since, times)
    sli = slo.definition.sli
    ratio = np.full(len(times), np.nan)
    np.divide(errors, events, out=ratio, where=events > 0)
    ratio = np.clip(ratio, 0, 1)
    if isinstance(sli, Events) and sli.bad is not None and not sli.is_part:
        ratio = np.where((errors > 0) & ~(events > 0), 1.0, ratio)
    return errors, ratio


def _borders(slo: ResolvedSLO, since: Times) -> Times:
    """Return the moment before the first hour that was recorded after each moment.

    An hour is recorded by the first evaluation of the slow group from four minutes after it on.
    A sample on the border belongs to the hour that begins.
    """
    phase = since % slo.timing.slow_interval.milliseconds
    found: Times = (since - _RECORDED_AFTER - phase) // _HOUR * _HOUR - 1
    return found


def _slow_evaluations(slo: ResolvedSLO, times: Times, phase: int) -> Times:
    """Return the slow group's evaluation before each of the fast group's, which reads its age."""
    pace = slo.timing.slow_interval.milliseconds
    found: Times = (times - 1 - phase) // pace * pace + phase
    return found


def _age(slo: ResolvedSLO, counts: Counts, times: Times, first_hour: int | None) -> Times:
    """Return for how long a group has existed, in milliseconds, as the rules see it.

    Until its first hour is recorded its evaluations count.
    """
    if first_hour is not None:
        return times - first_hour
    pace = slo.timing.fast_interval.milliseconds
    evaluated = counts.evaluations(times) * pace
    if not len(counts.times):
        return evaluated
    end = (int(counts.times[0]) // _HOUR + 1) * _HOUR
    of_hour = int(counts.evaluations(np.array([end - 1], dtype=np.int64))[0]) * pace
    began = end - min(of_hour, _HOUR)
    found: Times = np.where(times >= end + _RECORDED_AFTER, times - began, evaluated)
    return found
