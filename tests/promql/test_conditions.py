"""What an alert asks for is read from its expression."""

from __future__ import annotations

from decimal import Decimal

import pytest

from slogen.promql.conditions import (
    Condition,
    RangeRead,
    conditions,
    constant,
    offsets,
    ranges,
)
from slogen.units import Duration


def test_conditions_are_what_is_joined_by_and() -> None:
    """Each has the metrics that it reads and, of a comparison with a number, that number."""
    found = conditions("(a / 0.001 > 14.4 and on (x) b >= 3) and c and (d < e) and -2 > f")

    assert found == (
        Condition(("a",), ">", Decimal("14.4")),
        Condition(("b",), ">=", Decimal(3)),
        Condition(("c",)),
        Condition(("d", "e")),
        Condition(("f",)),
    )


def test_ranges_have_their_function_and_offset() -> None:
    """A range is read by a function, maybe in the past."""
    found = ranges("rate(a[5m]) + last_over_time(b{x='y'}[1h] offset 45s) + c")

    assert found == (
        RangeRead("rate", "a", Duration("5m"), Duration.zero()),
        RangeRead("last_over_time", "b", Duration("1h"), Duration("45s")),
    )


def test_offsets_are_those_of_all_selectors() -> None:
    """One that looks at now has none."""
    assert offsets("a offset 1m + rate(b[5m] offset 2m) + c") == (
        Duration("1m"),
        Duration("2m"),
        Duration.zero(),
    )


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("vector(0.9995)", Decimal("0.9995")),
        ("(vector((30)))", Decimal(30)),
        ("vector(time())", None),
        ("scalar(x)", None),
        ("1", None),
        ("vector(", None),
    ],
)
def test_a_constant_is_a_number_in_vector(text: str, number: Decimal | None) -> None:
    """Nothing else is."""
    assert constant(text) == number


@pytest.mark.parametrize("text", ["", "a >", "sum(", "a{"])
def test_what_is_no_expression_asks_for_nothing(text: str) -> None:
    """A rule that somebody tore is no reason to stop."""
    assert conditions(text) == ()
    assert ranges(text) == ()
    assert offsets(text) == ()
