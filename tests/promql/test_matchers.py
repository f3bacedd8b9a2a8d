"""Matchers that exclude each other are found, and no others."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slogen.promql.matchers import contradiction, selectors_in
from slogen.promql.query import Query
from slogen.promql.selector import Matcher, Operator, Selector
from slogen.proof.matching import matches

OPERATORS: tuple[Operator, ...] = ("=", "!=", "=~", "!~")
VALUES = st.sampled_from(["", "a", "b", "a|b", "a.", ".*", ".+", "ab|b.", "[ab]", "a.*", "b?"])
MATCHERS = st.builds(Matcher, st.just("x"), st.sampled_from(OPERATORS), VALUES)


@given(found=st.lists(MATCHERS, min_size=2, max_size=4), value=st.text("ab", max_size=3))
def test_no_value_satisfies_a_contradiction(found: list[Matcher], value: str) -> None:
    """What contradicts itself is satisfied by no label, and by none that is absent."""
    if contradiction(found):
        assert not matches(tuple(found), {"x": value})


@pytest.mark.parametrize(
    ("selector", "pair"),
    [
        ('a{c="1",d="1",c="2"}', ('c="1"', 'c="2"')),
        ('a{c=~"5..",c!~"5.."}', ('c=~"5.."', 'c!~"5.."')),
        ('a{c=~"5..",c=~"4.."}', ('c=~"5.."', 'c=~"4.."')),
        ('a{c!="500",c=~"500|503",c!="503"}', ('c=~"500|503"', 'c!="503"')),
        ('a{c="",c=~".+"}', ('c=""', 'c=~".+"')),
        ('a{c=~".+",c=""}', ('c=~".+"', 'c=""')),
    ],
)
def test_names_the_two(selector: str, pair: tuple[str, str]) -> None:
    """The two that exclude each other are named in the order in which they stand."""
    found = contradiction(Selector(selector).matchers)

    assert found is not None
    assert tuple(map(str, found)) == pair


@pytest.mark.parametrize(
    "selector",
    ['a{c=~"500|503",c!="500"}', 'a{c=~"5..",c!~"50."}', 'a{c="",d=~".+"}', 'a{c="1",c="1"}'],
)
def test_is_silent_where_a_value_is_left(selector: str) -> None:
    """As long as some value satisfies all matchers they do not contradict one another."""
    assert contradiction(Selector(selector).matchers) is None


def test_selectors_of_a_query_are_found_wherever_they_stand() -> None:
    """In ranges, subqueries and arguments, and those whose metric is a matcher."""
    query = Query('sum(rate(a{x="1"}[$window])) + max_over_time({__name__="b"}[1h:1m] offset 5m)')

    assert [str(found) for found in selectors_in(query)] == ['a{x="1"}', '{__name__="b"}']
