"""How windows see a change of the error ratio: as luck would have it, or as it would not."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING, Protocol

import attrs

from slogen.plan.hours import FIRST_SECOND, HOUR
from slogen.plan.observation import Observation, Seconds, seconds
from slogen.plan.timing import LONGEST_FAST_WINDOW

if TYPE_CHECKING:
    from slogen.units import Duration


_LEAST_OPEN = Fraction(FIRST_SECOND)
_MOST_OPEN = seconds(HOUR) + FIRST_SECOND
"""How much a long window sees besides its hours: what no hour holds yet."""


def time_above(
    window: Duration, share: Fraction, lived: Seconds | None, observation: Observation
) -> tuple[Seconds, Seconds]:
    """Return when a window is above the limit, which is a share of the new ratio.

    A full window forgets a second for each that it sees. A young one only grows: of the time t it
    must have seen share * (lived + t). Where what was not seen of a window counts as good, a young
    one is no different.
    """

    def of_change(change: _Change) -> Seconds:
        full = change.time_above(share)
        if lived is None or observation.counts_time:
            return full
        return min(full, change.time_above_of_all(share, lived))

    earliest, latest = map(of_change, _changes(window, observation))
    if not observation.steady or window > LONGEST_FAST_WINDOW:
        return earliest, latest
    # The lowest of some evaluations counts, in Prometheus 2 of those at both ends of the range.
    fast, evaluations = observation.fast, observation.steady / observation.fast
    return earliest + (math.ceil(evaluations) - 1) * fast, latest + math.floor(evaluations) * fast


def time_below(
    window: Duration, share: Fraction, observation: Observation
) -> tuple[Seconds, Seconds]:
    """Return when a window that was full of errors is not above the limit any more."""
    earliest, latest = (change.time_below(share) for change in _changes(window, observation))
    return earliest, latest


def _changes(window: Duration, observation: Observation) -> tuple[_Change, _Change]:
    """Return the luckiest and the unluckiest way in which a window sees a change."""
    shortest = longest = seconds(window)
    if window > LONGEST_FAST_WINDOW:
        if observation.hour:
            return _changes_of_hours(shortest, observation.hour)
        # A young window of time is divided by its length, less what an evaluation rounds.
        least = -2 * observation.fast if observation.counts_time else _LEAST_OPEN
        shortest, longest = shortest + least, longest + _MOST_OPEN + observation.slow
    if observation.scrape is None:
        return _changes_of_samples(shortest, longest, observation)
    return _changes_of_counters(shortest, longest, observation, observation.scrape)


def _changes_of_counters(
    shortest: Seconds, longest: Seconds, observation: Observation, scrape: Seconds
) -> tuple[_Change, _Change]:
    """Return how a window sees what counters counted: a sum from one scrape to another.

    It is as many samples long as evaluations fall into it, in Prometheus 2 those at both ends, and
    as many scrapes as fall into that.
    """
    fast = observation.fast
    least, most = math.ceil(shortest / fast) * fast, (longest // fast + 1) * fast
    return (
        _CountedChange(delay=observation.shortest_delay, length=least // scrape * scrape),
        _CountedChange(
            delay=observation.longest_delay + fast,
            length=math.ceil(most / scrape) * scrape,
        ),
    )


def _changes_of_samples(
    shortest: Seconds, longest: Seconds, observation: Observation
) -> tuple[_Change, _Change]:
    """Return how a window sees samples of which each shows a change, or does not."""
    fast = observation.fast
    # A young window that is divided by its length is as long as it says, whatever falls into it.
    least = shortest // fast if observation.counts_time else math.ceil(shortest / fast)
    return (
        _SampledChange(
            delay=observation.shortest_delay, interval=fast, samples=least, is_lucky=True
        ),
        _SampledChange(
            delay=observation.longest_delay + fast,
            interval=fast,
            samples=longest // fast + 1,
            is_lucky=False,
        ),
    )


def _changes_of_hours(window: Seconds, hour: Seconds) -> tuple[_Change, _Change]:
    """Return how a window sees hours, of which each is there when it is over."""
    least, most = math.ceil(window / hour), window // hour + 1
    return (
        _SampledChange(delay=hour, interval=hour, samples=least, is_lucky=True),
        _SampledChange(delay=hour, interval=hour, samples=most, is_lucky=False),
    )


class _Change(Protocol):
    """A change of the error ratio, as a window sees it; all times are seconds after the change."""

    def time_above(self, share: Fraction) -> Seconds:
        """Return when a full window shows more than a share of the change."""
        ...

    def time_below(self, share: Fraction) -> Seconds:
        """Return when a full window shows no more than a share of what was before the change."""
        ...

    def time_above_of_all(self, share: Fraction, lived: Seconds) -> Seconds:
        """Return when all there is, and was for some seconds before, shows more than a share."""
        ...


@attrs.frozen(kw_only=True)
class _CountedChange:
    """A change that a window sees for a second longer with each second that passes.

    Attributes:
        delay: Between a second and its being seen.
        length: Of the window.
    """

    delay: Seconds
    length: Seconds

    def time_above(self, share: Fraction) -> Seconds:
        return self.delay + share * self.length

    def time_below(self, share: Fraction) -> Seconds:
        return self.delay + (1 - share) * self.length

    def time_above_of_all(self, share: Fraction, lived: Seconds) -> Seconds:
        # The first sample shows what was counted since the evaluation before it.
        return self.delay + share * (lived + self.delay) / (1 - share)


@attrs.frozen(kw_only=True)
class _SampledChange:
    """A change that a window sees in one sample more with each interval that passes.

    Attributes:
        delay: Between a change and the first sample that shows it.
        interval: Between two samples.
        samples: How many a window has.
        is_lucky: Whether a window that is on the limit exactly counts as beyond it already. In
            floating-point numbers it may be: three times 0.1 is more than 0.3 there.
    """

    delay: Seconds
    interval: Seconds
    samples: int
    is_lucky: bool

    def time_above(self, share: Fraction) -> Seconds:
        return self._beyond(share * self.samples)

    def time_below(self, share: Fraction) -> Seconds:
        return self._beyond((1 - share) * self.samples)

    def time_above_of_all(self, share: Fraction, lived: Seconds) -> Seconds:
        past = max(lived + self.delay, Fraction(0)) // self.interval
        return self._beyond(share * past / (1 - share))

    def _beyond(self, samples: Fraction) -> Seconds:
        """Return when more samples than so many show the change; the first comes after a delay."""
        further = math.ceil(samples) - 1 if self.is_lucky else math.floor(samples)
        return self.delay + max(further, 0) * self.interval
