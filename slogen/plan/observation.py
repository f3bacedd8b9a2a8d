"""How soon Prometheus observes what happens: scrapes, evaluations, and offsets."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from slogen.plan.resolve import ResolvedSLO
    from slogen.units import Duration

Seconds = Fraction
"""A time in seconds, exactly."""


def seconds(duration: Duration | None) -> Seconds:
    """Return the length of a duration; 0 if there is none."""
    return Fraction(duration.milliseconds, 1000) if duration else Fraction(0)


@attrs.frozen(kw_only=True)
class Observation:
    """How soon Prometheus observes a change of the error ratio, in seconds.

    Attributes:
        scrape: Between two scrapes of counters, of which each sample shows what they counted since
            the sample before; None where a sample shows the new error ratio, or the old one.
        shortest_delay: Between a change and the first evaluation that may see it, at least.
        longest_delay: The same at most, after which each evaluation sees it in full or, of
            counters, all that they counted since.
        fast: Between two evaluations of the fast groups.
        slow: Between two evaluations of the slow groups.
        hour: The length of an hour that is recorded at its end alone, where base series are given
            and not all that no hour holds yet; None where rules see both.
        steady: For how long a ratio over a window of up to 6h has to be high, if at all.
        counts_time: Whether what was not seen of a window counts as good.
    """

    scrape: Seconds | None
    shortest_delay: Seconds
    longest_delay: Seconds
    fast: Seconds
    slow: Seconds
    hour: Seconds | None
    steady: Seconds
    counts_time: bool

    @classmethod
    def of(cls, slo: ResolvedSLO) -> Observation:
        """Return how soon a real Prometheus observes a change."""
        timing, sli = slo.timing, slo.definition.sli
        scrape, moved = seconds(timing.scrape_interval), seconds(timing.query_offset)
        is_counted = sli.counts_events and sli.counts_whole_events
        if is_counted:
            shortest = longest = seconds(timing.lag_of_counters)
        elif not sli.counts_events and all(query.has_offset for query in sli.queries):
            shortest = longest = seconds(timing.lag_of_gauges)
        elif not sli.counts_events:
            shortest = longest = moved
        else:
            shortest, longest = moved, seconds(timing.lag_of_counters)
        is_smoothed = not is_counted and (
            sli.counts_events or any(query.uses_window for query in sli.queries)
        )
        return cls(
            scrape=scrape if is_counted else None,
            shortest_delay=shortest,
            # Somewhere on its way through the range a smoothed value shows the change.
            longest_delay=longest + (seconds(timing.base_range) if is_smoothed else scrape),
            fast=seconds(timing.fast_interval),
            slow=seconds(timing.slow_interval),
            hour=None,
            steady=seconds(timing.steady_range),
            counts_time=not sli.counts_events,
        )

    def of_base_series(self, pace: Duration, hour: Duration | None = None) -> Observation:
        """Return the same where the base series are given, and all groups evaluated at one pace.

        Args:
            pace: The time between two evaluations.
            hour: The length of an hour, where hours are given as well.
        """
        return attrs.evolve(
            self,
            hour=seconds(hour) if hour else None,
            scrape=None,
            shortest_delay=Fraction(0),
            longest_delay=Fraction(0),
            fast=seconds(pace),
            slow=seconds(pace),
        )
