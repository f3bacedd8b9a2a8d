"""Indicators: what counts as an event, and which events are bad."""

from __future__ import annotations

import pytest

from slogen.errors import InvalidPromQL, InvalidValue
from slogen.model import Events
from slogen.promql.query import Query
from slogen.promql.selector import Selector

TOTAL = Selector('requests{job="api"}')
BAD = TOTAL.where('code=~"5.."')


def events(**arguments: object) -> Events:
    """Return events of arguments that are put together by a test."""
    return Events(**arguments)  # type: ignore[arg-type]


def test_takes_bad_or_good() -> None:
    """Events are a total and either their bad or their good part."""
    assert Events(total=TOTAL, bad=BAD).good is None
    assert Events(total=TOTAL, good=BAD).bad is None
    assert Events(total=TOTAL, bad=BAD).kind == "events"


def test_reads_selectors() -> None:
    """A text is read as a selector."""
    made = Events(total='requests{job="api"}', bad='requests{job="api",code=~"5.."}')

    assert made == Events(total=TOTAL, bad=BAD)


@pytest.mark.parametrize(
    ("arguments", "found"),
    [({}, "without bad or good"), ({"bad": "b", "good": "g"}, "both bad and good")],
)
def test_refuses_all_but_one_side(arguments: dict[str, str], found: str) -> None:
    """Neither without a side nor with both are events told from each other."""
    with pytest.raises(InvalidValue, match="Events is given") as caught:
        events(total=TOTAL, **arguments)

    assert str(caught.value) == (f"Events is given {found}\n  allowed: exactly one of bad and good")
    assert caught.value.position is not None


@pytest.mark.parametrize("side", ["bad", "good"])
def test_refuses_a_side_that_is_the_whole(side: str) -> None:
    """If every event were bad, or good, there would be nothing to measure."""
    with pytest.raises(InvalidValue, match=rf"Events\.{side} is") as caught:
        events(total=TOTAL, **{side: Selector(str(TOTAL))})

    assert str(caught.value) == (
        f"Events.{side} is the same as total\n"
        '  allowed: a part of the total, such as its series with code=~"5.."'
    )
    assert caught.value.argument == side


@pytest.mark.parametrize("side", ["bad", "good"])
def test_refuses_the_whole_in_another_order(side: str) -> None:
    """The order of matchers means nothing: the same series are the whole again."""
    total = Selector('requests{job="api",zone="a"}')

    with pytest.raises(InvalidValue, match=rf"Events\.{side} is the same as total"):
        events(total=total, **{side: Selector('requests{zone="a",job="api"}')})


@pytest.mark.parametrize("argument", ["total", "bad", "good"])
@pytest.mark.parametrize("value", ["rate(x[5m])", "", "x{", 5])
def test_refuses_what_is_no_selector(argument: str, value: object) -> None:
    """What is no selector is blamed on its argument."""
    others = {"total": "requests"} if argument != "total" else {"bad": "errors"}

    with pytest.raises(InvalidPromQL, match=rf"(?s)Events\.{argument} is .*allowed: a metric and"):
        events(**others, **{argument: value})


@pytest.mark.parametrize("argument", ["total", "bad", "good"])
def test_refuses_a_query_without_the_window(argument: str) -> None:
    """What is no selector gives events per second over the window; no text could say otherwise."""
    query = Query("job:requests:rate5m")

    with pytest.raises(InvalidValue, match=rf"Events\.{argument} is") as caught:
        events(**{"total": TOTAL, "bad": BAD, argument: query})

    assert str(caught.value) == (
        f'Events.{argument} is "job:requests:rate5m"\n'
        "  allowed: a selector, or a query over $window"
    )


def test_indicators_are_values() -> None:
    """Indicators are equal wherever they were written, hashable and frozen."""
    made = Events(total=TOTAL, bad=BAD)

    assert made == Events(total=str(TOTAL), bad=str(BAD))
    assert hash(made) == hash(Events(total=TOTAL, bad=BAD))
    assert made != Events(total=TOTAL, good=BAD)
    with pytest.raises(AttributeError, match="can't set attribute"):
        made.bad = None  # type: ignore[misc]


def test_a_label_value_is_no_placeholder() -> None:
    """``$window`` in a matcher's string is text, and the counter a counter that gets its rate."""
    assert Events(total='requests_total{path="$window"}', bad="failures_total").total == Selector(
        'requests_total{path="$window"}'
    )
