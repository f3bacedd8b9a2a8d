"""What will be left of a budget, against hours that are gone through one by one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slogen.live.prediction.budgets import (
    Leaving,
    Standing,
    forecast_of,
    path_of,
    quantile,
    steps_of,
)
from slogen.live.prediction.draws import Future
from tests.live.prediction.futures import END, recorded_at

HOUR = 3_600
COUNTS = st.tuples(st.integers(0, 1_000), st.integers(0, 100))


def standing(known: list[tuple[int, int]], window: int, late: float) -> Standing:
    """Return what a window of hours holds when so many seconds passed since the last was recorded.

    Args:
        known: The events and the bad events of the last hours.
        window: How many hours the window has.
        late: How many seconds passed, fewer than an hour has.
    """
    at, length = recorded_at(END - 1) + late, window * HOUR
    hours = [(recorded_at(END - len(known) + place), *one) for place, one in enumerate(known)]
    inside = [one for one in hours if at - length < one[0] <= at]
    return Standing(
        at=at,
        window=float(length),
        allowed=0.1,
        events=float(sum(events for _, events, _ in inside)),
        errors=float(sum(errors for _, _, errors in inside)),
        coverage=1.0,
        leaving=tuple(
            Leaving(at=time + length, events=float(events), errors=float(errors))
            for time, events, errors in inside
        ),
    )


@given(
    known=st.lists(COUNTS, min_size=1, max_size=30),
    coming=st.lists(COUNTS, min_size=40, max_size=40),
    window=st.integers(1, 24),
    horizon=st.integers(1, 36),
    late=st.integers(0, 3_000),
)
def test_what_is_left_is_what_each_hour_says(
    known: list[tuple[int, int]],
    coming: list[tuple[int, int]],
    window: int,
    horizon: int,
    late: int,
) -> None:
    """At the end of each hour the window has what did not leave it, and what came into it."""
    now = standing(known, window, late)
    steps = steps_of(now, END, horizon * HOUR)
    path = path_of(now, steps, Future(events=[e for e, _ in coming], errors=[b for _, b in coming]))

    assert len(path.left) == len(steps)
    assert steps[-1].at == now.at + horizon * HOUR
    for step, left in zip(steps, path.left, strict=True):
        events = errors = 0.0
        for leaving in now.leaving:
            if leaving.at > step.at:
                events, errors = events + leaving.events, errors + leaving.errors
        first = steps[0].hour
        for hour in range(first, step.hour + 1):
            since = max(now.at, (END + hour) * HOUR)
            until = min((END + hour + 1) * HOUR, steps[-1].at)
            # What comes leaves the window as many steps later as the window has hours.
            if step.hour - hour < window:
                share = (until - since) / HOUR
                events, errors = events + coming[hour][0] * share, errors + coming[hour][1] * share
        total = 0.1 * max(events, errors)
        assert left == pytest.approx(1 - errors / total if total > 1e-9 else 1.0, abs=1e-6)


@given(late=st.integers(0, 3_500), hours=st.integers(1, 100))
def test_steps_cover_the_time_to_the_horizon_once(late: int, hours: int) -> None:
    """Shares of hours add up to the horizon, wherever in an hour it begins and ends."""
    steps = steps_of(standing([(1, 0)], 24, late), END, hours * HOUR)

    assert sum(step.share for step in steps) == pytest.approx(hours)
    assert all(0 < step.share <= 1 for step in steps)
    assert [step.hour for step in steps] == list(range(steps[0].hour, steps[0].hour + len(steps)))


def test_a_band_holds_nine_futures_of_ten() -> None:
    """Of a hundred futures with 1 to 100 bad events five are below and five above."""
    now = standing([(1_000, 0)] * 24, 24, 0)
    steps = steps_of(now, END, HOUR)
    share = steps[0].share + steps[1].share
    assert share == pytest.approx(1)
    futures = [
        Future(events=[100.0, 100.0], errors=[float(number)] * 2) for number in range(1, 101)
    ]
    found = forecast_of(now, steps, futures, days=180).coming

    assert (found.low, found.middle, found.high) == pytest.approx((5, 50, 95))


def test_a_band_of_few_days_is_wider() -> None:
    """Who saw 90 days saw half of what can happen: the ends are sought twice as far out."""
    now = standing([(1_000, 0)] * 24, 24, 0)
    steps = steps_of(now, END, HOUR)
    futures = [
        Future(events=[100.0, 100.0], errors=[float(number)] * 2) for number in range(1, 201)
    ]
    wide, usual = (forecast_of(now, steps, futures, days=days).coming for days in (90, 180))

    assert (usual.low, usual.high) == pytest.approx((10, 190))
    assert (wide.low, wide.high) == pytest.approx((5, 195))


@given(values=st.lists(st.floats(-1e6, 1e6), min_size=1), share=st.floats(0.001, 1))
def test_a_quantile_is_one_of_the_numbers(values: list[float], share: float) -> None:
    """At least that share of them is no larger, and it is the smallest such number."""
    ordered = sorted(values)
    found = quantile(ordered, share)

    assert found in ordered
    assert sum(value <= found for value in ordered) >= share * len(ordered) - 1e-9
    assert sum(value < found for value in ordered) < share * len(ordered) + 1e-9
