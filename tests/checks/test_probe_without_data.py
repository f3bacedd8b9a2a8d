"""A probe that takes too long stores nothing: time without data has to be bad."""

from __future__ import annotations

import pytest

from slogen.checks.probe_without_data import CHECK
from slogen.library import probe_duration, probe_up
from slogen.model import SLI, SLO, Events, TimeSlices, Up
from tests.checks.checking import found, place_of


def slo(sli: SLI) -> SLO:
    """Return an SLO of an indicator."""
    return SLO(service="s", name="n", objective="99%", window="30d", sli=sli)


def test_says_what_it_finds() -> None:
    """The warning points at its cause, and says what to do."""
    (said,) = found(CHECK, slo(Up(gauge='probe_success{job="edge"}')))

    assert said.message == (
        "s-n: probe_success is missing while a probe takes longer than the scrape's time-out, and "
        "time without data counts for nothing"
    )
    assert said.remedy == "say when_missing: bad"
    assert (said.code, said.severity) == ("probe-without-data", "warning")
    assert (said.argument, place_of(said)) == ("gauge", "probe_success")


def test_finds_it_in_a_query() -> None:
    """One warning for a metric, however often the query reads it."""
    query = "max(probe_duration_seconds) + 0 * min(probe_duration_seconds)"

    assert len(found(CHECK, slo(TimeSlices(query=query, good_when="< 1")))) == 1


@pytest.mark.parametrize(
    "sli",
    [
        probe_up(job="edge"),
        probe_duration(job="edge", under="1s"),
        Up(gauge="up"),
        TimeSlices(query="min(probe_success) or vector(0)", good_when=">= 1"),
        TimeSlices(query="min(probe_success or vector(0))", good_when=">= 1"),
        TimeSlices(query="max(probe_duration_seconds) or on () vector(9)", good_when="< 1"),
        Events(total="probe_success", bad='probe_success{code="500"}'),
    ],
)
def test_is_silent_otherwise(sli: SLI) -> None:
    """Time without data is bad, or it is no probe."""
    assert found(CHECK, slo(sli)) == []
