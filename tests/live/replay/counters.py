"""Counters of a made-up service, and what the rules count of them."""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import accumulate

from slogen.live.replay.counts import Counts

PACE = 30
"""Seconds between two scrapes, and between two evaluations."""

Bursts = Sequence[tuple[int, int, float]]
"""When errors come, in minutes, for how many minutes, and which part fails."""


def counters(minutes: int, bursts: Bursts, seed: int = 1) -> tuple[list[int], list[int]]:
    """Return bad and good requests until each scrape."""
    chance = random.Random(seed)  # noqa: S311 (traffic)
    bad, good = [], []
    for step in range(minutes * 60 // PACE):
        minute = step * PACE / 60
        part = max((p for at, long, p in bursts if at <= minute < at + long), default=0.0002)
        requests = chance.randint(40, 80)
        failed = sum(chance.random() < part for _ in range(requests))
        bad.append(failed)
        good.append(requests - failed)
    return list(accumulate(bad)), list(accumulate(good))


def counted(bad: list[int], good: list[int]) -> Counts:
    """Return what the rules count of them at each evaluation.

    With an offset of half a pace an evaluation reads the scrape before; the first that has an older
    sample to compare with is the third.
    """
    total = [sum(pair) for pair in zip(bad, good, strict=True)]
    errors, events = (
        [
            (1_000 * PACE * (place + 1), float(course[place] - course[place - 1]))
            for place in range(1, len(course) - 1)
        ]
        for course in (bad, total)
    )
    return Counts.of(errors, events)
