"""Of a text that is not PromQL the part is marked that is to blame."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slogen.errors import InvalidPromQL
from slogen.promql.error_position import error_position
from slogen.promql.parsing import parse
from slogen.promql.query import Query
from slogen.promql.selector import Selector
from slogen.source import Occurrence

TOKENS = st.sampled_from(
    [
        "up",
        "sum",
        "by",
        "(",
        ")",
        "{",
        "}",
        "[5m]",
        "$window",
        '"a"',
        "=",
        "=~",
        "+",
        "or",
        ",",
        "5x",
    ]
)


@pytest.mark.parametrize(
    ("query", "part"),
    [
        ("sum(rate(foo[5m])", "sum>(<"),
        ("ratee(foo[$window])", ">ratee<"),
        ("up * rate(up)", ">rate<"),
        ("foo + + * b", ">*<"),
        ("foo > 1e999", ">1e999<"),
        ("foo[5m:", "foo>[<"),
        ("foo bar", ">bar<"),
        ('foo{a="b",,c="d"}', 'a="b",>,<'),
        ("foo{le=}", "le=>}<"),
        ("foo[$wndow]", ">$wndow<"),
        ("rate(foo[5x])", ">5x<"),
        ('foo{a=~"x("}', '>"x("<'),
        ("sum by (a) (foo) or or b", "or or >b<"),
        ("sum by (a) (foo) / on (b) group_left (c) bar baz", ">baz<"),
    ],
)
def test_the_part_of_a_query_is_found(query: str, part: str) -> None:
    """What the parser names, a bracket that stays open, or the first token that cannot be."""
    with pytest.raises(InvalidPromQL, match="not PromQL") as caught:
        Query(query)

    found = caught.value.part
    assert found is not None
    before, text, _ = (piece for piece in part.replace("<", ">").split(">"))
    assert found.text == text
    assert text.join(query.split(text)[: found.before + 1]).endswith(before)


@pytest.mark.parametrize(
    ("conditions", "part"),
    [('code=~"5("', '"5("'), ("code", "code"), ('code="x",,', ","), ('foo bar="x"', "bar")],
)
def test_the_part_of_conditions_is_found(conditions: str, part: str) -> None:
    """Conditions are no expression by themselves: what stands around them is thought of."""
    with pytest.raises(InvalidPromQL, match="not PromQL") as caught:
        Selector("up").where(conditions)

    assert caught.value.part is not None
    assert caught.value.part.text == part


def test_the_same_word_before_is_not_blamed() -> None:
    """A piece knows how often its text stands before it."""
    with pytest.raises(InvalidPromQL, match="not PromQL") as caught:
        Query("up + up up")

    assert caught.value.part == Occurrence("up", 2)


def test_what_means_nothing_is_not_blamed_for_how_it_is_written() -> None:
    """Where a whole expression is of the wrong type no part is marked."""
    assert error_position("sum(foo[5m])", "expected type vector in aggregation expression") is None


@given(st.lists(TOKENS, max_size=12))
def test_any_text_has_a_part_within_it_or_none(words: list[str]) -> None:
    """Whatever the text, the part is a piece of it."""
    text = " ".join(words)
    try:
        parse(text.replace("$window", "5m"))
    except InvalidPromQL as fault:
        part = error_position(text, fault.found)

        assert part is None or text.count(part.text) > part.before
