"""How soon a burn-rate alert fires once errors begin, and how soon it is over once they end.

All follows from one question: how long does it take until a change of the error ratio has been
seen for so many seconds? A window of 1h is above a ratio once it has seen enough seconds of
errors, and below it again once it has seen enough seconds without. What lies between a change and
its being seen is known but for a few phases, which nobody chooses: when the scrapes and the
evaluations happen. So each answer is a range of times.

Traffic is taken to be constant: in a quiet hour errors weigh less than the answer says, in a busy
one more. ``min_bad_events`` is left out: `slogen.plan.traffic` is about it.
"""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING

import attrs

from slogen.plan.changes import time_above, time_below
from slogen.plan.observation import Observation, Seconds, seconds
from slogen.plan.timing import LONGEST_FAST_WINDOW
from slogen.units import Duration

if TYPE_CHECKING:
    from decimal import Decimal

    from slogen.plan.resolve import ResolvedSLO
    from slogen.plan.tiers import ResolvedTier


@attrs.frozen
class TimeRange:
    """A length of time that is known but for what nobody chooses.

    Attributes:
        earliest: No sooner than that.
        latest: No later than that.
    """

    earliest: Duration
    latest: Duration

    def __str__(self) -> str:
        return f"{self.earliest} to {self.latest}"

    def later(self, by: Duration) -> TimeRange:
        """Return the same later by a length of time."""
        return TimeRange(self.earliest + by, self.latest + by)


@attrs.frozen(kw_only=True)
class Burn:
    """What a burn-rate alert asks for.

    Attributes:
        limit: The error ratio that both windows have to exceed.
        long: The window that decides whether it matters.
        short: The window that decides whether it is still going on.
        for_: How long both have to exceed it; None for not at all.
    """

    limit: Fraction
    long: Duration
    short: Duration
    for_: Duration | None


def time_to_fire(
    slo: ResolvedSLO,
    tier: ResolvedTier,
    ratio: Decimal,
    *,
    age: Duration | None = None,
    observation: Observation | None = None,
) -> TimeRange | None:
    """Return how long a constant error ratio lasts before a tier's alert fires; None for ever.

    >>> from slogen import SLO, Events, Service, Settings
    >>> from decimal import Decimal
    >>> from slogen.plan import resolve
    >>> sli = Events(total="requests_total", bad="failures_total")
    >>> slo = SLO(service=Service("shop"), name="a", objective="99.9%", window="30d", sli=sli)
    >>> (plan,) = resolve(slo, Settings())
    >>> str(time_to_fire(plan, plan.tiers[0], Decimal(1)))
    '66s to 128s'

    Args:
        slo: The SLO.
        tier: One of its tiers.
        ratio: The error ratio from now on; until now there was none.
        age: How long the SLO has existed, with as much traffic as now; None for longer than any
            window.
        observation: How soon errors are observed; as a real Prometheus does unless given.
    """
    observation = observation or Observation.of(slo)
    burn = Burn(
        limit=Fraction(tier.threshold * slo.budget),
        long=tier.long,
        short=tier.short,
        for_=tier.alert.for_,
    )
    if age is None:
        return fires_after(burn, ratio, observation)
    young = _old_enough(tier, seconds(age), observation)
    return fires_after(burn, ratio, observation, lived=seconds(age), old_enough=young)


def fires_after(
    burn: Burn,
    ratio: Decimal,
    observation: Observation,
    *,
    lived: Seconds | None = None,
    old_enough: tuple[Seconds, Seconds] | None = None,
) -> TimeRange | None:
    """Return how long a constant error ratio lasts before both windows show it; None for ever.

    Args:
        burn: What the alert asks for.
        ratio: The error ratio from now on; until now there was none.
        observation: How soon errors are observed.
        lived: How long there has been as much traffic as now; None for longer than any window.
        old_enough: When the alert may fire at all, if it waits for its SLO to be older.
    """
    limit, given = burn.limit, Fraction(ratio)
    if given <= limit:
        return None
    ranges = [
        time_above(window, limit / given, lived, observation) for window in (burn.long, burn.short)
    ]
    if old_enough is not None:
        ranges.append(old_enough)
    return settled(ranges, burn.for_, observation, is_slow=burn.long > LONGEST_FAST_WINDOW)


def time_to_resolve(
    slo: ResolvedSLO, tier: ResolvedTier, ratio: Decimal, *, observation: Observation | None = None
) -> TimeRange:
    """Return how long a tier's alert goes on firing once a constant error ratio has ended.

    It is the short window that ends it: the long one remembers for longer.

    Args:
        slo: The SLO.
        tier: One of its tiers.
        ratio: The error ratio until now, which has lasted for as long as the alert may need to
            fire; from now on there is none. Where the long window is one of hours, whose beginning
            moves from hour to hour, an alert that has just begun to fire may be over sooner.
        observation: How soon errors are observed; as a real Prometheus does unless given.
    """
    observation = observation or Observation.of(slo)
    share = Fraction(tier.threshold * slo.budget) / Fraction(ratio)
    times = time_below(tier.short, share, observation)
    return settled([times], tier.alert.keep_firing_for, observation, is_slow=tier.is_slow)


def _old_enough(
    tier: ResolvedTier, lived: Seconds, observation: Observation
) -> tuple[Seconds, Seconds]:
    """Return when a group has existed for long enough, as the newest record of its age says.

    It is counted from the evaluation before the first one. One that is on the limit may miss it
    by a rounding error, and the next record does not.
    """
    missing, fast = seconds(tier.warm_up) - lived, observation.fast
    return missing - fast, missing + 2 * fast + 2 * observation.slow


def settled(
    ranges: list[tuple[Seconds, Seconds]],
    delay: Duration | None,
    observation: Observation,
    *,
    is_slow: bool,
) -> TimeRange:
    """Return when the last condition is met, as the alert's own group sees it, and the delay.

    Args:
        ranges: When each condition is met, at the earliest and at the latest.
        delay: How long all of them must hold.
        observation: How soon changes are observed.
        is_slow: Whether the alert stands in a slow group.
    """
    interval = observation.slow if is_slow else observation.fast
    # An alert of a slow group sees fast windows only when it is evaluated itself.
    wait = observation.slow if is_slow else Fraction(0)
    kept = math.ceil(seconds(delay) / interval) * interval
    earliest = max(times[0] for times in ranges) + kept
    latest = max(times[1] for times in ranges) + wait + kept
    # Whole seconds are as much as anybody wants to know.
    return TimeRange(_duration(math.floor(earliest)), _duration(math.ceil(latest)))


def _duration(seconds: int) -> Duration:
    return Duration.of_milliseconds(seconds * 1000) if seconds > 0 else Duration.zero()
