"""What scrapes had seen is what pods did until then, and never more than the truth."""

from __future__ import annotations

import pytest

from tests.experiments.accuracy import truth
from tests.experiments.accuracy.scenario import NOON, SCRAPE, pods
from tests.experiments.accuracy.scraped import scraped
from tests.truth.arithmetic import DAY, HOUR

NOWHERE_NEAR = -2 * DAY + HOUR
"""A moment by day, with an even load."""


@pytest.mark.parametrize("second", [0, 47, 221])
def test_each_pod_counts_until_its_newest_scrape(second: int) -> None:
    """The end of what was seen is that of each pod's newest scrape that succeeded, not of all."""
    since, until = NOWHERE_NEAR - HOUR, NOWHERE_NEAR + second
    newest = [
        [
            max(time for time in pod.scrapes(since - 10 * SCRAPE) if time <= at)
            for at in (since, until)
        ]
        for pod in pods(8)
    ]
    seen = [truth.count([pod], *times) for pod, times in zip(pods(8), newest, strict=True)]

    found = scraped(8, since, until)

    assert found.events == sum(each.events for each in seen)
    assert found.bad == sum(each.bad for each in seen)


def test_an_incident_is_not_seen_before_a_scrape() -> None:
    """As it begins nothing of it is seen, and a minute later not yet all."""
    nothing, some = (scraped(8, NOON.begin, NOON.begin + after).bad for after in (0, 60))

    assert nothing == 0
    assert 0.2 * 200 * 10 < some < 0.21 * 200 * 60
