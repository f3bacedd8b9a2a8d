"""Series that take turns: to miss one, or to let one in, changes what is recorded."""

from __future__ import annotations

import operator
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slogen import ErrorRatio, TimeSlices, Up
from slogen.proof.kinds import raw_series
from slogen.proof.kinds.raw import RawStates
from slogen.proof.kinds.turns import Turns, turns
from slogen.units import Duration

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from decimal import Decimal

    from slogen.model import SLI

HOLDS: dict[str, Callable[[Fraction, Fraction], bool]] = {
    "<=": operator.le,
    "<": operator.lt,
    ">=": operator.ge,
    ">": operator.gt,
    "==": operator.eq,
    "!=": operator.ne,
}
AGGREGATIONS: dict[str, Callable[[list[Fraction]], Fraction]] = {
    "sum": lambda values: sum(values, Fraction(0)),
    "avg": lambda values: sum(values, Fraction(0)) / len(values),
    "max": max,
    "min": min,
}
LIMITS = st.decimals(min_value=-1000, max_value=1000, places=2)
REGEX = 'm{k=~"aa|bb|cc"}'


def taken(sli: SLI, group: dict[str, str] | None = None) -> Turns:
    """Return the turns of an SLI's series."""
    raw = raw_series(sli)
    assert isinstance(raw, RawStates)
    return turns(raw, group or {})


def shown(sli: SLI) -> dict[str, str]:
    """Return what the series show, two samples in each part, and one at the end."""
    found = taken(sli)
    parts = [Duration("1m")] * len(found.bad)
    inputs = [one.input(parts, Duration("30s")) for one in (*found.selected, *found.strays)]
    return {one.series: one.values for one in inputs}


def recorded(
    series: Iterable[tuple[Decimal, ...]], given: Callable[[list[Fraction]], Fraction]
) -> tuple[Fraction, ...]:
    """Return what is given in each part."""
    return tuple(given([Fraction(value) for value in part]) for part in zip(*series, strict=True))


@given(
    aggregation=st.sampled_from(sorted(AGGREGATIONS)),
    compared=st.sampled_from(sorted(HOLDS)),
    limit=LIMITS,
    is_negative=st.booleans(),
)
def test_a_series_less_or_more(
    aggregation: str,
    compared: str,
    limit: Decimal,
    is_negative: bool,  # noqa: FBT001
) -> None:
    """Some part of the time is then bad that was good, or the other way round."""
    query = f"{aggregation}({REGEX})"
    sli = TimeSlices(
        query=f"1 - {query}" if is_negative else query, good_when=f"{compared} {limit}"
    )
    found = taken(sli)

    def bad(values: list[Fraction]) -> Fraction:
        value = AGGREGATIONS[aggregation](values)
        value = 1 - value if is_negative else value
        return Fraction(not HOLDS[compared](value, Fraction(limit)))

    selected = [one.values for one in found.selected]
    strays = [one.values for one in found.strays]
    sums_exactly = compared not in {"==", "!="} or aggregation in {"max", "min"}

    assert len(selected) == (3 if sums_exactly else 1)
    assert len(strays) == 4
    assert recorded(selected, bad) == found.bad
    for place in range(len(selected) if sums_exactly else 0):
        assert recorded(selected[:place] + selected[place + 1 :], bad) != found.bad
    for count in range(1, 1 + len(strays)):
        assert recorded((*selected, *strays[:count]), bad) != found.bad


@given(aggregation=st.sampled_from(sorted(AGGREGATIONS)), is_negative=st.booleans())
def test_an_error_ratio_less_or_more(
    aggregation: str,
    is_negative: bool,  # noqa: FBT001
) -> None:
    """Another part of some time is then bad."""
    query = f"{aggregation}({REGEX})"
    found = taken(ErrorRatio(query=f"1 - {query}" if is_negative else query))

    def bad(values: list[Fraction]) -> Fraction:
        value = AGGREGATIONS[aggregation](values)
        return min(max(1 - value if is_negative else value, Fraction(0)), Fraction(1))

    selected = [one.values for one in found.selected]

    assert recorded(selected, bad) == found.bad
    for place in range(len(selected)):
        assert recorded(selected[:place] + selected[place + 1 :], bad) != found.bad
    for stray in found.strays:
        assert recorded((*selected, stray.values), bad) != found.bad


@pytest.mark.parametrize("regex", ["a", "a|b", "a|b|c|d"])
def test_a_gauge_less_or_more(regex: str) -> None:
    """The mean shows how many gauges there are, in a single turn."""
    found = taken(Up(gauge=f'up{{job=~"{regex}"}}'))

    def bad(values: list[Fraction]) -> Fraction:
        return round(1 - AGGREGATIONS["avg"](values), 20)

    selected = [one.values for one in found.selected]
    expected = tuple(round(Fraction(ratio), 20) for ratio in found.bad)

    assert found.changing == 1
    assert recorded(selected, bad) == expected
    for place in range(1, len(selected)):
        assert recorded(selected[:place] + selected[place + 1 :], bad) != expected
    for stray in found.strays:
        assert recorded((*selected, stray.values), bad) != expected


@pytest.mark.parametrize(
    ("sli", "expected"),
    [
        (
            TimeSlices(query='max by (host) (load{host!~"a|b"})', good_when="<= 2"),
            {
                'load{host="other"}': "1x1 3x1 1x4",
                'load{host="a-other"}': "1x3 3x1 1x2",
                'load{host="b-other"}': "1x5 3x2",
                'load{host="a"}': "3x1 1x6",
                'load{host="b"}': "3x1 1x6",
            },
        ),
        (
            TimeSlices(query='time() - sum(at{job=~"a|b"})', good_when="<= 300"),
            {
                'at{job="a"}': "-450+30x1 -90+30x1 -330+30x2",
                'at{job="b"}': "0x3 300x2",
                'at{job="other"}': "300x1 0x4",
                'at{job="a-other"}': "300x1 0x4",
                'at{job="b-other"}': "300x1 0x4",
            },
        ),
        (
            ErrorRatio(query='sum(rate(r{x=~"a|b"}[$window])) / sum(rate(r[$window]))'),
            {
                'r{x="a"}': "0x2 60+60x1 120x5",
                'r{x="b"}': "0x4 60+60x1 120x3",
                'r{x="other"}': "0+300x2 840+240x3 1560x3",
                'r{x="a-other"}': "0x6 300+300x1 600x1",
                'r{x="b-other"}': "0x8 300+300x1",
            },
        ),
    ],
)
def test_what_they_show(sli: SLI, expected: dict[str, str]) -> None:
    """First all agree, then each changes alone; the rest of a whole moves at the end."""
    assert shown(sli) == expected


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("sum(1 - m{k=~'aa|bb'})", 1),
        ("avg(avg by (k) (m{k=~'aa|bb',j=~'x|y'}))", 2),
        ("max(sum by (k) (m{k=~'aa|bb',j=~'x|y'}))", 3),
        ("avg(max by (k) (m{k=~'aa|bb',j=~'x|y'}))", 2),
        ("min(sum by (k) (m{k=~'aa|bb',j=~'x|y|z'}))", 2),
        ("m{k=~'aa|bb'} - on (j) n{k='x'}", 1),
        ("max by (j) (m{k=~'aa|bb'}) - on (j) n{k='x'}", 2),
    ],
)
def test_series_that_take_no_turn(query: str, count: int) -> None:
    """It is not known what the query makes of them, or they would have to begin otherwise."""
    assert taken(TimeSlices(query=query, good_when="<= 3")).changing == count


def test_a_group_has_its_own() -> None:
    """Each series bears the labels of its group, and none has another value of them."""
    sli = TimeSlices(query="max by (k) (m{k=~'aa|bb',j!='x'})", good_when="<= 3")
    found = taken(sli, {"k": "aa"})

    assert [one.source.series for one in (*found.selected, *found.strays)] == [
        'm{k="aa",j="other"}',
        'm{k="aa",j="x-other"}',
        'm{k="aa",j="x"}',
    ]


def test_the_order_of_matchers() -> None:
    """A series is fed once, however its labels are ordered."""
    query = 'sum(rate(r{x=~"a|b",y="1"}[$window])) / sum(rate(r{y="1"}[$window]))'
    found = taken(ErrorRatio(query=query))
    labels = [frozenset(one.source.labels.items()) for one in (*found.selected, *found.strays)]

    assert len(labels) == len(set(labels))
