"""A gauge that is read as a counter is a warning."""

from __future__ import annotations

import pytest

from slogen.checks.rate_of_gauge import CHECK
from slogen.model import SLI, SLO, ErrorRatio, Events, TimeSlices, Up
from tests.checks.checking import found, place_of


def slo(sli: SLI) -> SLO:
    """Return an SLO of an indicator."""
    return SLO(service="s", name="n", objective="99%", window="30d", sli=sli)


def test_says_what_it_finds() -> None:
    """The warning points at its cause, and says what to do."""
    sli = ErrorRatio(query="rate(disk_used_ratio[$window])")

    (said,) = found(CHECK, slo(sli))

    assert said.message == (
        "s-n: disk_used_ratio is read as a counter, and by its name it is a gauge"
    )
    assert said.remedy == "judge its value with time_slices, or read a counter"
    assert (said.code, said.severity) == ("rate-of-gauge", "warning")
    assert (said.argument, place_of(said)) == ("query", "disk_used_ratio")


@pytest.mark.parametrize(
    "sli",
    [
        Events(total="up", bad="errors_total"),
        Events(total="sum(rate(queue_lag[$window]))", bad="b"),
    ],
)
def test_finds_it_elsewhere(sli: SLI) -> None:
    """Selectors of events are counters."""
    assert len(found(CHECK, slo(sli))) == 1


@pytest.mark.parametrize(
    "sli",
    [
        Events(total="nginx_ingress_controller_requests", bad="errors"),
        TimeSlices(query="max(queue_lag)", good_when="< 5"),
        Up(gauge="up"),
        Events(total="envoy_cluster_upstream_rq_xx", bad="b"),
    ],
)
def test_is_silent_otherwise(sli: SLI) -> None:
    """Counters without a suffix, and gauges that are read as such."""
    assert found(CHECK, slo(sli)) == []
