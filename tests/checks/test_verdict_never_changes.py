"""A query of time slices that drops what it is to judge stops the build."""

from __future__ import annotations

import pytest

from slogen.checks.verdict_never_changes import CHECK
from slogen.model import SLO, TimeSlices
from tests.checks.checking import found, place_of


def slo(query: str, good_when: str) -> SLO:
    """Return an SLO of time slices."""
    sli = TimeSlices(query=query, good_when=good_when)
    return SLO(service="s", name="n", objective="99%", window="30d", sli=sli)


def test_refuses_a_query_that_keeps_good_values_alone() -> None:
    """The error points at the query, says which values it gives and what to leave out."""
    sli = TimeSlices(query="sum(lag) < 1000", good_when="< 1000")

    (error,) = found(CHECK, SLO(service="s", name="n", objective="99%", window="30d", sli=sli))

    assert error.message == (
        's-n is never bad: the query gives only values below 1000, and good_when is "< 1000"'
    )
    assert error.remedy == (
        "leave comparisons and limits out of the query: good_when judges its values"
    )
    assert (error.code, error.severity) == ("verdict-never-changes", "error")
    assert (error.argument, place_of(error)) == ("query", '"sum(lag) < 1000"')


def test_refuses_a_query_that_keeps_bad_values_alone() -> None:
    """Where only bad values are left the budget is spent by the first of them."""
    (error,) = found(CHECK, slo("lag > 1000", "<= 1000"))

    assert "s-n is always bad: the query gives only values above 1000" in error.message


@pytest.mark.parametrize(
    ("query", "good_when"),
    [
        ("1000 > sum(lag)", "< 1000"),
        ("5 < lag", "> 5"),
        ("max(lag < 5)", "<= 5"),
        ("clamp_max(lag, 5)", "<= 5"),
        ("lag > bool 5", "<= 1"),
        ("lag == 3", "> 2"),
        ("(lag < 5) or vector(1)", "< 5"),
        ("group(lag)", "== 1"),
        ("(lag < 5) and up", "!= 5"),
    ],
)
def test_follows_values_through_a_query(query: str, good_when: str) -> None:
    """A limit holds wherever it stands, as long as what follows keeps within it."""
    assert len(found(CHECK, slo(query, good_when))) == 1


@pytest.mark.parametrize(
    ("query", "good_when"),
    [
        ("sum(lag)", "< 1000"),
        ("sum(lag < 1000)", "< 1000"),
        ("sum(lag) < 1000", "< 900"),
        ("sum(lag) <= 1000", "< 1000"),
        ("lag > bool 5", "== 0"),
        ("avg(a) > avg(b) or avg(b)", "<= 80"),
        ("clamp_min(lag, 0)", "<= 300"),
        ("sum(lag) < scalar(limit)", "< 1000"),
        ("-(lag < 5)", "< 5"),
        ("clamp(lag, 0, Inf)", "< 1000"),
    ],
)
def test_is_silent_where_values_can_be_either(query: str, good_when: str) -> None:
    """What may be good and may be bad is what an SLO is about."""
    assert found(CHECK, slo(query, good_when)) == []


def test_is_silent_where_what_is_dropped_is_bad() -> None:
    """With `when_missing="bad"` a value that the query drops is a bad slice."""
    sli = TimeSlices(query="sum(lag) < 1000", good_when="< 1000", when_missing="bad")

    assert found(CHECK, SLO(service="s", name="n", objective="99%", window="30d", sli=sli)) == []
