"""Error ratios of kinds that count time or compare two metrics, against the rules' formulas."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from slogen import SLO, Events, Selector, Settings, Up
from slogen.live.replay.counts import Counts
from slogen.live.replay.evaluation import lead, replayed
from slogen.live.replay.ratios import ratio, steady_ratio, sums
from slogen.plan import resolve
from slogen.units import Duration

if TYPE_CHECKING:
    from slogen.live.replay.counts import Times
    from slogen.model import SLI
    from slogen.plan import ResolvedSLO

PACE = 30_000
HOUR = 3_600_000
REQUESTS = Selector("requests_total")


def plan(sli: SLI, window: str = "7d") -> ResolvedSLO:
    """Return an SLO of 99 %."""
    slo = SLO(service="shop", name="good", objective="99%", window=window, sli=sli)
    (found,) = resolve(slo, Settings())
    return found


UP = plan(Up(gauge="up"))
DIFFERENCE = plan(Events(total=REQUESTS, good="served_total"))
slices = st.lists(
    st.tuples(st.integers(0, 400), st.floats(0, 30)),
    min_size=1,
    max_size=40,
    unique_by=lambda s: s[0],
)


def counted(found: list[tuple[int, float]]) -> Counts:
    """Return counts of slices, each at an evaluation and with so many bad seconds of 30."""
    errors = [(PACE * at, bad) for at, bad in found]
    return Counts.of(errors, [(at, 30.0) for at, _ in errors])


def young(times: Times) -> Times:
    """Return the age of a group that has existed since 1970."""
    return times


@given(slices, st.integers(0, 500), st.sampled_from(["5m", "30m", "1h", "6h"]))
def test_what_was_not_seen_of_a_window_counts_as_good(
    found: list[tuple[int, float]], at: int, window: str
) -> None:
    """Bad seconds are divided by the window; without any second there is no ratio."""
    length = Duration(window).milliseconds
    inside = [bad for place, bad in found if PACE * at - length < PACE * place <= PACE * at]
    (given_ratio,) = ratio(UP, counted(found), np.array([PACE * at]), Duration(window), young)

    if inside:
        expected = sum(inside) / max(30 * len(inside), length / 1_000)
        assert given_ratio == pytest.approx(expected, abs=1e-9)
    else:
        assert math.isnan(given_ratio)


@pytest.mark.parametrize(("seen", "expected"), [(1, 0.25), (2, 0.5), (4, 0.5)])
def test_a_long_window_divides_by_what_is_usually_seen(seen: int, expected: float) -> None:
    """Of an SLO that is seen for one in so many evaluations, bad for a quarter of a day.

    Seen all the time, the quarter counts; seen for half of the time, all that was seen in the half
    of the day in which it was bad.
    """
    day = 24 * 120
    places = [place for place in range(7 * day) if place % seen == 0]
    bad_from = 7 * day - (day // 4 if seen == 1 else day // 2)
    found = [(place, 30.0 if place >= bad_from else 0.0) for place in places]
    end = np.array([7 * day * PACE - PACE])
    (given_ratio,) = ratio(UP, counted(found), end, Duration("1d"), young)

    # The day begins at the border of an hour.
    assert given_ratio == pytest.approx(expected, rel=0.05)


def test_what_a_long_window_does_not_see_though_it_usually_does_counts_as_good() -> None:
    """A quarter of a day is bad, and half of the day is not seen, of an SLO that is seen always."""
    day, end = 24 * 120, 28 * 24 * 120
    found = [
        (place, 30.0 if place >= end - day // 4 else 0.0)
        for place in range(21 * 24 * 120, end)
        if not end - day <= place < end - day // 2
    ]
    moment = np.array([(end - 1) * PACE])
    (given_ratio,) = ratio(UP, counted(found), moment, Duration("1d"), young)

    assert given_ratio == pytest.approx(0.25 / (6.5 / 7), rel=0.05)


def test_the_lead_holds_the_window_by_which_is_known_what_is_seen() -> None:
    """Kinds that count time read their whole window, others the longest one of their tiers."""
    assert lead(UP) == Duration("7d").milliseconds + 2 * HOUR
    assert lead(DIFFERENCE) == max(t.long.milliseconds for t in DIFFERENCE.tiers) + 2 * HOUR


@given(st.lists(st.integers(0, 10), min_size=12, max_size=60))
def test_of_two_metrics_the_lowest_of_some_ratios_counts(bad: list[int]) -> None:
    """It is the lowest over the steady range, whose first moment is not a part of it."""
    counts = Counts.of(
        [(PACE * at, float(each)) for at, each in enumerate(bad)],
        [(PACE * at, 10.0) for at in range(len(bad))],
    )
    steady = DIFFERENCE.timing.steady_range
    assert steady is not None
    back = steady.milliseconds // PACE
    times = np.arange(len(bad)) * PACE
    window = Duration("5m")
    each = ratio(DIFFERENCE, counts, times, window, young)
    lowest = steady_ratio(DIFFERENCE, counts, times, window, young)

    for place in range(len(bad)):
        assert lowest[place] == pytest.approx(min(each[max(0, place - back + 1) : place + 1]))


def test_nothing_fires_while_one_of_two_metrics_is_not_there() -> None:
    """Good events that stop make all bad; the alert fires while both are seen, and before that."""
    minutes = 180
    times = [PACE * at for at in range(2 * minutes)]
    counts = Counts.of([(at, 9.0) for at in times], [(at, 10.0) for at in times])
    gone = range(120 * 60_000, 150 * 60_000)

    def pages(seen: list[int] | None) -> list[tuple[int, int | None]]:
        known = None if seen is None else np.array(seen, dtype=np.int64)
        tier, *_ = replayed(DIFFERENCE, counts, 0, times[-1], seen=known)
        return [(each.start, each.end) for each in tier.firings]

    ((start, end),) = pages(None)
    assert end is None
    keeps = 10 * 60_000
    both = [at for at in times if at not in gone]
    assert pages(both) == [(start, gone.start + keeps), (gone.stop, None)]
    assert pages([at for at in both if at >= gone.stop]) == [(start, None)]
    assert pages([]) == [(start, None)]


@given(st.lists(st.integers(1, 20), min_size=1, max_size=30), st.integers(0, 700))
def test_a_gap_takes_as_long_as_an_evaluation(gaps: list[int], at: int) -> None:
    """Time is squeezed inside of gaps alone."""
    places = np.concatenate([[0], np.cumsum(gaps)])
    counts = Counts.of([], [(float(PACE * place), 1.0) for place in places])
    moments = np.array([PACE * at, *(PACE * places)], dtype=np.int64)
    first, *rest = counts.elapsed(moments, PACE)

    assert rest == [PACE * place for place in range(len(places))]
    if at >= places[-1]:
        assert first == PACE * (len(places) - 1 + at - places[-1])


@given(
    slow=st.sampled_from(
        [("30s", "1m"), ("1m", "3m"), ("5m", "5m"), ("20s", "100s"), ("7s", "140s")]
    ),
    phase=st.integers(0, 299),
    place=st.integers(0, 3_000),
    window=st.sampled_from(["1d", "3d"]),
)
def test_a_long_window_has_the_hours_that_were_recorded_within_it(
    slow: tuple[str, str], phase: int, place: int, window: str
) -> None:
    """An hour is recorded by the first evaluation of the slow group from four minutes after it."""
    settings = Settings(scrape_interval=slow[0], slow_interval=slow[1])
    sli = Events(total=REQUESTS, bad=REQUESTS.where('code="500"'))
    slo = SLO(service="shop", name="good", objective="99%", window="7d", sli=sli)
    (planned,) = resolve(slo, settings)
    pace = planned.timing.slow_interval.milliseconds
    phase = 1_000 * phase % pace
    at = 100 * HOUR // pace * pace + phase + pace * place
    middles = [hour * HOUR + HOUR // 2 for hour in range(at // HOUR + 1)]
    one = [(float(middle), 1.0) for middle in middles if middle <= at]
    since = at - Duration(window).milliseconds
    tries = [middle + HOUR // 2 + 240_000 for middle in middles]
    recorded_at = [first + (phase - first) % pace for first in tries]
    expected = sum(
        since < turn for turn, middle in zip(recorded_at, middles, strict=True) if middle <= at
    )
    found, _ = sums(planned, Counts.of(one, one), np.array([at]), Duration(window))

    assert found[0] == expected
