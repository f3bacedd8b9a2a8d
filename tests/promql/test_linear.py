"""Queries that turn a series into a number, which a proof can undo, while others hold a value."""

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
        "a > b",
        "a / (b + c)",
        "a - b * time()",
        "a / (b - 10)",
        "a - on (x) group_left () b",
        "a and b",
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


@pytest.mark.parametrize(
    ("text", "factor", "constant"),
    [
        ("q - b", 1, -10),
        ("b - q{x='1'} - 1", 1, -11),
        ("b + q", 1, 10),
        ("q / b", Fraction(1, 10), 0),
        ("100 * sum(q) / sum(b / 2)", 20, 0),
        ("1 - sum(q) / sum(b)", Fraction(-1, 10), 1),
        ("q * (b + 2)", 12, 0),
        ("max(q - b)", 1, -10),
        ("sum(b) - sum(b{x='1'})", -1, 10),
        ("b - (q - c)", -1, 20),
    ],
)
def test_a_second_series_holds_a_value(text: str, factor: Fraction, constant: Fraction) -> None:
    """The first series changes, or the one that is a part of the other; what is held is 10."""
    found = linear(Query(text))

    assert found
    assert (found.factor, found.constant) == (factor, constant)
    assert {held.value for held in found.held} == {10}


def test_a_part_of_a_sum_changes() -> None:
    """What is left of the sum is held, so that the quotient is as wanted."""
    found = linear(Query('sum(rate(b{x="1"}[$window])) / sum(rate(b[$window]))'))

    assert found
    assert [str(matcher) for matcher in found.matchers] == ['x="1"']
    assert [(held.is_sum, held.is_rate, held.matchers) for held in found.held] == [(True, True, ())]


@pytest.mark.parametrize(
    ("text", "met", "kept"),
    [
        ("q - b", "abc", "abc"),
        ("q - on (a) b", "a", "a"),
        ("q - ignoring (a) b", "bc", "bc"),
        ("max by (a, b) (q) / max by (a) (b)", "ab", "a"),
        ("sum(q) / sum(b)", "", ""),
    ],
)
def test_which_labels_have_to_be_the_same(text: str, met: str, kept: str) -> None:
    """Both sides are compared by the labels that they have left, and that the query names."""
    found = linear(Query(text))

    assert found
    (held,) = found.held
    assert {label for label in "abc" if held.meets(label)} == set(met)
    assert {label for label in "abc" if held.keeps(label)} == set(kept)


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


@pytest.mark.parametrize(
    ("text", "merges"),
    [
        ("q", "none none none"),
        ("sum(q) * 2", "sum sum sum"),
        ("sum by (a) (q * 2)", "none sum sum"),
        ("sum(sum by (a) (q))", "sum sum sum"),
        ("sum(1 - q)", "unknown unknown unknown"),
        ("sum(time() - q)", "unknown unknown unknown"),
        ("avg without (a) (1 - q)", "avg none none"),
        ("avg(avg by (a) (q))", "unknown avg avg"),
        ("max(sum by (a, b) (q))", "max max sum"),
        ("max(-q)", "min min min"),
        ("1 - max(q)", "max max max"),
        ("min(time() - q)", "max max max"),
        ("max by (a) (q) / on (a) r", "none max max"),
        ("max(q / on (a) r)", "unknown none none"),
        ("max(q / r)", "unknown unknown unknown"),
    ],
)
def test_what_it_makes_of_several_series(text: str, merges: str) -> None:
    """The innermost aggregation that drops a label says it, of the series' own values."""
    found = linear(Query(text))

    assert found
    assert " ".join(found.merges(label) for label in "abc") == merges


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
