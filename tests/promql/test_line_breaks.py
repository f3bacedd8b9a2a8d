"""Long queries are broken between operands, and stay the same queries."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slogen.promql.line_breaks import operands
from slogen.promql.query import Query

PARTS = (
    *("up", "a{b='c or d'}", "sum by (a) (x + y)", "rate(z[5m])", "-up", "(p / q)", "a offset -5m"),
    "absent_over_time(up[1h:5m] @ end())",
)
OPERATORS = (
    "+",
    "-",
    "/ on (a) group_left (b)",
    ">= bool",
    "and ignoring (c)",
    "unless",
    "OR",
    "==",
)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("up", ["up"]),
        ("a and b", ["a", "and b"]),
        ("a > bool -1", ["a", "> bool -1"]),
        ("a - -b", ["a", "- -b"]),
        ("-a + b", ["-a", "+ b"]),
        ("a offset -5m or b", ["a offset -5m", "or b"]),
        ("sum(a / b) / c", ["sum(a / b)", "/ c"]),
        ('a{b="c or d"} or on (e) f', ['a{b="c or d"}', "or on (e) f"]),
        ("a>b", ["a>b"]),
        ("and_more + or_less", ["and_more", "+ or_less"]),
    ],
)
def test_a_line_begins_with_an_operator(text: str, lines: list[str]) -> None:
    """Only outermost operators with a space before them begin a line; a sign is none."""
    assert list(operands(text)) == lines


@given(st.lists(st.sampled_from(PARTS), min_size=1, max_size=5), st.sampled_from(OPERATORS))
def test_broken_it_is_the_same_query(parts: list[str], operator: str) -> None:
    """What was one line reads back as that line."""
    query = Query(f" {operator} ".join(["up", *parts]))

    assert Query("\n".join(operands(query.text))) == query
