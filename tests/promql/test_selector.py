"""Selectors: what is read, what is refused, and how they are narrowed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slogen.errors import InvalidPromQL
from slogen.promql.quoting import quote
from slogen.promql.selector import Selector

VALUES = st.text(st.characters(exclude_categories=["Cs"]))
OPERATORS = st.sampled_from(["=", "!="])
REQUESTS = Selector('requests{service="api"}')
NO_CONDITIONS = (
    *("", "code", 'code="5', '{code="5"}', 'a="b"}', 'a="b"}[5m]', 'a="b"} or up{c="d"'),
    *('a="b" or c="d"', '__name__="x"', '"x"', 'a="b"} offset 5m #', 'a="b"} #'),
)
LEAVE_OUT = "leave out ranges, functions and operators"


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("up", "up"),
        ("up{}", "up"),
        (" up \n", "up"),
        ("up # a comment", "up"),
        ("job:up:sum", "job:up:sum"),
        ('{__name__="up"}', "up"),
        ('{"up",a="b"}', 'up{a="b"}'),
        ('up{ a = "b" , }', 'up{a="b"}'),
        ("up{a='b'}", 'up{a="b"}'),
        ("up{a=`b`}", 'up{a="b"}'),
        ('up{b="1",a!="2",c=~"3",d!~"4"}', 'up{b="1",a!="2",c=~"3",d!~"4"}'),
        ('up{a=~"x\\\\.y"}', 'up{a=~"x\\\\.y"}'),
    ],
)
def test_has_one_spelling(text: str, printed: str) -> None:
    """A selector prints as Prometheus would write it, its matchers in the user's order."""
    selector = Selector(text)

    assert str(selector) == printed
    assert Selector(printed) == selector


@given(VALUES, OPERATORS)
def test_any_value_reads_back(value: str, operator: str) -> None:
    """A matcher's value is what the user wrote, whatever is in it."""
    selector = Selector(f"up{{a{operator}{quote(value)}}}")

    assert [matcher.value for matcher in selector.matchers] == [value]
    assert Selector(str(selector)) == selector


@pytest.mark.parametrize(
    "text", ['up{"a"="b"}', 'up{"a.b"="c"}', 'up{"é"="c"}', '{"up"}', "sum", "by"]
)
def test_what_is_read_prints_as_promql(text: str) -> None:
    """A selector is refused, or it prints as the same selector: nothing in between."""
    try:
        selector = Selector(text)
    except InvalidPromQL as fault:
        assert str(fault).startswith("Selector is")  # noqa: PT017 (either outcome is fine)
    else:
        assert Selector(str(selector)) == selector


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ("up[5m]", LEAVE_OUT),
        ("rate(up[5m])", LEAVE_OUT),
        ("sum(up)", LEAVE_OUT),
        ("a + b", LEAVE_OUT),
        ("(up)", LEAVE_OUT),
        ("-up", LEAVE_OUT),
        ("1", LEAVE_OUT),
        ('"up"', LEAVE_OUT),
        ("up offset 5m", "leave out offset and @"),
        ("up @ 5", "leave out offset and @"),
        ('{a="b"}', "name one metric: the rate of mixed ones means nothing"),
        ('{__name__=~"up"}', "name one metric: the rate of mixed ones means nothing"),
        ('{__name__="a",__name__="b"}', "name one metric: the rate of mixed ones means nothing"),
        (
            '{__name__="on"}',
            'rename the metric: PromQL has the word "on", and rules could not read it',
        ),
    ],
)
def test_refuses_what_is_no_plain_selector(text: str, remedy: str) -> None:
    """PromQL that is more than a metric with matchers is refused, with what to leave out."""
    with pytest.raises(InvalidPromQL, match="Selector is") as caught:
        Selector(text)

    assert str(caught.value) == (
        f"Selector is {text!r}\n"
        '  allowed: a metric and matchers, such as http_requests_total{service="api",code!="404"}\n'
        f"  remedy: {remedy}"
    )


@pytest.mark.parametrize(
    ("text", "name"), [('{"up.time"}', "up.time"), ('up{"job.name"="a"}', "job.name")]
)
def test_a_name_of_other_characters_is_refused_for_what_it_is(text: str, name: str) -> None:
    """No version of Prometheus is blamed: selectors do not take the name, and queries do."""
    with pytest.raises(InvalidPromQL, match="Selector is") as caught:
        Selector(text)

    assert caught.value.found == (
        f'{text!r}: the name "{name}" has other characters than letters, digits and _'
    )
    assert caught.value.remedy.startswith('write a query instead, with prometheus "3.0" or later')


@pytest.mark.parametrize(
    "text",
    [
        "",
        "up up",
        'up{a="b" or c="d"}',
        "up{",
        'up{a=~"("}',
        "köln",
        'up{a="\\d"}',
        "up offset Inf",
    ],
)
def test_refuses_what_is_no_promql(text: str) -> None:
    """A text that no parser reads is refused with the parser's reason."""
    with pytest.raises(InvalidPromQL, match=r"(?s)Selector is .*: not PromQL: "):
        Selector(text)


@pytest.mark.parametrize("value", [None, 5, b"up", ["up"]])
def test_refuses_other_types(value: object) -> None:
    """Only texts and selectors are selectors."""
    with pytest.raises(InvalidPromQL, match="Selector is"):
        Selector(value)  # type: ignore[arg-type]


def test_where_adds_matchers() -> None:
    """What is narrowed keeps its metric and matchers, and gets more of them."""
    bad = REQUESTS.where('code=~"5..",method!="PUT"')

    assert str(bad) == 'requests{service="api",code=~"5..",method!="PUT"}'
    assert str(REQUESTS) == 'requests{service="api"}'


def test_where_can_be_chained() -> None:
    """Narrowing twice is narrowing by both."""
    assert REQUESTS.where('a="1"').where('b="2"') == REQUESTS.where('a="1",b="2"')


def test_where_remembers_its_own_place() -> None:
    """What is narrowed points to the call that narrowed it."""
    first = Selector("up")
    second = first.where('a="1"')

    places = [s.origin.position() if s.origin else None for s in (first, second)]
    assert places[0] is not None
    assert places[1] is not None
    assert places[1].line == places[0].line + 1


@pytest.mark.parametrize("conditions", NO_CONDITIONS)
def test_where_refuses_what_is_no_list_of_matchers(conditions: str) -> None:
    """Nothing breaks out of the braces, so that a part of the whole stays one."""
    with pytest.raises(InvalidPromQL, match=r"(?s)Selector\.where is .*allowed: matchers such as"):
        REQUESTS.where(conditions)


@pytest.mark.parametrize("value", [None, 5, b"a=1"])
def test_where_refuses_other_types(value: object) -> None:
    """Conditions are a text."""
    with pytest.raises(InvalidPromQL, match=r"Selector\.where is"):
        REQUESTS.where(value)  # type: ignore[arg-type]


def test_where_blames_its_argument() -> None:
    """A fault in the conditions is marked where they stand."""
    with pytest.raises(InvalidPromQL, match=r"Selector\.where") as caught:
        REQUESTS.where(conditions="code")

    position = caught.value.position
    assert position is not None
    assert position.excerpt()[1].endswith(" ^^^^")


def test_selectors_are_values() -> None:
    """Two selectors of one meaning are equal wherever they stand, and frozen."""
    again = Selector('requests{service="api"}')

    assert again == REQUESTS
    assert hash(again) == hash(REQUESTS)
    assert Selector(again) == again
    with pytest.raises(AttributeError, match="can't set attribute"):
        again.metric = "x"  # type: ignore[misc]
