"""A comparison that drops values is a warning."""

from __future__ import annotations

import pytest

from slogen.checks.comparison_drops_values import CHECK
from slogen.model import SLI, SLO, ErrorRatio, Events, TimeSlices
from tests.checks.checking import found, place_of


def slo(sli: SLI) -> SLO:
    """Return an SLO of an indicator."""
    return SLO(service="s", name="n", objective="99%", window="30d", sli=sli)


def test_says_what_it_finds() -> None:
    """The warning points at its cause, and says what to do."""
    sli = ErrorRatio(query="failing_ratio > 0.5")

    (said,) = found(CHECK, slo(sli))

    assert said.message == (
        's-n: "> 0.5" drops the other values, and a moment without a value is neither good nor bad'
    )
    assert said.remedy == "leave it out, or write > bool for 0 and 1"
    assert (said.code, said.severity) == ("comparison-drops-values", "warning")
    assert (said.argument, place_of(said)) == ("query", "> 0.5")


@pytest.mark.parametrize(
    "sli",
    [
        TimeSlices(query="(lag > 5)", good_when="< 100"),
        TimeSlices(query="5 <= lag", good_when="< 100"),
    ],
)
def test_finds_it_elsewhere(sli: SLI) -> None:
    """Within parentheses, and with the number on the left."""
    assert len(found(CHECK, slo(sli))) == 1


@pytest.mark.parametrize(
    "sli",
    [
        TimeSlices(query="lag > bool 5", good_when="< 1"),
        TimeSlices(query="lag >= 0", good_when="< 100"),
        TimeSlices(query="lag != -1", good_when="< 100"),
        TimeSlices(query="avg(a) > avg(b) or avg(b)", good_when="<= 80"),
        TimeSlices(query="count(lag > 5)", good_when="< 3"),
        TimeSlices(query="lag > 5", good_when="< 9", when_missing="bad"),
        TimeSlices(query="lag < 5", good_when="< 9"),
        Events(total="sum(rate(a[$window])) > 0", bad="b"),
    ],
)
def test_is_silent_otherwise(sli: SLI) -> None:
    """0 and 1, no value, the larger of two, counts, what is bad when missing, and an error."""
    assert found(CHECK, slo(sli)) == []
