"""Queries that add and divide what counters count, taken apart."""

from __future__ import annotations

import pytest

from slogen.promql.counted_sums import counted_ratio, counted_sum, gauge_of_ratio
from slogen.promql.query import Query
from slogen.promql.trees import text_of, tree_of

_ALL = "sum(count_over_time(up[$window]))"
ODD_SUMS = (
    "sum(rate(a[5m]))",
    "sum(rate(a[$window] offset 1m))",
    "sum(rate(a[$window] @ 1))",
    "sum without (pod) (rate(a[$window]))",
    "max(rate(a[$window]))",
    "sum(irate(a[$window]))",
    "2 * sum(rate(a[$window]))",
    "sum(rate(a[$window])) + on (x) sum(rate(b[$window]))",
    "sum by (x) (rate(a[$window])) + sum(rate(b[$window]))",
    "sum(rate(a[$window]) + rate(b[$window]))",
    "sum by (x) (sum by (y) (rate(a[$window])))",
    "sum(rate(a[$window])) or vector(1)",
    "sum(rate(a[$window])) > bool 0",
    'sum(rate({__name__=~"a.*"}[$window]))',
)


@pytest.mark.parametrize("text", ODD_SUMS)
def test_what_is_no_sum_of_counters_stays_a_query(text: str) -> None:
    """Nothing is taken apart that would mean something else afterwards."""
    assert counted_sum(Query(text)) is None


@pytest.mark.parametrize(
    ("filler", "said"),
    [
        ("or vector(0)", "or vector(0)"),
        ("or on() vector(0)", "or on() vector(0)"),
        ("or 0 * sum(rate(b[$window]))", "or 0 * sum(rate(b[$window]))"),
        ("or sum(up) * 0", "or sum(up) * 0"),
        ("> 0", "> 0"),
        (">= 0", ">= 0"),
    ],
)
def test_what_says_nothing_is_left_out_and_said(filler: str, said: str) -> None:
    """A part for moments without events is no part of the sum."""
    found = counted_sum(Query(f"sum(rate(a[$window])) {filler}"))

    assert found is not None
    assert [str(term.selector) for term in found.terms] == ["a"]
    assert found.needless == (said,)


def test_signs_go_through_parentheses() -> None:
    """What is subtracted from what is subtracted is added."""
    text = "sum(rate(a[$window])) - (sum(rate(b[$window])) - sum(rate(c[$window])))"

    found = counted_sum(Query(text))

    assert found is not None
    assert [(str(term.selector), term.is_added) for term in found.terms] == [
        ("a", True),
        ("b", False),
        ("c", True),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "1 - sum(rate(a[$window])) / sum(rate(b[$window])) or vector(1)",
        "1 - (sum(rate(a[$window])) / sum(rate(b[$window])) or vector(0))",
        "sum(rate(a[$window])) / ignoring (x) sum(rate(b[$window]))",
        "2 - sum(rate(a[$window])) / sum(rate(b[$window]))",
    ],
)
def test_a_ratio_that_says_what_is_missing_stays_a_query(text: str) -> None:
    """Where no traffic is bad, or a ratio is no ratio, nothing is taken apart."""
    assert counted_ratio(Query(text)) is None


@pytest.mark.parametrize(
    ("text", "gauge"),
    [
        ('1 - avg_over_time(up{job="a"}[$window])', 'up{job="a"}'),
        ("1 - avg(avg_over_time(up[$window]))", "up"),
        ("1 - sum(sum_over_time(up[$window])) / sum(count_over_time(up[$window]))", "up"),
        ("1 - sum(sum_over_time(up[$window])) / sum(count_over_time(down[$window]))", None),
        (f"({_ALL} - sum(sum_over_time(up[$window]))) / {_ALL}", "up"),
        (f"({_ALL} - sum(sum_over_time(down[$window]))) / {_ALL}", None),
        (f"({_ALL} + sum(sum_over_time(up[$window]))) / {_ALL}", None),
        (f"({_ALL} - sum(sum_over_time(up[$window]))) / sum(up)", None),
        ("1 - max(avg_over_time(up[$window]))", None),
        ("1 - avg by (job) (avg_over_time(up[$window]))", None),
        ("avg(avg_over_time(up[$window]))", None),
    ],
)
def test_the_part_of_the_time_that_a_gauge_is_down(text: str, gauge: str | None) -> None:
    """The forms in which people average a gauge of 0 and 1, and no others."""
    found = gauge_of_ratio(Query(text))

    assert (None if found is None else str(found)) == gauge


def test_a_part_of_a_query_is_shown_as_it_was_written() -> None:
    """The range that stands for the window in the tree is not shown to people."""
    assert text_of(tree_of(Query("sum(rate(a[$window]))"))) == "sum(rate(a[$window]))"
