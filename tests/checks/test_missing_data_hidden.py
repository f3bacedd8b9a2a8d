"""A fallback that makes a good value of missing data is a warning."""

from __future__ import annotations

import pytest

from slogen.checks.missing_data_hidden import CHECK
from slogen.model import SLI, SLO, ErrorRatio, Events, TimeSlices
from tests.checks.checking import found, place_of


def slo(sli: SLI) -> SLO:
    """Return an SLO of an indicator."""
    return SLO(service="s", name="n", objective="99%", window="30d", sli=sli)


def test_says_what_it_finds() -> None:
    """The warning points at its cause, and says what to do."""
    sli = Events(total="sum(rate(a[$window])) or vector(0)", bad="b")

    (said,) = found(CHECK, slo(sli))

    assert said.message == (
        "s-n: or vector(0) turns missing data into a good value, so no alert says that "
        "the data is gone"
    )
    assert said.remedy == "leave it out: slogen knows what is missing"
    assert (said.code, said.severity) == ("missing-data-hidden", "warning")
    assert (said.argument, place_of(said)) == ("total", "or vector(")


@pytest.mark.parametrize(
    "sli",
    [
        ErrorRatio(query="sum(failing_ratio) or vector(0)"),
        TimeSlices(query="max(lag or vector(0))", good_when="< 5"),
        TimeSlices(query="(lag or on() vector(3))", good_when="< 5"),
    ],
)
def test_finds_it_elsewhere(sli: SLI) -> None:
    """Ratios of 0 and values that good_when takes, also within an aggregation."""
    assert len(found(CHECK, slo(sli))) == 1


@pytest.mark.parametrize(
    "sli",
    [
        Events(total="a", bad="sum(rate(b[$window])) or vector(0)"),
        TimeSlices(query="up or vector(0)", good_when="== 1"),
        ErrorRatio(query="failing_ratio or vector(1)"),
        ErrorRatio(query="(sum(a) or vector(0)) / sum(b)"),
        ErrorRatio(query="a or b"),
    ],
)
def test_is_silent_otherwise(sli: SLI) -> None:
    """Bad events that are 0, missing data that counts as bad, and a numerator alone."""
    assert found(CHECK, slo(sli)) == []
