"""Random histories of counters, and what they counted: slogen's rules play no part in it.

Time is in whole seconds from the start of a promtool test.
"""

from __future__ import annotations

import random
from collections.abc import Collection, Mapping
from itertools import pairwise

import attrs
from hypothesis import strategies as st

FAST_INTERVAL = 30
OFFSET = 15
LONGEST_GAP = 600
"""What slogen promises with no setting changed, in seconds."""

LENGTH = 2400
"""How long a history is: longer than the longest gap, with time before and after it."""

_RESET_SHOWS_BELOW = 0.875
_LOOKS_BACK = 3
_BEFORE = range(3_000, 9_000)
"""What a counter may have counted before it was first scraped."""


@attrs.frozen
class Scrape:
    """What a scrape saw: when, what the counter had counted, and how often it had been reset."""

    time: int
    value: int
    life: int


Counter = tuple[Scrape, ...]


@attrs.frozen(kw_only=True)
class Pod:
    """A target: what scrapes saw of its counters, by their names, and when its series end."""

    counters: Mapping[str, Counter]
    end: int

    def sum_of(self, names: Collection[str]) -> Counter:
        """Return the counter that counts what some counters count together."""
        together = zip(*(self.counters[name] for name in names), strict=True)
        return tuple(
            Scrape(scrapes[0].time, sum(scrape.value for scrape in scrapes), scrapes[0].life)
            for scrapes in together
        )


@attrs.frozen(kw_only=True)
class Course:
    """How a target is scraped, and what happens to it.

    Attributes:
        interval: Seconds between scrapes.
        phase: When the first scrape is.
        missed: The numbers of scrapes that fail.
        gap: From when on no scrape succeeds, and for how many seconds.
        resets: When the counters begin at 0 again, unless that would not show.
        start: When the target comes.
        end: When it goes.
        seed: What the events follow from.
    """

    interval: int
    phase: int
    missed: frozenset[int]
    gap: tuple[int, int]
    resets: tuple[int, ...]
    start: int
    end: int
    seed: int

    def scrapes(self) -> list[int]:
        """Return when scrapes succeed, as long as they are no further apart than is promised."""
        begin, seconds = self.gap
        seconds = min(seconds, LONGEST_GAP - self.interval + 1)
        times = [
            time
            for number, time in enumerate(range(self.phase, LENGTH, self.interval))
            if self.start <= time < self.end
            and number not in self.missed
            and not begin <= time < begin + seconds
        ]
        too_far = (n for n, (a, b) in enumerate(pairwise(times), 1) if b - a > LONGEST_GAP)
        return times[: next(too_far, len(times))]


def courses(*intervals: int, resets: bool = True) -> st.SearchStrategy[Course]:
    """Return courses with scrapes at some of the intervals."""
    moments = st.integers(0, LENGTH)

    def scraped_every(interval: int) -> st.SearchStrategy[Course]:
        return st.builds(
            Course,
            interval=st.just(interval),
            phase=st.integers(0, interval - 1),
            missed=st.frozensets(st.integers(0, LENGTH // interval), max_size=8),
            gap=st.tuples(moments, st.sampled_from((0, 45, 150, 400, LONGEST_GAP))),
            resets=st.lists(moments, max_size=2 if resets else 0).map(sorted).map(tuple),
            start=st.sampled_from((0, 0, 0, 400, 1100)),
            end=st.sampled_from((LENGTH, LENGTH, LENGTH, 1500, 900)),
            seed=st.integers(0, 2**16),
        )

    return st.sampled_from(intervals).flatmap(scraped_every)


def pod(course: Course, names: Collection[str], late: Collection[str] = ()) -> Pod:
    """Return the target of a course.

    Args:
        course: What happens to it.
        names: Its counters.
        late: Those of them that are exposed from their first event on, which may be late.
    """
    chance = random.Random(course.seed)  # noqa: S311 (the same each time is the point)
    rates = {name: chance.choice((0.02, 0.3, 3, 30)) for name in names}
    born = {name: chance.choice((0, LENGTH // 3)) if name in late else 0 for name in names}
    values = {name: 0 if born[name] else chance.choice(_BEFORE) for name in names}
    seen: dict[str, list[Scrape]] = {name: [] for name in names}
    life = previous = 0
    resets = list(course.resets)
    for time in course.scrapes():
        counted = {
            name: int((time - previous) * rate * chance.uniform(0, 2)) if time >= born[name] else 0
            for name, rate in rates.items()
        }
        due = len(resets)
        resets = [reset for reset in resets if reset > time]
        if len(resets) < due and all(_shows(counted[name], seen[name]) for name in names):
            values, life = dict.fromkeys(names, 0), life + 1
        for name in names:
            values[name] += counted[name]
            if time >= born[name]:
                seen[name].append(Scrape(time, values[name], life))
        previous = time
    return Pod(counters={name: tuple(scrapes) for name, scrapes in seen.items()}, end=course.end)


def _shows(counted: int, seen: list[Scrape]) -> bool:
    """Tell whether a reset shows: the counter is then below 7/8 of what it was."""
    least = min((scrape.value for scrape in seen[-_LOOKS_BACK:]), default=0)
    return counted < _RESET_SHOWS_BELOW * least or not seen


def counted(counter: Counter, since: int, until: int) -> int:
    """Return what a counter counted by what scrapes of a stretch of time say.

    What it counted between two scrapes belongs to the later one. What a counter had counted when
    it was first seen counts for nothing: nobody knows when that was.
    """
    if not counter:
        return 0
    since = max(since, newest_scrape(first_evaluation(counter)))
    return sum(
        after.value - before.value if after.life == before.life else after.value
        for before, after in pairwise(counter)
        if since < after.time <= until
    )


def newest_scrape(evaluation: int) -> int:
    """Return the time of the newest scrape that an evaluation, counted from the start, sees."""
    return evaluation * FAST_INTERVAL - OFFSET


def first_evaluation(counter: Counter) -> int:
    """Return which evaluation, counted from the start, is the first that sees a counter."""
    return -(-(counter[0].time + OFFSET) // FAST_INTERVAL)
