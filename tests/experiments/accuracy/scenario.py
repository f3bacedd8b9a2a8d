"""Two months of a service: its traffic, its incidents, its pods and when they are scraped.

Times are seconds relative to the end, which is at six in the morning. Nothing here knows of rules.
"""

from __future__ import annotations

from functools import cache
from random import Random
from typing import TYPE_CHECKING

import attrs

from tests.truth.arithmetic import DAY, HOUR, MINUTE
from tests.truth.traffic import Counter, Course

if TYPE_CHECKING:
    from collections.abc import Iterator

SEED = 17
SCRAPE = 30
DAY_RATE, NIGHT_RATE = 200, 2
"""Requests a second: twelve hours of each, the day's first."""

USUAL = (0.0005, 0.0035)
"""The part of all requests that are bad, at least and at most; it is another every 37 minutes."""

IN_AN_INCIDENT = 0.2
"""The part that is bad besides in an incident."""

MISSED = 0.05
"""The part of the scrapes that fail."""

RESET = -14 * DAY + 6 * HOUR + 12 * MINUTE + 11
"""When the counters of the first pod begin at 0 again: five minutes before a moment of the grid."""

REPLACED = -18 * DAY + 6 * HOUR + 15 * MINUTE + 20
"""When a pod takes the place of the second one."""

FIRST_SCRAPE = -60 * DAY - HOUR
"""When the first pod is scraped first, at the earliest."""

_FIRST_DAY = 62
_CHANGES = range(-_FIRST_DAY * DAY, 1, 37 * MINUTE)
"""When another part of the requests is bad."""

_BEFORE = 10_000_000


@attrs.frozen(kw_only=True)
class Happening:
    """Something that is worth a name when a window begins or ends in it."""

    begin: float
    end: float
    name: str


NOON = Happening(
    begin=-9 * DAY + 6 * HOUR + 6 * MINUTE + 40,
    end=-9 * DAY + 6 * HOUR + 52 * MINUTE,
    name="the incident at noon",
)
"""The incident of which the ages of values are measured; none is at noon 1, 3 or 28 days before."""

SILENCES = tuple(
    Happening(begin=begin, end=begin + 25 * MINUTE, name="25 minutes without traffic")
    for begin in (-5 * DAY + 9 * HOUR, -20 * DAY + 21 * HOUR + 5 * MINUTE)
)
"""One by day, one by night."""


@attrs.frozen(kw_only=True)
class Pod:
    """A pod: how late in each half minute it is scraped, and its counters."""

    name: str
    phase: int
    good: Counter
    bad: Counter

    def scrapes(self, begin: int) -> Iterator[int]:
        """Yield the times of the scrapes that succeed, from a time on."""
        numbers = Random(f"{SEED} {self.name}")  # noqa: S311 - the same numbers in each run
        for time in range(FIRST_SCRAPE + self.phase, 1, SCRAPE):
            if numbers.random() >= MISSED and time >= begin:
                yield time


@cache
def incidents() -> tuple[Happening, ...]:
    """Return the incidents: every third night, every fourth noon, and the one at noon."""
    numbers = Random(SEED)  # noqa: S311 - the same numbers in each run
    found = [NOON]
    for name, days, earliest, latest, shortest, longest in (
        ("an incident at night", range(2, _FIRST_DAY, 3), 12, 22, 10, 120),
        ("an incident at noon", range(3, _FIRST_DAY, 4), 5, 7, 5, 45),
    ):
        for day in days:
            begin = -day * DAY + numbers.randrange(earliest * HOUR, latest * HOUR)
            end = begin + numbers.randrange(shortest * MINUTE, longest * MINUTE)
            found.append(Happening(begin=begin, end=end, name=name))
    return tuple(found)


def happenings() -> Iterator[Happening]:
    """Yield all that changes traffic or counters, the beginnings of days and nights among them."""
    yield from incidents()
    yield from SILENCES
    yield Happening(begin=RESET, end=RESET, name="a reset")
    yield Happening(begin=REPLACED, end=REPLACED, name="a pod replaced")
    for time in _CHANGES:
        yield Happening(begin=time, end=time, name="a change of the usual part of bad requests")
    for day in range(-_FIRST_DAY, 1):
        yield Happening(begin=day * DAY, end=day * DAY, name="the beginning of the day's traffic")
        night = day * DAY + 12 * HOUR
        yield Happening(begin=night, end=night, name="the end of the day's traffic")


@cache
def pods(series: int) -> tuple[Pod, ...]:
    """Return the pods that have so many series at a time, an even number, at least four.

    They share the requests evenly. Each is scraped at a phase of its own.
    """
    requests = Course.days(DAY_RATE, NIGHT_RATE)
    for silence in SILENCES:
        requests = requests.during(silence.begin, silence.end, 0)
    bad = _usual(requests)
    for incident in incidents():
        bad = bad.plus(requests.only(incident.begin, incident.end, IN_AN_INCIDENT))
    good = requests.plus(Course(tuple((time, -rate) for time, rate in bad.changes)))
    count = series // 2
    return (
        *(_pod(number, count, good, bad) for number in range(count)),
        _replacement(count, good, bad),
    )


def _usual(requests: Course) -> Course:
    numbers = Random(SEED)  # noqa: S311 - the same numbers in each run
    parts = [numbers.uniform(*USUAL) for _ in _CHANGES]
    inside = (time for time, _ in requests.changes if _CHANGES[0] < time < _CHANGES[-1])
    return Course(
        tuple(
            (time, requests.rate(time) * parts[int(time - _CHANGES[0]) // _CHANGES.step])
            for time in sorted({*_CHANGES, *inside})
        )
    )


def _pod(number: int, count: int, good: Course, bad: Course) -> Pod:
    gone = REPLACED if number == 1 else 1e8
    resets = (RESET,) if number == 0 else ()
    good_part, bad_part = (
        Counter(
            labels=f'pod="{number}",{code}',
            course=_part(whole, count).only(-1e8, gone),
            gone=gone,
            resets=resets,
            # Each pod has its events at times of its own.
            before=_BEFORE + number / count,
        )
        for whole, code in ((good, 'code="200"'), (bad, 'code="503"'))
    )
    return Pod(name=str(number), phase=SCRAPE * number // count, good=good_part, bad=bad_part)


def _replacement(count: int, good: Course, bad: Course) -> Pod:
    good_part, bad_part = (
        Counter(
            labels=f'pod="{count}",{code}',
            course=_part(whole, count).only(REPLACED, 1e8),
            born=REPLACED,
        )
        for whole, code in ((good, 'code="200"'), (bad, 'code="503"'))
    )
    return Pod(name=str(count), phase=SCRAPE // 3, good=good_part, bad=bad_part)


def _part(whole: Course, count: int) -> Course:
    return Course(tuple((time, rate / count) for time, rate in whole.changes))
