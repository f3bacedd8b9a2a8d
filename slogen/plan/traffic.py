"""Low traffic: when a single bad event would matter, and what waiting for more of them costs.

Events are taken to come at equal distances, as many in each hour. A window then holds a few of
them, one more or one less, and an alert can only begin to fire when a bad event is seen. The
answers are ranges, because nobody chooses when within that distance an outage begins.

Source: Google's SRE Workbook, chapter 5, "Low-Traffic Services and Error Budget Alerting".
"""

from __future__ import annotations

import math
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING

import attrs

from slogen.plan.changes import time_above
from slogen.plan.detection import TimeRange, settled
from slogen.plan.hours import HOUR
from slogen.plan.observation import Observation, Seconds, seconds
from slogen.plan.timing import LONGEST_FAST_WINDOW
from slogen.units import Duration

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from decimal import Decimal

    from slogen.plan.resolve import ResolvedSLO
    from slogen.plan.tiers import ResolvedTier

Traffic = Fraction
"""Events an hour, of an SLO or of one of its groups."""
_PERIODS = ((1, "an hour"), (24, "a day"), (24 * 30, "in 30 days"))
"""Hours, and how a number of events in so many of them is said."""


def traffic_of_one_error(slo: ResolvedSLO, tier: ResolvedTier) -> Traffic:
    """Return below how many events an hour one bad event is a burn rate above a tier's.

    A single bad event of n is an error ratio of 1/n. It exceeds the tier's burn rate times the
    budget while fewer than 1 / (burn rate x budget) events fall into the long window.

    >>> from slogen import SLO, Events, Service, Settings
    >>> from slogen.plan import resolve
    >>> sli = Events(total="requests_total", bad="failures_total")
    >>> slo = SLO(service=Service("shop"), name="a", objective="99.9%", window="30d", sli=sli)
    >>> (plan,) = resolve(slo, Settings())
    >>> round(float(traffic_of_one_error(plan, plan.tiers[0])), 1)
    69.4
    """
    return seconds(HOUR) / (_limit(slo, tier) * seconds(tier.long))


def least_traffic(tier: ResolvedTier) -> Traffic:
    """Return up to how many events an hour a total outage does not make a tier's alert fire.

    Its long window must hold ``min_bad_events``, which are one distance between events fewer.
    """
    return (_least(tier) - 1) * seconds(HOUR) / seconds(tier.long)


def period_of(traffic: Traffic) -> tuple[int, str]:
    """Return the shortest period that has an event, in hours and in words.

    >>> period_of(Fraction(3)), period_of(Fraction(1, 8))
    ((1, 'an hour'), (24, 'a day'))
    """
    return next((p for p in _PERIODS if traffic * p[0] >= 1), _PERIODS[-1])


def time_to_alert(
    slo: ResolvedSLO, tiers: Iterable[ResolvedTier], traffic: Decimal | Traffic
) -> TimeRange | None:
    """Return how long a total outage lasts before the first of some alerts fires.

    >>> from slogen import SLO, Events, Service, Settings
    >>> from slogen.plan import resolve
    >>> sli = Events(total="requests_total", bad="failures_total")
    >>> slo = SLO(service=Service("shop"), name="a", objective="99.9%", window="30d", sli=sli)
    >>> (plan,) = resolve(slo, Settings())
    >>> str(time_to_alert(plan, plan.tiers, Fraction(60)))
    '135s to 255s'

    Args:
        slo: An SLO that counts events, and has existed for longer than any of its windows.
        tiers: Those of its tiers that matter.
        traffic: Events an hour, all of them bad from now on, and none until now; above 0.

    Returns:
        The range; None where it depends on luck whether one of the alerts fires, or none does.
    """
    observation, distance = Observation.of(slo), seconds(HOUR) / Fraction(traffic)
    answers = [_times(_Condition.of(slo, tier), observation, distance) for tier in tiers]
    sure = [times.latest for times, is_sure in answers if times and is_sure]
    if not sure:
        return None
    return TimeRange(min(times.earliest for times, _ in answers if times), min(sure))


def _limit(slo: ResolvedSLO, tier: ResolvedTier) -> Fraction:
    """Return the error ratio that a tier's windows have to exceed."""
    return Fraction(tier.threshold * slo.budget)


def _least(tier: ResolvedTier) -> int:
    return tier.min_bad_events or 1


@attrs.frozen(kw_only=True)
class _Condition:
    """What of a tier decides when its alert fires; tiers of many SLOs have it in common.

    Attributes:
        limit: The error ratio that both windows have to exceed.
        least: How many bad events the long window must hold.
    """

    long: Duration
    short: Duration
    limit: Fraction
    least: int
    for_: Duration | None
    is_slow: bool

    @classmethod
    def of(cls, slo: ResolvedSLO, tier: ResolvedTier) -> _Condition:
        """Return the condition of an SLO's tier."""
        return cls(
            long=tier.long,
            short=tier.short,
            limit=_limit(slo, tier),
            least=_least(tier),
            for_=tier.alert.for_,
            is_slow=tier.is_slow,
        )


@lru_cache(maxsize=1024)
def _times(
    condition: _Condition, observation: Observation, distance: Seconds
) -> tuple[TimeRange | None, bool]:
    """Return when an alert may fire, if it may at all, and whether it is sure to.

    Args:
        condition: When it fires.
        observation: How soon bad events are observed.
        distance: Between two events of a total outage, in seconds.
    """
    outage = _Outage(condition, observation, distance)
    return outage.time_to_fire if outage.is_possible else None, outage.is_sure


@attrs.frozen
class _Outage:
    """A total outage, as a tier sees it.

    Attributes:
        distance: Between two events, in seconds.
    """

    condition: _Condition
    observation: Observation
    distance: Seconds

    @property
    def is_possible(self) -> bool:
        """Whether the alert may fire if events, scrapes and evaluations fall well."""
        return self._holds(self._longest)

    @property
    def is_sure(self) -> bool:
        """Whether the alert fires however they fall."""
        return self._holds(self._shortest)

    def _holds(self, length: Callable[[Duration], Seconds]) -> bool:
        """Tell whether both windows hold enough bad events for as long as the alert waits."""
        condition, observation = self.condition, self.observation
        interval = observation.slow if condition.is_slow else observation.fast
        waits = math.ceil(seconds(condition.for_) / interval) * interval
        windows = (condition.long, condition.least), (condition.short, 1)
        held = min(self._held(length(window), least) for window, least in windows)
        return held > 0 and held >= waits

    def _held(self, length: Seconds, least: int) -> Seconds | float:
        """Return for how long a window holds so many events, from when the last of them is seen."""
        if least * self.distance <= length:
            return math.inf
        return length - (least - 1) * self.distance

    def _shortest(self, window: Duration) -> Seconds:
        return seconds(window) - self._phases

    def _longest(self, window: Duration) -> Seconds:
        """Return the length of a window; one of hours sees what no hour holds yet as well."""
        is_of_hours = window > LONGEST_FAST_WINDOW
        open_ = seconds(HOUR) + self.observation.slow if is_of_hours else Fraction(0)
        return seconds(window) + self._phases + open_

    @property
    def _phases(self) -> Seconds:
        """How much nearer or farther two events may seem to be, by scrapes and evaluations."""
        observation = self.observation
        return observation.longest_delay - observation.shortest_delay + 2 * observation.fast

    @property
    def time_to_fire(self) -> TimeRange:
        """When the alert fires, if it does."""
        condition, observation = self.condition, self.observation
        # What a window must see of an outage is a number of events: one more or less, or a part.
        unknown = (1 + condition.limit) * self.distance
        ranges = [self._nth_event_seen(condition.least)]
        for window in (condition.long, condition.short):
            earliest, latest = time_above(window, condition.limit, None, observation)
            ranges.append((earliest - unknown, latest + unknown))
        return settled(ranges, condition.for_, observation, is_slow=condition.is_slow)

    def _nth_event_seen(self, number: int) -> tuple[Seconds, Seconds]:
        """Return when an event of the outage is recorded; the first may come at once."""
        first, last = (number - 1) * self.distance, number * self.distance
        longest = self.observation.longest_delay + self.observation.fast
        return first + self.observation.shortest_delay, last + longest
