"""A range that is written out where `$window` is meant is a warning."""

from __future__ import annotations

import pytest

from slogen.checks.fixed_range import CHECK
from slogen.model import SLI, SLO, ErrorRatio, Events, TimeSlices
from tests.checks.checking import found, place_of


def slo(sli: SLI) -> SLO:
    """Return an SLO of an indicator."""
    return SLO(service="s", name="n", objective="99%", window="30d", sli=sli)


def test_says_what_it_finds() -> None:
    """The warning points at its cause, and says what to do."""
    sli = ErrorRatio(query="sum(rate(a[5m])) / sum(rate(b[$window]))")

    (said,) = found(CHECK, slo(sli))

    assert said.message == (
        "s-n: rate(a[5m]) has its own range, so each evaluation counts the same events again"
    )
    assert said.remedy == "write $window for the range"
    assert (said.code, said.severity) == ("fixed-range", "warning")
    assert (said.argument, place_of(said)) == ("query", "rate(a[5m])")


@pytest.mark.parametrize(
    "sli",
    [
        Events(total="sum(rate(a[$window])) + sum(rate(b[5m]))", bad="c"),
        ErrorRatio(query="sum(increase(a[1h])) / 5"),
    ],
)
def test_finds_it_elsewhere(sli: SLI) -> None:
    """Whatever kind of query it is, and whatever function of counters."""
    assert len(found(CHECK, slo(sli))) == 1


@pytest.mark.parametrize(
    "sli",
    [
        ErrorRatio(query="sum(rate(a[$window])) / sum(rate(b[$window]))"),
        TimeSlices(query="sum(rate(a[5m]))", good_when=">= 1"),
        ErrorRatio(query="avg_over_time(failing_ratio[5m])"),
        Events(total="a", bad="b"),
    ],
)
def test_is_silent_otherwise(sli: SLI) -> None:
    """`$window`, values that are judged and may well be averages, and gauges."""
    assert found(CHECK, slo(sli)) == []
