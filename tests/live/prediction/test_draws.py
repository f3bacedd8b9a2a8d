"""Past days: which are alike, what is usual, and what of a day is an incident."""

from __future__ import annotations

import itertools
import random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slogen.live.prediction.counted import Hours
from slogen.live.prediction.days import PastDays
from slogen.live.prediction.draws import Method, Urn

if TYPE_CHECKING:
    from collections.abc import Sequence

DAY = 24


def past(days: Sequence[tuple[float, float] | None]) -> PastDays:
    """Return past days, the first one first, each with its events and bad events at every hour."""
    events = tuple(day[0] if day else None for day in days for _ in range(DAY))
    errors = tuple(day[1] if day else 0.0 for day in days for _ in range(DAY))
    return PastDays.of(Hours(first=1_000, events=events, errors=errors))


def drawn(days: PastDays, method: Method, count: int = 50, length: int = 7) -> list[float]:
    """Return how many bad events an hour of some futures has on average."""
    urn, chance = Urn.of(days, length, method), random.Random(3)  # noqa: S311 (numbers)
    return [sum(urn.draw(chance).errors) / length / DAY for _ in range(count)]


def test_a_weekday_is_what_it_usually_is() -> None:
    """Sundays have a seventh of the traffic, and one odd day does not change that."""
    week = [(700.0, 0.0)] * 6 + [(100.0, 0.0)]
    days = past([*week * 7, (7_000.0, 0.0), *week[1:]])

    sunday = days.weekdays[0]
    assert all(sunday * 7 == pytest.approx(other) for other in days.weekdays[1:])
    assert days.alike(0) == (0, 7, 14, 21, 28, 35, 42, 49)
    assert len(days.alike(1)) == 48


def test_a_day_with_a_gap_is_not_drawn() -> None:
    """A day without hours is none that stands for another."""
    days = past([(10.0, 1.0)] * 20 + [None] + [(10.0, 1.0)] * 20)

    assert 20 not in days.usable
    assert len(days.usable) == 40


@given(
    level=st.floats(0.01, 100),
    events=st.integers(1_000, 10_000_000),
    ratio=st.floats(0.0001, 0.01),
)
def test_an_incident_keeps_its_size_beside_its_traffic(
    level: float, events: int, ratio: float
) -> None:
    """Whatever the traffic is now, days come as they were, or as the day with the incident was."""
    usual, much = events * ratio, events * 0.5
    before = [(events, usual)] * 10 + [(events, much)] + [(events, usual)] * 30
    now = [(events * level, usual * level)] * 20
    found = drawn(past([*before, *now]), Method(block=1, doubts=False, sizes=0.0), length=1)

    for errors in found:
        assert errors == pytest.approx(usual * level, rel=1e-6) or errors == pytest.approx(
            much * level, rel=1e-6
        )


def test_a_change_that_chance_explains_is_not_believed() -> None:
    """Three bad events instead of two say nothing; three hundred thousand say much."""
    few, many = past([(100.0, 0.1)] * 40), past([(1e7, 1e4)] * 40)

    assert few.believed(0.0015, 0.001) < 0.3 * 0.0005
    assert many.believed(0.0015, 0.001) == pytest.approx(0.0005, rel=1e-3)
    assert few.believed(0.0, 0.0) == 0.0


@given(ratio=st.floats(0, 1), other=st.floats(0, 1))
def test_belief_lies_between_nothing_and_all(ratio: float, other: float) -> None:
    """It never turns a difference around, nor makes it larger."""
    found = past([(1_000.0, 1.0)] * 40).believed(ratio, other)

    assert min(ratio - other, 0.0) <= found <= max(ratio - other, 0.0)


def test_noise_is_not_rectified() -> None:
    """Where good is another metric an hour has one bad event less than none, the next one more."""
    count = 40 * DAY
    hours = Hours(
        first=0,
        events=(1_000.0,) * count,
        errors=tuple(1.0 if number % 2 else -1.0 for number in range(count)),
    )

    assert drawn(PastDays.of(hours), Method()) == pytest.approx([0.0] * 50, abs=1e-9)


def test_incidents_are_of_other_sizes() -> None:
    """One that was may come again smaller or larger, and all that is usual stays as it is."""
    days = past([(1e6, 100.0)] * 30 + [(1e6, 5_000.0)] + [(1e6, 100.0)] * 30)
    same, other = (
        sorted(drawn(days, Method(doubts=False, sizes=sizes), count=300, length=1))
        for sizes in (0.0, 0.5)
    )

    assert same[-1] == pytest.approx(5_000)
    assert other[-1] > 5_500
    assert other[150] == same[150] == pytest.approx(100)


def test_runs_of_days_follow_each_other() -> None:
    """Days that are drawn at once come in the order in which they were."""
    days = past([(1_000.0, float(number)) for number in range(60)])
    urn = Urn.of(days, 30, Method(block=1e9, moves=False, doubts=False))
    hours = urn.draw(random.Random(5)).errors  # noqa: S311 (numbers, the same in each run)
    drawn_days = hours[::DAY]
    steps = [later - earlier for earlier, later in itertools.pairwise(drawn_days)]

    assert sum(step == 1 for step in steps) >= 27


def test_the_level_of_now_is_doubted_as_it_was_wrong() -> None:
    """Traffic that doubled for a week twice may double again: some futures have twice as much."""
    once, twice = [(1_000.0, 1.0)] * 20, [(2_000.0, 2.0)] * 10
    days = past([*once, *twice, *once, *twice, *once])
    sure = drawn(days, Method(doubts=False, block=1))
    unsure = drawn(days, Method(block=1), count=200)

    assert max(sure) == pytest.approx(1, rel=0.01)
    assert max(unsure) == pytest.approx(2, rel=0.01)
