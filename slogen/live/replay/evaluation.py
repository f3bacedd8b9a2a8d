"""The conditions of burn-rate tiers at each evaluation, from counts and the plan alone.

It computes what the rules of `slogen.compiler.hours`, `budget` and `burn_alerts` do, from the
ratios of `slogen.live.replay.ratios`.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import attrs
import numpy as np

from slogen.live.replay.counts import Counts, Times, Values
from slogen.live.replay.firing import Firing, firings
from slogen.live.replay.ratios import steady_ratio, sums
from slogen.plan import ResolvedTier
from slogen.plan.hours import FIRST_SECOND, HOUR

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from slogen.plan import ResolvedSLO
    from slogen.units import Duration

_HOUR, _RECORDED_AFTER = HOUR.milliseconds, 1_000 * FIRST_SECOND
_HALF_AN_EVENT = 0.5


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
    """

    tier: ResolvedTier
    times: Times
    burn: Values
    errors: Values
    firings: tuple[Firing, ...]


def lead(slo: ResolvedSLO) -> int:
    """Return how many milliseconds before a replay its windows read at most."""
    windows = [tier.long for tier in slo.tiers]
    if not slo.definition.sli.counts_events and any(tier.is_slow for tier in slo.tiers):
        windows.append(slo.period)
    return max((window.milliseconds for window in windows), default=0) + 2 * _HOUR


def replayed(  # noqa: PLR0913 (two may be left out)
    slo: ResolvedSLO,
    counts: Counts,
    start: int,
    end: int,
    *,
    first_hour: int | None = None,
    seen: Times | None = None,
) -> tuple[TierReplay, ...]:
    """Return what each tier of an SLO would have done for a group.

    Args:
        slo: The SLO.
        counts: What the group counted, from `lead` before the start on.
        start: The beginning, in milliseconds since the epoch.
        end: The end.
        first_hour: When the group began, if it did before its counts; None if it began with them.
        seen: The evaluations at which both of two metrics were there, without which nothing fires;
            None if that is not asked.
    """
    group = _Group(counts=counts, first_hour=first_hour, seen=seen)
    return tuple(_of_tier(slo, tier, group, (start, end)) for tier in slo.tiers)


@attrs.frozen(kw_only=True, eq=False)
class _Group:
    """What is known of a group, see `replayed`."""

    counts: Counts
    first_hour: int | None
    seen: Times | None


def _of_tier(
    slo: ResolvedSLO, tier: ResolvedTier, group: _Group, span: tuple[int, int]
) -> TierReplay:
    counts, timing = group.counts, slo.timing
    pace = (timing.slow_interval if tier.is_slow else timing.fast_interval).milliseconds
    phase = int(counts.times[0]) % pace if len(counts.times) else 0
    first = span[0] + (phase - span[0]) % pace
    times: Times = np.arange(first, span[1] + 1, pace, dtype=np.int64)
    errors, _ = sums(slo, counts, times, tier.long)
    age = partial(_age, slo, counts, first_hour=group.first_hour)
    long, short = (steady_ratio(slo, counts, times, w, age) for w in (tier.long, tier.short))
    burn = np.minimum(long, short) / float(slo.budget)
    holds = burn > float(tier.threshold)
    if tier.min_bad_events:
        exact = slo.definition.sli.counts_whole_events
        holds &= errors >= tier.min_bad_events - (0 if exact else _HALF_AN_EVENT)
    read = times if tier.is_slow else _slow_evaluations(slo, times, phase)
    holds &= age(read) >= tier.warm_up.milliseconds
    if group.seen is not None:
        holds &= _is_seen(group.seen, times, timing.fast_interval)
    alert = tier.alert
    delays = (d.milliseconds if d else 0 for d in (alert.for_, alert.keep_firing_for))
    return TierReplay(
        tier=tier,
        times=times,
        burn=burn,
        errors=errors,
        firings=firings(times, holds, *delays),
    )


def _is_seen(seen: Times, times: Times, pace: Duration) -> NDArray[np.bool_]:
    """Return whether both metrics were there at the evaluation at each moment.

    Where they never were before, they may not be stored any more: nobody knows, and it is taken for
    granted.
    """
    if not len(seen):
        return np.ones(len(times), dtype=np.bool_)
    after = np.searchsorted(seen, times - pace.milliseconds, side="right")
    found: NDArray[np.bool_] = np.searchsorted(seen, times, side="right") > after
    found |= times < seen[0]
    return found


def _slow_evaluations(slo: ResolvedSLO, times: Times, phase: int) -> Times:
    """Return the slow group's evaluation before each of the fast group's, which reads its age."""
    pace = slo.timing.slow_interval.milliseconds
    found: Times = (times - 1 - phase) // pace * pace + phase
    return found


def _age(slo: ResolvedSLO, counts: Counts, times: Times, *, first_hour: int | None) -> Times:
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
