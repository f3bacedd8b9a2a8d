"""The values of a query lie in the range that its text gives."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slogen.promql.query import Query
from slogen.promql.value_ranges import ValueRange, value_range

NUMBERS = st.integers(-5, 5).map(float)
ENDS = st.one_of(NUMBERS, st.sampled_from([-math.inf, math.inf]))
RANGES = st.builds(ValueRange, ENDS, ENDS, st.booleans(), st.booleans())
COMPARISONS = {
    "<": lambda value, limit: value < limit,
    "<=": lambda value, limit: value <= limit,
    ">": lambda value, limit: value > limit,
    ">=": lambda value, limit: value >= limit,
    "==": lambda value, limit: value == limit,
    "!=": lambda value, limit: value != limit,
}


def holds(values: ValueRange, value: float) -> bool:
    """Return whether a range holds a value."""
    is_above = value > values.low or (value == values.low and values.has_low)
    return is_above and (value < values.high or (value == values.high and values.has_high))


@given(values=RANGES, value=NUMBERS, limit=NUMBERS, operator=st.sampled_from([*COMPARISONS]))
def test_what_satisfies_a_comparison_does_so_with_each_value(
    values: ValueRange, value: float, limit: float, operator: str
) -> None:
    """A comparison that holds for a range holds for what is in it."""
    if values.satisfies(operator, limit) and holds(values, value):
        assert COMPARISONS[operator](value, limit)


@given(one=RANGES, other=RANGES, value=NUMBERS)
def test_ranges_are_joined_as_sets_are(one: ValueRange, other: ValueRange, value: float) -> None:
    """What is in both is in their intersection, what is in either in what holds both."""
    is_in = holds(one, value), holds(other, value)

    assert holds(one.and_(other), value) is all(is_in)
    assert not any(is_in) or holds(one.or_(other), value)


@given(values=RANGES, value=NUMBERS, ends=st.lists(NUMBERS, min_size=2, max_size=2).map(sorted))
def test_what_is_clamped_lies_where_its_range_says(
    values: ValueRange, value: float, ends: list[float]
) -> None:
    """A value beyond a limit becomes the limit, and is not lost."""
    low, high = ends

    if holds(values, value):
        clamped = values.clamped(ValueRange(low, high))
        assert holds(clamped, max(low, min(high, value)))


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("lag < 1000", "below 1000"),
        ("0.5 <= lag", "from 0.5"),
        ("0.5 < lag", "above 0.5"),
        ("lag > 1 <= 3", "above 1 up to 3"),
        ("clamp_max(lag, 7)", "up to 7"),
        ("-clamp_min(lag, 7)", "up to -7"),
        ("clamp_max(lag > 1000, 900)", "900"),
        ("clamp_min(lag < 5, 5)", "5"),
        ("clamp(lag > 3, 0, 10)", "above 3 up to 10"),
        ("vector(2) or vector(4)", "from 2 up to 4"),
        ("absent(lag)", "1"),
        ("count(lag)", "from 1"),
        ("max_over_time((lag < 3)[5m:1m])", "below 3"),
    ],
)
def test_a_range_is_said_in_words(query: str, said: str) -> None:
    """A message says where the values of a query lie."""
    assert str(value_range(Query(query))) == said


@pytest.mark.parametrize(
    "query", ["lag", "lag + 1", "lag != 3", "sum(lag < 3)", "lag < scalar(x)", "rate(a[$window])"]
)
def test_nothing_is_said_of_other_queries(query: str) -> None:
    """A range that is not known holds every number."""
    assert value_range(Query(query)) == ValueRange()
