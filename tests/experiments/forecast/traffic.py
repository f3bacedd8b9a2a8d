"""Traffic whose hours are known to the end, so that a forecast can be held against what came."""

from __future__ import annotations

import math
import random
from collections.abc import Callable

import attrs

DAY_HOURS, WEEK = 24, 7
_EVENTS = 10_000.0
_RATIO = 0.001
_NORMAL_FROM = 200


@attrs.frozen(kw_only=True)
class Hour:
    """An hour that traffic is made for.

    Attributes:
        number: Its number from the first one on.
        end: The number of the hour at which forecasts are made.
    """

    number: int
    end: int

    @property
    def day(self) -> int:
        """The number of its day."""
        return self.number // DAY_HOURS

    @property
    def clock(self) -> int:
        """The hour of its day."""
        return self.number % DAY_HOURS

    @property
    def days_before_end(self) -> float:
        """How many days before the forecast it is; below 0 after it."""
        return (self.end - self.number) / DAY_HOURS


Rate = Callable[[Hour], float]


@attrs.frozen(kw_only=True)
class Incidents:
    """Times at which more fails, at random.

    Attributes:
        every: How many days apart they are on average.
        ratio: Between which error ratios they are.
        hours: Between how many hours they last.
    """

    every: float
    ratio: tuple[float, float]
    hours: tuple[float, float]

    def ratios(self, chance: random.Random, hours: int) -> list[float]:
        """Return the error ratio that they add to each hour."""
        found, at = [0.0] * hours, chance.expovariate(1 / self.every)
        while at * DAY_HOURS < hours:
            begin = int(at * DAY_HOURS)
            length = max(round(_between(chance, self.hours)), 1)
            ratio = _between(chance, self.ratio)
            for hour in range(begin, min(begin + length, hours)):
                found[hour] = max(found[hour], ratio)
            at += chance.expovariate(1 / self.every)
        return found


def seasonal(hour: Hour) -> float:
    """Return traffic with days and nights, and weekends of half as much."""
    wave = 1 + 0.8 * math.sin((hour.clock - 9) / DAY_HOURS * 2 * math.pi)
    return _EVENTS * wave * (0.5 if hour.day % WEEK >= 5 else 1.0)


def _usual(_: Hour) -> float:
    return _RATIO


def _is_work(hour: Hour) -> bool:
    return hour.day % WEEK < 5 and 8 <= hour.clock < 18


@attrs.frozen(kw_only=True)
class Kind:
    """A kind of traffic.

    Attributes:
        name: What it is called.
        events: How many events an hour has, on average.
        ratio: Which part of them fails, on average.
        incidents: What fails besides.
    """

    name: str
    events: Rate = seasonal
    ratio: Rate = _usual
    incidents: Incidents | None = None

    def hours(self, seed: int, days: int, end: int) -> tuple[list[float], list[float]]:
        """Return the events and the bad events of each hour, the same in each run.

        Args:
            seed: Which of many histories.
            days: How many days it has.
            end: After how many days forecasts are made.
        """
        chance = random.Random(f"{self.name} {seed}")  # noqa: S311 (numbers, the same in each run)
        count = days * DAY_HOURS
        more = self.incidents.ratios(chance, count) if self.incidents else [0.0] * count
        events, errors = [], []
        for number, added in enumerate(more):
            hour = Hour(number=number, end=end * DAY_HOURS)
            all_ = poisson(chance, self.events(hour))
            events.append(float(all_))
            errors.append(float(min(poisson(chance, all_ * (self.ratio(hour) + added)), all_)))
        return events, errors


def poisson(chance: random.Random, mean: float) -> int:
    """Return a number of events that come by chance."""
    if mean > _NORMAL_FROM:
        return max(round(chance.gauss(mean, math.sqrt(mean))), 0)
    limit, product, count = math.exp(-mean), chance.random(), 0
    while product > limit:
        product *= chance.random()
        count += 1
    return count


def _between(chance: random.Random, ends: tuple[float, float]) -> float:
    """Return a number between two, of which each doubling is as likely."""
    return math.exp(chance.uniform(*map(math.log, ends)))


CALM = (
    Kind(name="steady", events=lambda _: _EVENTS),
    Kind(name="days, nights and weekends"),
    Kind(
        name="no traffic at night", events=lambda hour: seasonal(hour) if hour.clock >= 6 else 0.0
    ),
    Kind(name="office hours alone", events=lambda hour: _EVENTS if _is_work(hour) else 0.0),
    Kind(name="grows by 2 % a week", events=lambda hour: seasonal(hour) * 1.02 ** (hour.day / 7)),
    Kind(
        name="doubled 10 days ago",
        events=lambda hour: seasonal(hour) * (2 if hour.days_before_end <= 10 else 1),
    ),
    Kind(
        name="doubled 2 days ago",
        events=lambda hour: seasonal(hour) * (2 if hour.days_before_end <= 2 else 1),
    ),
    Kind(
        name="fails more when busy",
        ratio=lambda hour: _RATIO * (0.3 + 1.4 * (seasonal(hour) / _EVENTS) ** 2),
    ),
    Kind(
        name="fails 3 times as often since 14 days",
        ratio=lambda hour: _RATIO * (3 if hour.days_before_end <= 14 else 1),
    ),
    Kind(
        name="fails less and less",
        ratio=lambda hour: _RATIO * 0.5 ** (hour.day / 45),
    ),
)
"""Traffic without incidents."""
ODD = (
    Kind(
        name="20 requests an hour", events=lambda hour: seasonal(hour) / 500, ratio=lambda _: 0.02
    ),
    Kind(
        name="an hour more in summer",
        events=lambda hour: seasonal(
            hour if hour.days_before_end > 20 else attrs.evolve(hour, number=hour.number + 1)
        ),
    ),
    Kind(
        name="fails in waves of 4 months",
        ratio=lambda hour: _RATIO * math.exp(0.5 * math.sin(hour.day / 20)),
    ),
    Kind(
        name="an incident in 3 weeks",
        incidents=Incidents(every=21, ratio=(0.01, 0.3), hours=(1, 8)),
    ),
    Kind(name="an incident a week", incidents=Incidents(every=7, ratio=(0.01, 0.3), hours=(1, 8))),
    Kind(
        name="3 incidents a week", incidents=Incidents(every=7 / 3, ratio=(0.01, 0.1), hours=(1, 6))
    ),
    Kind(
        name="incidents of 1 to 3 days",
        incidents=Incidents(every=14, ratio=(0.005, 0.02), hours=(24, 72)),
    ),
)
"""Traffic whose errors nobody can know before: the band has to hold."""
