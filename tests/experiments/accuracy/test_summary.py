"""Medians, percentiles and distances are what they are called."""

from __future__ import annotations

import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.experiments.accuracy.markdown import cell, percent, table
from tests.experiments.accuracy.summary import Summary, relative, summary


def test_of_hundred_numbers() -> None:
    """Of 1 to 100 in any order the median is 50, the 95th percentile 95, the worst 100."""
    numbers = [*map(float, range(1, 101))]
    random.Random(1).shuffle(numbers)  # noqa: S311 - no secret

    assert summary(numbers) == Summary(count=100, median=50, p95=95, worst=100)


def test_few_numbers_hide_nothing() -> None:
    """Of less than twenty numbers the 95th percentile is the worst; of none there is no summary."""
    assert summary([3, 1, 2]) == Summary(count=3, median=2, p95=3, worst=3)
    assert summary([]) is None


@given(st.lists(st.floats(0, 1), min_size=1))
def test_a_part_of_the_numbers_is_not_above(numbers: list[float]) -> None:
    """Half of the numbers, and 95 of 100, are not above what is shown, which is one of them."""
    found = summary(numbers)

    assert found is not None
    for part, shown in ((0.5, found.median), (0.95, found.p95), (1, found.worst)):
        assert shown in numbers
        assert sum(number <= shown for number in numbers) >= part * len(numbers)
        assert sum(number < shown for number in numbers) < part * len(numbers)


def test_a_distance_is_a_part_of_the_truth() -> None:
    """Above and below count alike, and no value is infinitely far."""
    assert relative(0.3, 0.2) == pytest.approx(0.5)
    assert relative(0.1, 0.2) == pytest.approx(0.5)
    assert relative(None, 0.2) == math.inf


def test_cells_show_a_missing_value() -> None:
    """A cell has three numbers; it says that a value is missing; of nothing it is empty."""
    shown = cell(Summary(count=3, median=0, p95=0.0123, worst=math.inf), percent)

    assert shown == "0 %, 1.2 %, no value"
    assert cell(None, percent) == ""


def test_a_table_is_one_of_markdown() -> None:
    """The head, the line below it, and the rows."""
    assert table(("a", "b"), [("1", "2")]) == "| a | b |\n| --- | ---: |\n| 1 | 2 |\n"
