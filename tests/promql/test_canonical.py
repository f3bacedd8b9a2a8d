"""Two texts that ask Prometheus for the same have one spelling, and others have two."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slogen.promql.canonical import canonical, without_numbers

if TYPE_CHECKING:
    import random

SAME = [
    ("x", " ( x ) "),
    ('x{a="1",b="2"}', 'x{b="2", a="1",}'),
    ('x{a="1"}', 'x{a="1",a="1"}'),
    ('x{a="1"}', "x{a='1'}"),
    ('x{a="1"}', '{__name__="x",a="1"}'),
    ('x{a=~"1"}', 'x{a="1"}'),
    ('x{a!~"1"}', 'x{a!="1"}'),
    ('x{a=~"1|2"}', 'x{a=~"2|1"}'),
    ('x{a=~".*"}', "x"),
    ("sum by (a, b) (x)", "sum(x) by (b,a)"),
    ("sum by () (x)", "sum(x)"),
    ("sum by (a) (sum by (a, b) (x))", "sum by (a) (x)"),
    ("max(max by (a) (x))", "max(x)"),
    ("a + b", "b + a"),
    ("a + (b + c)", "c + b + a"),
    ("a * 2", "2.0 * a"),
    ("5 < a", "a > 5"),
    ("5 >= bool a", "a <= bool 5"),
    ("rate(x[90s])", "rate(x[1m30s])"),
    ("x offset 60s", "x offset 1m"),
    ("-1 * x", "x * -1"),
    ("a and on (x, y) b", "a and on(y,x) b"),
    ("a / ignoring (x) group_left (y, z) b", "a / ignoring(x) group_left(z, y) b"),
    ("max_over_time(x[1h:1m])", "max_over_time( (x)[60m:60s] )"),
]
OTHER = [
    ("x", "y"),
    ("x", "-x"),
    ('x{a="1"}', 'x{a="2"}'),
    ('x{a="1"}', 'x{a!="1"}'),
    ('x{a="1"}', 'x{b="1"}'),
    ('x{a=~"1.."}', 'x{a=~"2.."}'),
    ('x{a!~".*"}', "x"),
    ('x{a=~".+"}', "x"),
    ("sum by (a) (x)", "sum without (a) (x)"),
    ("sum by (a) (x)", "sum by (b) (x)"),
    ("sum by (a) (sum by (b) (x))", "sum by (a) (x)"),
    ("avg(avg by (a) (x))", "avg(x)"),
    ("sum(max by (a) (x))", "sum(x)"),
    ("sum(sum without (a) (x))", "sum(x)"),
    ("a - b", "b - a"),
    ("a / b", "b / a"),
    ("a or b", "b or a"),
    ("a and b", "b and a"),
    ("a > b", "b < a"),
    ("5 < a", "a < 5"),
    ("a > 5", "a > bool 5"),
    ("a + on (x) b", "a + b"),
    ("a + on (x) b", "a + ignoring (x) b"),
    ("a * on (x) group_left b", "a * on (x) group_right b"),
    ("a * on (x) group_left (y) b", "a * on (x) group_left b"),
    ("rate(x[1m])", "rate(x[2m])"),
    ("rate(x[1m])", "irate(x[1m])"),
    ("x", "x offset 1m"),
    ("x offset 1m", "x offset -1m"),
    ("x", "x @ start()"),
    ("x @ start()", "x @ end()"),
    ("x @ 1", "x @ 2"),
    ("topk(1, x)", "topk(2, x)"),
    ("max_over_time(x[1h:1m])", "max_over_time(x[1h:2m])"),
    ("max_over_time(x[1h:1m])", "max_over_time(x[2h:1m])"),
    ('label_replace(x, "a", "b", "c", "d")', 'label_replace(x, "a", "b", "c", "e")'),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_the_same_in_other_words(one: str, other: str) -> None:
    """Neither order nor form makes a difference where Prometheus sees none."""
    assert canonical(one) == canonical(other)


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_something_else(one: str, other: str) -> None:
    """What Prometheus may answer differently stays different."""
    assert canonical(one) != canonical(other)


def test_what_is_no_expression_stays_as_it_is() -> None:
    """A text that somebody tore is equal to itself alone."""
    assert canonical("sum(x") == "sum(x"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("x[5m] > 1", "x[6m] > 2"),
        ("rate(x[5m] offset 1m) > 1", "rate(x[6m] offset 2m) > -2"),
        ("x offset 5m", "x"),
        ("max_over_time(x[1h:1m]) / 3", "max_over_time(x[2h:5m]) / 4"),
    ],
)
def test_numbers_are_left_out(one: str, other: str) -> None:
    """Where they may differ only the rest is compared."""
    assert without_numbers(one.replace("x[5m] >", "x >")) == without_numbers(
        other.replace("x[6m] >", "x >")
    )
    assert without_numbers(one) != without_numbers(other.replace("x", "y"))


NAMES = st.sampled_from(["a", "b", "c"])
SELECTORS = st.builds(
    lambda name, pairs: (name, tuple(pairs)),
    NAMES,
    st.lists(st.tuples(NAMES, st.sampled_from(["=", "!="]), NAMES), max_size=3),
)
TREES = st.recursive(
    SELECTORS,
    lambda inner: (
        st.tuples(st.sampled_from(["+", "*", "-", "/"]), inner, inner)
        | st.tuples(st.just("sum"), st.lists(NAMES, max_size=2).map(tuple), inner)
    ),
    max_leaves=8,
)


def spelled(tree: tuple[Any, ...], chance: random.Random) -> str:
    """Return one of the ways in which an expression can be written."""
    match tree:
        case (("+" | "*" | "-" | "/") as operator, left, right):
            operands = [spelled(left, chance), spelled(right, chance)]
            if operator in "+*":
                chance.shuffle(operands)
            return f" {operator}{' ' * chance.randrange(2)}".join(f"({each})" for each in operands)
        case ("sum", tuple(labels), inner):
            names = ", ".join(chance.sample(labels, len(labels)))
            return f"sum by ({names}) ({spelled(inner, chance)})"
        case (name, tuple(pairs)):
            matchers = [f'{label}{operator}"{value}"' for label, operator, value in pairs]
            chance.shuffle(matchers)
            return f"{'(' * (nested := chance.randrange(2))}{name}{{{','.join(matchers)}}}" + (
                ")" * nested
            )
        case _:
            raise AssertionError(tree)


@given(TREES, st.randoms(), st.randoms())
def test_every_way_to_write_an_expression_is_one(
    tree: tuple[Any, ...], one: random.Random, other: random.Random
) -> None:
    """Whatever order and parentheses were chosen, the spelling is the same, and stays so."""
    first = canonical(spelled(tree, one))

    assert first == canonical(spelled(tree, other))
