"""Indicators that count time: comparisons, error ratios, time slices and gauges."""

from __future__ import annotations

import operator
import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slogen.errors import InvalidPromQL, InvalidValue
from slogen.model import ErrorRatio, TimeSlices, Up
from slogen.model.sli.comparison import Comparison
from slogen.promql.query import Query
from slogen.promql.selector import Selector

MEANINGS = {
    "<=": operator.le,
    "<": operator.lt,
    ">=": operator.ge,
    ">": operator.gt,
    "==": operator.eq,
    "!=": operator.ne,
}
LIMITS = st.decimals(-(10**9), 10**9, places=6)
OPERATORS = st.sampled_from(sorted(MEANINGS))


@pytest.mark.parametrize("sign", MEANINGS)
@pytest.mark.parametrize("form", ["{} 300", "{}300", " {}  300 ", "{} 3e2", "{} 300.0"])
def test_reads_comparisons(sign: str, form: str) -> None:
    """A comparison is an operator and a number, with spaces or without."""
    made = Comparison(form.format(sign))

    assert (made.operator, made.limit) == (sign, Decimal(300))
    assert str(made) == f"{sign} 300"


@pytest.mark.parametrize(
    ("text", "printed"),
    [("> -5", "> -5"), ("<= +5", "<= 5"), ("< 0.0001", "< 0.0001"), ("== 0", "== 0")],
)
def test_reads_all_numbers(text: str, printed: str) -> None:
    """A limit may be negative, or small, or nothing."""
    assert str(Comparison(text)) == printed


@given(OPERATORS, LIMITS)
def test_prints_what_reads_back(sign: str, limit: Decimal) -> None:
    """A printed comparison is the text of the same comparison."""
    made = Comparison(f"{sign} {limit}")

    again = Comparison(str(made))

    assert again.operator == made.operator == sign
    assert again.limit == made.limit == limit


@given(OPERATORS, LIMITS, LIMITS)
def test_the_opposite_holds_when_it_does_not(sign: str, limit: Decimal, value: Decimal) -> None:
    """Of a comparison and its opposite exactly one holds, whatever the value."""
    made = Comparison(f"{sign} {limit}")

    held = MEANINGS[made.operator](value, limit)
    opposed = MEANINGS[made.opposite](value, limit)

    assert held != opposed


@pytest.mark.parametrize("sign", MEANINGS)
def test_the_border_is_on_one_side(sign: str) -> None:
    """The limit itself is good or bad, and never both."""
    made = Comparison(f"{sign} 300")

    assert MEANINGS[made.operator](300, 300) != MEANINGS[made.opposite](300, 300)


@pytest.mark.parametrize("sign", MEANINGS)
def test_the_opposite_of_the_opposite_is_itself(sign: str) -> None:
    """Turning a comparison around twice changes nothing."""
    made = Comparison(f"{sign} 1")

    assert Comparison(f"{made.opposite} 1").opposite == sign


@pytest.mark.parametrize(
    "value",
    [
        *["", "300", "<=", "<= x", "=< 300", "= 300", "<== 300", "<= 300 s", "<= 300s", "300 <="],
        *["<= nan", "<= inf", "> -Inf", "<= 1e999999999", "<= 1_000", "<= 0x10", "<=\n300"],
        *["=~ 300", "<= 1, > 0", "<= \u0663", "<> 3", 300, None, ("<=", 300)],
    ],
)
def test_refuses_what_is_no_comparison(value: object) -> None:
    """What is not an operator and a finite number is refused with an example."""
    with pytest.raises(InvalidValue, match=r"comparison is") as caught:
        Comparison(value)  # type: ignore[arg-type]

    assert str(caught.value).startswith(
        f"comparison is {value!r}\n"
        '  allowed: an operator and a number, such as "<= 300"; operators: <= < >= > == !='
    )


@pytest.mark.parametrize(
    ("value", "remedy"),
    [
        ("< 300s", '{}"< 300" if it gives seconds'),
        ("<= 5m", '{}"<= 300" if it gives seconds'),
        (">= 250 ms", '{}">= 0.25" if it gives seconds'),
        ("> 95%", '{}"> 0.95" if it gives a ratio, "> 95" if per cent'),
        ("=< 300", 'write "<= 300"'),
        ("= 1", 'write "== 1"'),
        ("\u2265 0.5", 'write ">= 0.5"'),
        ("300", 'write the operator, too, such as "<= 300"'),
        ("<= x", ""),
        ("small", ""),
        ("<=", ""),
        ("<= nan", ""),
    ],
)
def test_what_is_almost_a_comparison_has_a_remedy(value: str, remedy: str) -> None:
    """A unit, a percentage or another sign is answered with what to write, which is read then."""
    with pytest.raises(InvalidValue, match=r"comparison is") as caught:
        Comparison(value)

    said = remedy.format("write the number that the query gives, without a unit: ")
    assert caught.value.remedy == said
    assert all(Comparison(text) for text in re.findall(r'"(.*?)"', said))


def test_a_comparison_stays_one() -> None:
    """A comparison may be made of a comparison."""
    made = Comparison("<= 300")

    assert Comparison(made) == made


def test_an_error_ratio_reads_a_query() -> None:
    """A text is read as a query, and time is what is counted."""
    made = ErrorRatio(query="max(error_ratio)  # the worst")

    assert made.query == Query("max(error_ratio)")
    assert made.queries == (made.query,)
    assert (made.kind, made.counts_events) == ("error_ratio", False)


def test_time_slices_read_a_query_and_a_comparison() -> None:
    """Texts are read, and time is what is counted."""
    made = TimeSlices(query="time() - max(updated)", good_when="<=300")

    assert made.query == Query("time() - max(updated)")
    assert made.good_when == Comparison("<= 300")
    assert made.queries == (made.query,)
    assert (made.kind, made.counts_events) == ("time_slices", False)


def test_up_reads_a_selector() -> None:
    """A text is read as a gauge's selector: there is no free query."""
    made = Up(gauge='up{job="api"}')

    assert made.gauge == Selector('up{job="api"}')
    assert made.queries == ()
    assert (made.kind, made.counts_events) == ("up", False)


@pytest.mark.parametrize("value", ["", "sum(", "up[5m]", "5", "'text'", 5, None])
def test_refuses_what_is_no_query(value: object) -> None:
    """What gives no instant vector is blamed on its argument."""
    with pytest.raises(InvalidPromQL, match=r"^ErrorRatio\.query is"):
        ErrorRatio(query=value)  # type: ignore[arg-type]
    with pytest.raises(InvalidPromQL, match=r"^TimeSlices\.query is"):
        TimeSlices(query=value, good_when="<= 1")  # type: ignore[arg-type]


@pytest.mark.parametrize("value", ["", "300", "<= x", 300, None])
def test_refuses_what_is_not_good_when(value: object) -> None:
    """When a value is good is a comparison, and blamed on its argument if it is none."""
    with pytest.raises(InvalidValue, match=r"TimeSlices\.good_when is") as caught:
        TimeSlices(query="up", good_when=value)  # type: ignore[arg-type]

    assert str(caught.value).startswith(
        f"TimeSlices.good_when is {value!r}\n"
        '  allowed: an operator and a number, such as "<= 300"; operators: <= < >= > == !='
    )
    assert caught.value.argument == "good_when"


@pytest.mark.parametrize("value", ["", "max(up)", "up > 0", "up[5m]", 5, None])
def test_refuses_what_is_no_gauge(value: object) -> None:
    """A gauge is a metric with matchers."""
    with pytest.raises(InvalidPromQL, match=r"(?s)Up\.gauge is .*allowed: a metric and matchers"):
        Up(gauge=value)  # type: ignore[arg-type]


def test_states_are_values() -> None:
    """Indicators are equal wherever they were written, hashable and frozen."""
    made = TimeSlices(query="up", good_when="<= 1")

    assert made == TimeSlices(query="up  # again", good_when="<=1.0")
    assert hash(made) == hash(TimeSlices(query=Query("up"), good_when=Comparison("<= 1")))
    assert made != TimeSlices(query="up", good_when="< 1")
    assert hash(Up(gauge="up")) == hash(Up(gauge="up"))
    assert ErrorRatio(query="x") == ErrorRatio(query="x")
    with pytest.raises(AttributeError, match=r"can't set attribute"):
        made.good_when = Comparison("< 1")  # type: ignore[misc]
