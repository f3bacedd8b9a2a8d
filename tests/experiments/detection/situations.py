"""What happens to a service: incidents after a quiet day, and a month in which nothing happens."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from collections.abc import Iterator

STEP = 30
"""Seconds between two scrapes, and between two evaluations."""
HOUR, DAY = 3_600, 86_400
OBJECTIVE = "99.9%"
_BUSY = 10 * STEP
"""Requests of a busy service between two scrapes."""


@attrs.frozen(kw_only=True)
class Situation:
    """Requests and failures of a service over some time.

    Attributes:
        name: What happens, in words.
        objective: That of the SLO.
        begin: Seconds after which an incident begins; none in a month without one.
        end: Seconds after which it ends.
        seconds: How long the situation is.
        requests: The requests up to each scrape.
        failures: Those of them that failed.
    """

    name: str
    objective: str
    begin: int | None
    end: int | None
    seconds: int
    requests: tuple[int, ...]
    failures: tuple[int, ...]


def incident(name: str, ratio: float, seconds: int) -> Situation:
    """Return a day without failures, an incident of some length, and some hours after it."""
    # Between two scrapes, as incidents begin.
    begin = DAY + STEP // 2
    end, last = begin + seconds, begin + seconds + 8 * HOUR
    times = range(0, last + STEP, STEP)
    failing = [max(0, min(time, end) - begin) * ratio * _BUSY / STEP for time in times]
    return Situation(
        name=name,
        objective=OBJECTIVE,
        begin=begin,
        end=end,
        seconds=times[-1],
        requests=tuple(number * _BUSY for number in range(len(times))),
        failures=tuple(map(int, failing)),
    )


def incidents() -> tuple[Situation, ...]:
    """Return the incidents that are compared, of 10 requests a second."""
    return (
        incident("all requests fail for 20 minutes", 1, 20 * 60),
        incident("20 % fail for an hour", 0.2, HOUR),
        incident("1.05 times the page's 1.44 % fail for 4 hours", 1.05 * 0.0144, 4 * HOUR),
    )


def quiet_month(days: int = 30, seed: int = 1) -> Situation:
    """Return a service that keeps its objective of 99 %: 1 % of its requests fail, at random.

    Two requests a minute come by day, six an hour in the eight hours of the night.
    """
    chance = random.Random(seed)  # noqa: S311 - the same month in each run
    requests, failures = [0], [0]
    for time in range(STEP, days * DAY + STEP, STEP):
        expected = STEP * (6 / HOUR if time % DAY < 8 * HOUR else 2 / 60)
        came = _came(chance, expected)
        requests.append(requests[-1] + came)
        failures.append(failures[-1] + sum(chance.random() < 0.01 for _ in range(came)))
    return Situation(
        name=f"{days} days in which 1 % of the requests fail at random",
        objective="99%",
        begin=None,
        end=None,
        seconds=days * DAY,
        requests=tuple(requests),
        failures=tuple(failures),
    )


def _came(chance: random.Random, expected: float) -> int:
    """Return how many requests came, of which so many are expected (a Poisson distribution)."""
    return sum(1 for _ in _arrivals(chance, expected))


def _arrivals(chance: random.Random, expected: float) -> Iterator[float]:
    """Yield when requests come, as parts of the time in which so many are expected."""
    at = chance.expovariate(expected)
    while at < 1:
        yield at
        at += chance.expovariate(expected)
