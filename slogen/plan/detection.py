"""How soon a burn-rate alert fires once errors begin, and how soon it is over once they end.

All follows from one question: how long does it take until a change of the error ratio has been
seen for so many seconds? A window of 1h is above a ratio once it has seen enough seconds of
errors, and below it again once it has seen enough seconds without. What lies between a change and
its being seen is known but for a few phases, which nobody chooses: when the scrapes and the
evaluations happen. So each answer is a range of times.

Traffic is taken to be constant: in a quiet hour errors weigh less than the answer says, in a busy
one more. ``min_bad_events`` is left out.
"""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import count
from typing import TYPE_CHECKING

import attrs

from slogen.model import TimeSlices
from slogen.plan.timing import LONGEST_FAST_WINDOW
from slogen.units import Duration

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from decimal import Decimal

    from slogen.plan.resolve import ResolvedSLO
    from slogen.plan.tiers import ResolvedTier

_Seconds = Fraction


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


@attrs.frozen(kw_only=True)
class Observation:
    """How soon errors are observed, in seconds.

    Attributes:
        scrape: Between two scrapes; 0 where the base series are given.
        shortest_rise: How long a rate takes to show a new ratio in full, at least.
        longest_rise: The same, at most.
        shortest_lag: How long nothing is seen of a change, at least.
        longest_lag: The same, at most, beside what the scrapes add.
        fast: Between two evaluations of the fast groups.
        slow: Between two evaluations of the slow groups.
        tile: The length of a tile.
        tile_offset: How far tiles lag behind.
    """

    scrape: _Seconds
    shortest_rise: _Seconds
    longest_rise: _Seconds
    shortest_lag: _Seconds
    longest_lag: _Seconds
    fast: _Seconds
    slow: _Seconds
    tile: _Seconds
    tile_offset: _Seconds

    @classmethod
    def of(cls, slo: ResolvedSLO) -> Observation:
        """Return how a real Prometheus observes an SLO."""
        timing, sli = slo.timing, slo.definition.sli
        scrape, base = _seconds(timing.scrape_interval), _seconds(timing.base_range)
        is_smoothed = sli.counts_events or any(query.uses_window for query in sli.queries)
        lag = _seconds(timing.lag)
        # A value judged over the base range turns at once, somewhere on the way.
        turns = base if isinstance(sli, TimeSlices) and is_smoothed else Fraction(0)
        rises = is_smoothed and not turns
        scrapes = base // scrape
        return cls(
            scrape=scrape,
            # Of so many scrapes within the range the increase covers one interval less.
            shortest_rise=(scrapes - 1) * scrape if rises else Fraction(0),
            longest_rise=scrapes * scrape if rises else Fraction(0),
            shortest_lag=lag,
            longest_lag=lag + turns,
            fast=_seconds(timing.fast_interval),
            slow=_seconds(timing.slow_interval),
            tile=_seconds(timing.slow_interval),
            tile_offset=_seconds(timing.tile_offset),
        )

    def evaluated_every(self, pace: Duration) -> Observation:
        """Return the same, all groups being evaluated at one pace."""
        return attrs.evolve(self, fast=_seconds(pace), slow=_seconds(pace))

    def of_base_series(self) -> Observation:
        """Return the same where the base series are given, and not made from scrapes."""
        none = Fraction(0)
        return attrs.evolve(
            self,
            scrape=none,
            shortest_rise=none,
            longest_rise=none,
            shortest_lag=none,
            longest_lag=none,
        )


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
    '66s to 143s'

    Args:
        slo: The SLO.
        tier: One of its tiers.
        ratio: The error ratio from now on; until now there was none.
        age: How long the SLO has existed, with as much traffic as now; None for longer than any
            window.
        observation: How soon errors are observed; as a real Prometheus does unless given.
    """
    observation = observation or Observation.of(slo)
    limit, given = Fraction(tier.threshold * slo.budget), Fraction(ratio)
    if given <= limit:
        return None
    lived = None if age is None else _seconds(age)
    ranges = [
        _time_above(window, limit / given, lived, observation) for window in (tier.long, tier.short)
    ]
    if tier.warm_up and lived is not None:
        missing = _seconds(tier.warm_up) - lived
        ranges.append((missing - observation.tile, missing + observation.tile))
    return _settled(ranges, tier, tier.alert.for_, observation)


def time_to_resolve(
    slo: ResolvedSLO, tier: ResolvedTier, ratio: Decimal, *, observation: Observation | None = None
) -> TimeRange:
    """Return how long a tier's alert goes on firing once a constant error ratio has ended.

    It is the short window that ends it: the long one remembers for longer.

    Args:
        slo: The SLO.
        tier: One of its tiers.
        ratio: The error ratio until now, which has lasted for long enough to make the alert fire;
            from now on there is none.
        observation: How soon errors are observed; as a real Prometheus does unless given.
    """
    observation = observation or Observation.of(slo)
    share = Fraction(tier.threshold * slo.budget) / Fraction(ratio)
    times = _time_below(tier.short, share, observation)
    return _settled([times], tier, tier.alert.keep_firing_for, observation)


def _settled(
    ranges: list[tuple[_Seconds, _Seconds]],
    tier: ResolvedTier,
    delay: Duration | None,
    observation: Observation,
) -> TimeRange:
    """Return when the last condition is met, as the alert's own group sees it, and the delay."""
    interval = observation.slow if tier.is_slow else observation.fast
    # An alert of a slow group sees fast windows only when it is evaluated itself.
    wait = observation.slow if tier.is_slow else Fraction(0)
    kept = math.ceil(_seconds(delay) / interval) * interval
    earliest = max(times[0] for times in ranges) + kept
    latest = max(times[1] for times in ranges) + wait + kept
    # Whole seconds are as much as anybody wants to know.
    return TimeRange(_duration(math.floor(earliest)), _duration(math.ceil(latest)))


def _time_above(
    window: Duration, share: Fraction, lived: _Seconds | None, observation: Observation
) -> tuple[_Seconds, _Seconds]:
    """Return when a window is above the limit, which is a share of the new ratio.

    A full window forgets a second for each that it sees. A young one only grows: of the time t it
    must have seen share * (lived + t).
    """

    def time_above(view: _View) -> _Seconds:
        full = view.time_until(share, view.samples(window))
        return full if lived is None else min(full, view.time_until_of_all(share, lived))

    earliest, latest = map(time_above, _views(window, observation))
    return earliest, latest


def _time_below(
    window: Duration, share: Fraction, observation: Observation
) -> tuple[_Seconds, _Seconds]:
    """Return when a window that was full of errors is not above the limit any more."""
    earliest, latest = (
        view.time_until(1 - share, view.samples(window)) for view in _views(window, observation)
    )
    return earliest, latest


def _views(window: Duration, observation: Observation) -> tuple[_View, _View]:
    """Return the luckiest and the unluckiest way in which a window sees a change."""
    if window > LONGEST_FAST_WINDOW:
        # A tile may show the change as soon as it holds a part of it, and does when all of it is.
        whole = observation.scrape + observation.longest_rise + observation.fast + observation.tile
        return (
            _View(
                interval=observation.slow,
                lag=observation.shortest_lag + observation.tile_offset,
                unseen=observation.tile_offset,
            ),
            _View(
                interval=observation.slow,
                lag=observation.longest_lag + whole + observation.tile_offset,
                late=1,
            ),
        )
    return (
        _View(
            interval=observation.fast, lag=observation.shortest_lag, rise=observation.shortest_rise
        ),
        _View(
            interval=observation.fast,
            lag=observation.longest_lag + observation.scrape,
            rise=observation.longest_rise,
            late=1,
        ),
    )


@attrs.frozen(kw_only=True)
class _View:
    """How the samples of a window show a change, in seconds.

    Attributes:
        interval: Between two samples.
        lag: How long no sample shows anything.
        rise: How long, from then on, until samples show the change in full.
        late: How many samples more than necessary are waited for, and are in the window: an
            evaluation may just have passed, and one that falls on the border of the window counts
            in Prometheus 2.
        unseen: How much less than it has existed for an SLO has been seen.
    """

    interval: _Seconds
    lag: _Seconds
    rise: _Seconds = Fraction(0)
    late: int = 0
    unseen: _Seconds = Fraction(0)

    def samples(self, window: Duration) -> int:
        """Return how many samples a window has."""
        return _seconds(window) // self.interval + self.late

    def time_until(self, share: Fraction, samples: int) -> _Seconds:
        """Return when so many samples show more than a share of the change."""
        return self._time_until(share * samples * self.interval, Fraction(0), samples)

    def time_until_of_all(self, share: Fraction, lived: _Seconds) -> _Seconds:
        """Return when all samples show more than a share of the change.

        Args:
            share: The share.
            lived: For how long there were samples before the change.
        """
        # Unluckily there is a sample at either end, and as many as fit between.
        past = lived + self.lag - self.unseen + 2 * self.late * self.interval
        return self._time_until(share * past, share, None)

    def _time_until(self, needed: _Seconds, growth: Fraction, most: int | None) -> _Seconds:
        """Return when the change has been seen for more than so many seconds.

        Args:
            needed: The seconds when samples begin to show something.
            growth: How many more are needed for each second that passes; less than 1.
            most: How many samples are counted.
        """
        period = self.interval * (1 - growth)
        if not self.rise:
            exact = (needed - self.interval) / period
            # Just enough seconds are enough for an alert that ends, and too few for one that fires.
            samples = max(math.floor(exact) + 1 if self.late else math.ceil(exact), 0)
            return self.lag + (samples + self.late) * self.interval

        def surplus(time: _Seconds, most: int | None = most) -> _Seconds:
            return self._seen(time, most) - growth * time - needed

        # After the rise each interval adds as much as any other: whole ones are skipped.
        skipped = max(math.floor(-surplus(self.rise, None) / period), 0) * self.interval
        return self.lag + _root(surplus, self._bends(skipped)) + self.late * self.interval

    def _seen(self, time: _Seconds, most: int | None) -> _Seconds:
        """Return for how many seconds the change is seen at a time after the lag.

        That is what the last few samples show together, or all of them.
        """
        begun = math.floor(time / self.interval) + 1
        full = max(math.floor((time - self.rise) / self.interval) + 1, 0)
        if most is not None:
            begun, full = min(begun, most), min(full, most)
        rising = sum(time - sample * self.interval for sample in range(full, begun))
        return self.interval * (full + rising / self.rise)

    def _bends(self, start: _Seconds) -> Iterator[_Seconds]:
        """Yield the times from some samples on at which samples begin to show more, or in full."""
        within = self.rise % self.interval
        for sample in count():
            yield start + sample * self.interval
            if within:
                yield start + sample * self.interval + within


def _root(surplus: Callable[[_Seconds], _Seconds], bends: Iterator[_Seconds]) -> _Seconds:
    """Return where a function that is straight between bends, and grows, is 0."""
    before = next(bends)
    missing = surplus(before)
    while missing < 0:
        bend = next(bends)
        value = surplus(bend)
        if value >= 0:
            return before + (bend - before) * -missing / (value - missing)
        before, missing = bend, value
    return before


def _duration(seconds: int) -> Duration:
    return Duration.of_milliseconds(seconds * 1000) if seconds > 0 else Duration.zero()


def _seconds(duration: Duration | None) -> _Seconds:
    return Fraction(duration.milliseconds, 1000) if duration else Fraction(0)
