"""Queries that turn a single series into a number, which a proof can undo."""

from __future__ import annotations

from fractions import Fraction

import pytest

from slogen.promql.linear import linear
from slogen.promql.query import Query


@pytest.mark.parametrize(
    ("text", "factor", "constant", "growth"),
    [
        ("q", 1, 0, 0),
        ("(((q)))", 1, 0, 0),
        ("-q", -1, 0, 0),
        ("q + 3", 1, 3, 0),
        ("3 + q", 1, 3, 0),
        ("1 - q", -1, 1, 0),
        ("q - 1", 1, -1, 0),
        ("100 * (1 - q)", -100, 100, 0),
        ("q / 4 * 2", Fraction(1, 2), 0, 0),
        ("time() - q", -1, 0, 1),
        ("(time() - max(q)) / 60", Fraction(-1, 60), 0, Fraction(1, 60)),
        ("q - time() + 10", 1, 10, -1),
        ("sum by (a) (avg(q))", 1, 0, 0),
    ],
)
def test_what_a_query_does_to_a_value(
    text: str, factor: Fraction, constant: Fraction, growth: Fraction
) -> None:
    """It multiplies it, adds to it, and adds to it each second."""
    found = linear(Query(text))

    assert found
    assert (found.metric, found.factor, found.constant, found.growth) == (
        "q",
        factor,
        constant,
        growth,
    )


@pytest.mark.parametrize(
    "text",
    [
        "a / b",
        "a - a",
        "a > 3",
        "a or b",
        "0 * a",
        "1 / a",
        "a * time()",
        "a / 0",
        "count(a)",
        "quantile(0.9, a)",
        "abs(a)",
        "a offset 5m",
        "a @ 3",
        "rate(a[5m])",
        "rate(a[$window] offset 5m)",
        "increase(a[$window])",
        "time() - avg_over_time(a[$window])",
        "max_over_time(a[1h])",
        "avg_over_time(a[$window:1m])",
        '{__name__="a"}',
        "Inf * a",
        "vector(3)",
    ],
)
def test_what_cannot_be_undone(text: str) -> None:
    """Several series, ranges that are written out, and whatever else is not so simple."""
    assert linear(Query(text)) is None


def test_a_rate() -> None:
    """Over ``$window`` a counter shows how fast it grows; a gauge shows its value."""
    rate, average = (linear(Query(f"{name}(q[$window])")) for name in ("rate", "avg_over_time"))

    assert rate
    assert rate.is_rate
    assert average
    assert not average.is_rate


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("q", {"a", "b", "c"}),
        ("sum(q)", set()),
        ("sum by (a, b) (q)", {"a", "b"}),
        ("max without (a) (q)", {"b", "c"}),
        ("sum without (a) (max by (a, b) (q))", {"b"}),
        ("max without () (q)", {"a", "b", "c"}),
    ],
)
def test_which_labels_it_keeps(text: str, kept: set[str]) -> None:
    """Aggregations drop labels."""
    found = linear(Query(text))

    assert found
    assert {label for label in "abc" if found.keeps(label)} == kept
    assert found.is_aggregated == (text != "q")


def test_its_matchers() -> None:
    """They are those of the selector, whatever their operators."""
    found = linear(Query('max(q{a="1",b!="2",c=~"3.",d!~"4."})'))

    assert found
    assert [str(matcher) for matcher in found.matchers] == [
        'a="1"',
        'b!="2"',
        'c=~"3."',
        'd!~"4."',
    ]
