"""The truth is what pods did, second by second, whatever anybody scraped."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.experiments.accuracy import truth
from tests.experiments.accuracy.scenario import NOON, REPLACED, RESET, SILENCES, pods
from tests.experiments.accuracy.truth import Count
from tests.truth.arithmetic import DAY, HOUR, MINUTE
from tests.truth.traffic import Counter, Course

RATES = st.lists(st.integers(0, 5), min_size=1, max_size=20)


@given(RATES, st.integers(0, 20), st.integers(0, 20), st.lists(st.integers(1, 19), unique=True))
def test_counts_are_the_sum_of_seconds(
    rates: list[int], since: int, until: int, resets: list[int]
) -> None:
    """What a counter counted is the sum of what happened in each second, through its resets."""
    seconds = [*rates, *(0 for _ in range(20 - len(rates)))]
    course = Course(tuple(enumerate(map(float, [*seconds, 0]))))
    counter = Counter(labels="", course=course, born=0, resets=tuple(sorted(resets)), before=7)

    assert truth.counted(counter, since, until) == sum(seconds[since:until])


def test_parts_of_an_event_wait_for_the_rest() -> None:
    """At half an event a second, a second has one event or none, and ten have five."""
    counter = Counter(labels="", course=Course.steady(0.5), before=0.25)
    counts = [truth.counted(counter, second, second + 1) for second in range(10)]

    assert set(counts) == {0, 1}
    assert sum(counts) == 5


def test_a_ratio_of_nothing_is_none() -> None:
    """Without any event there is no ratio."""
    assert Count(0, 0).ratio is None
    assert Count(200, 1).ratio == 0.005


@pytest.mark.parametrize("series", [8, 100])
def test_pods_share_what_the_service_does(series: int) -> None:
    """200 requests a second by day and 2 by night are so many for any number of pods."""
    day = truth.count(pods(series), -DAY, -DAY + HOUR)
    night = truth.count(pods(series), -12 * HOUR, -11 * HOUR)

    assert day.events == pytest.approx(200 * HOUR, abs=series)
    assert night.events == pytest.approx(2 * HOUR, abs=series)


@pytest.mark.parametrize("time", [RESET, REPLACED])
def test_nothing_is_lost_at_a_reset_or_with_a_pod(time: float) -> None:
    """The minutes before and after a counter begins anew have all their events."""
    found = truth.count(pods(8), time - MINUTE, time + MINUTE)

    assert found.events == pytest.approx(200 * 2 * MINUTE, abs=8)


def test_silence_and_incidents_are_there() -> None:
    """25 minutes have no event; a fifth and more of the noon's requests are bad."""
    for silence in SILENCES:
        assert truth.count(pods(8), silence.begin, silence.end) == Count(0, 0)
    ratio = truth.count(pods(8), NOON.begin, NOON.end).ratio

    assert ratio is not None
    assert 0.2 < ratio < 0.204


def test_a_scrape_is_missed_now_and_then() -> None:
    """5 % of the scrapes of a pod fail, the same in each run; the others come every half minute."""
    scrapes = [*pods(8)[1].scrapes(-30 * DAY)]
    steps = {later - earlier for earlier, later in pairwise(scrapes)}

    assert len(scrapes) / (30 * 2_880) == pytest.approx(0.95, abs=0.005)
    assert scrapes == [*pods(8)[1].scrapes(-30 * DAY)]
    assert {30, 60, 90} <= steps
    assert all(step % 30 == 0 for step in steps)


def test_each_pod_is_scraped_at_a_phase_of_its_own() -> None:
    """Four pods are spread over half a minute."""
    assert [pod.phase for pod in pods(8)][:4] == [0, 7, 15, 22]
