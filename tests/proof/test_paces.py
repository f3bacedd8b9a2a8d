"""How often scenarios are evaluated."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slogen.proof.paces import between, just_before, pace_for, rounded_up, total
from slogen.units import Duration

TIMES = st.integers(1, 10**9).map(Duration.of_milliseconds)
INTERVALS = st.sampled_from(["500ms", "5s", "7s", "15s", "30s", "1m", "3m", "5m"]).map(Duration)


@pytest.mark.parametrize(
    ("span", "interval", "pace"),
    [
        ("5m", "30s", "30s"),
        ("6m", "30s", "1m"),
        ("1h", "30s", "10m"),
        ("6h", "2m", "1h"),
        ("1d", "2m", "3h"),
        ("30d", "2m", "1d"),
        ("1h", "40s", "10m"),
        ("6m", "40s", "40s"),
        ("1h", "3m", "9m"),
        ("5m", "7s", "7s"),
        ("30m", "7s", "294s"),
        ("3h", "3m", "30m"),
        ("2m", "5m", "5m"),
    ],
)
def test_the_slowest_pace_is_taken(span: str, interval: str, pace: str) -> None:
    """It is a round time, or else a multiple of the interval, of which the span holds six."""
    assert pace_for(Duration(span), Duration(interval)) == Duration(pace)


def test_more_evaluations_can_be_asked_for() -> None:
    """The more a span has to hold, the quicker is the pace."""
    assert pace_for(Duration("1h"), Duration("30s"), 12) == Duration("5m")
    assert pace_for(Duration("1h"), Duration("30s"), 60) == Duration("1m")
    assert pace_for(Duration("1h"), Duration("30s"), 61) == Duration("30s")


@given(TIMES, INTERVALS, st.integers(1, 100))
def test_a_pace_fits(span: Duration, interval: Duration, fewest: int) -> None:
    """Intervals divide it, and a span holds enough of it unless that is the interval itself."""
    pace = pace_for(span, interval, fewest)

    assert pace.milliseconds % interval.milliseconds == 0
    assert pace == interval or fewest * pace <= span


@given(TIMES, INTERVALS)
def test_evaluations_around_a_time(time: Duration, pace: Duration) -> None:
    """The last one before a time and the first one not before it are neighbours."""
    before, after = just_before(time, pace), rounded_up(time, pace)

    assert before < time <= after
    assert between(before, after) == pace
    assert after.milliseconds % pace.milliseconds == 0


def test_the_beginning_is_before_all() -> None:
    """Nothing is evaluated earlier than at 0."""
    assert just_before(Duration.zero(), Duration("1m")) == Duration.zero()
    assert rounded_up(Duration.zero(), Duration("1m")) == Duration.zero()


@given(st.lists(TIMES, max_size=4))
def test_times_add_up(times: list[Duration]) -> None:
    """A sum is as long as its parts; a part of it is what is between the rest and all."""
    whole = total(*times)

    assert whole.milliseconds == sum(time.milliseconds for time in times)
    assert between(Duration.zero(), whole) == whole
    for time in times:
        assert total(between(time, whole), time) == whole
