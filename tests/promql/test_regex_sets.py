"""What is said about the texts of a regex is what RE2 says, or nothing."""

from __future__ import annotations

import pytest
import re2
from hypothesis import example, given
from hypothesis import strategies as st

from slogen.promql.regex_sets import are_disjoint, full_match, matches_everything, values_of
from slogen.promql.regexes import regex_fault

ATOMS = ["a", "b", "5", "-", "{", ".", "[ab]", "[^b]", "[a-b]", r"\.", r"\d", r"\-", "^", "$", ""]
REPEATS = ["", "", "", "*", "+", "?", "{2}", "*?"]
ITEMS = st.builds("".join, st.tuples(st.sampled_from(ATOMS), st.sampled_from(REPEATS)))
SEQUENCES = st.lists(ITEMS, max_size=3).map("".join)
GROUPS = st.builds("({}|{}){}".format, SEQUENCES, SEQUENCES, st.sampled_from(REPEATS))
PIECES = st.one_of(SEQUENCES, st.builds("{}{}".format, SEQUENCES, GROUPS))
REGEXES = (
    st.lists(PIECES, min_size=1, max_size=3).map("|".join).filter(lambda t: not regex_fault(t))
)
VALUES = st.text("ab5-{.", max_size=4)


def matches(regex: str, value: str) -> bool:
    """Return whether RE2 matches a whole value, as Prometheus asks it to."""
    options = re2.Options()
    options.dot_nl = True
    options.log_errors = False
    return re2.compile(regex, options=options).fullmatch(value) is not None


@given(regex=REGEXES, value=VALUES)
def test_a_match_is_one_of_re2(regex: str, value: str) -> None:
    """What is known of a match is right."""
    known = full_match(regex, value)

    assert known in {None, matches(regex, value)}


@given(regex=REGEXES, value=VALUES)
def test_everything_is_everything(regex: str, value: str) -> None:
    """A regex that matches everything matches any value."""
    assert matches(regex, value) or not matches_everything(regex)


@given(regex=REGEXES, value=VALUES)
def test_a_list_of_values_is_whole(regex: str, value: str) -> None:
    """A regex with a list of values matches those, and no other."""
    values = values_of(regex)

    assert not values or matches(regex, value) is (value in values)
    assert all(matches(regex, each) for each in values)


@given(regex=REGEXES, other=REGEXES, value=VALUES)
@example(regex="ab*", other="ac*", value="a")
@example(regex="a(?i)|b", other="B", value="B")
@example(regex="5..|a", other="a|b", value="a")
def test_disjoint_regexes_share_no_value(regex: str, other: str, value: str) -> None:
    """No value matches both of two regexes that are disjoint."""
    is_shared = matches(regex, value) and matches(other, value)

    assert not (is_shared and are_disjoint(regex, other))


@pytest.mark.parametrize("regex", ["(a+)+", "a*a*a*a*", "(?i)a", r"\pL", "[[:alpha:]]"])
def test_nothing_is_said_of_what_python_reads_otherwise(regex: str) -> None:
    """Nor of what its engine might try for hours."""
    assert full_match(regex, "a") is None


def test_nothing_is_said_of_long_values() -> None:
    """A long value would take long to be tried in vain."""
    assert full_match("a*b", "a" * 201) is None
