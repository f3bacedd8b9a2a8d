"""`absent()` in a query is a warning."""

from __future__ import annotations

import pytest

from slogen.checks.absent_in_query import CHECK
from slogen.model import SLI, SLO, ErrorRatio, TimeSlices, Up
from tests.checks.checking import found, place_of


def slo(sli: SLI) -> SLO:
    """Return an SLO of an indicator."""
    return SLO(service="s", name="n", objective="99%", window="30d", sli=sli)


def test_says_what_it_finds() -> None:
    """The warning points at its cause, and says what to do."""
    sli = TimeSlices(query="absent(up)", good_when="< 1")

    (said,) = found(CHECK, slo(sli))

    assert said.message == ("s-n: absent(up) has a value only while data is missing")
    assert said.remedy == "leave it out, and let when_missing say what a moment without data means"
    assert (said.code, said.severity) == ("absent-in-query", "warning")
    assert (said.argument, place_of(said)) == ("query", "absent(up)")


@pytest.mark.parametrize(
    "sli",
    [
        ErrorRatio(query="1 - up or absent(up)"),
        ErrorRatio(query="absent_over_time(up[5m])"),
    ],
)
def test_finds_it_elsewhere(sli: SLI) -> None:
    """Within a query, and over a time."""
    assert len(found(CHECK, slo(sli))) == 1


@pytest.mark.parametrize(
    "sli",
    [
        ErrorRatio(query="1 - up"),
        Up(gauge="absent"),
    ],
)
def test_is_silent_otherwise(sli: SLI) -> None:
    """A metric may have the name of a function."""
    assert found(CHECK, slo(sli)) == []
