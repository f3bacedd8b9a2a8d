"""What the newest scrapes of the pods had seen, so that what is late is told from what is lost."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from functools import cache

from tests.experiments.accuracy.scenario import FIRST_SCRAPE, pods
from tests.experiments.accuracy.truth import Count, counted


def scraped(series: int, since: float, until: float) -> Count:
    """Return what pods did between their newest scrapes at one time and those at another.

    What a pod did after its last scrape, before its first, or between a scrape and a reset, is part
    of it.
    """
    good = bad = 0
    for pod, scrapes in zip(pods(series), _scrapes(series), strict=True):
        first, last = (scrapes[bisect_right(scrapes, time) - 1] for time in (since, until))
        good += counted(pod.good, first, last)
        bad += counted(pod.bad, first, last)
    return Count(good + bad, bad)


@cache
def _scrapes(series: int) -> tuple[array[int], ...]:
    return tuple(array("q", pod.scrapes(FIRST_SCRAPE)) for pod in pods(series))
