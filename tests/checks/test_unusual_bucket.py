"""A threshold that a known instrumentation has no bucket for is a warning."""

from __future__ import annotations

import pytest

from slogen.checks.unusual_bucket import CHECK
from slogen.model import SLI, SLO, Latency, Up
from tests.checks.checking import found, place_of


def slo(sli: SLI) -> SLO:
    """Return an SLO of an indicator."""
    return SLO(service="s", name="n", objective="99%", window="30d", sli=sli)


def test_says_what_it_finds() -> None:
    """The warning points at its cause, and says what to do."""
    sli = Latency(histogram="traefik_service_request_duration_seconds", under="500ms")

    (said,) = found(CHECK, slo(sli))

    assert said.message == (
        "s-n: traefik_service_request_duration_seconds has no bucket of 500ms by default"
    )
    assert said.remedy == "take one of its bounds, such as 0.3 or 1.2 (s), or add the bucket"
    assert (said.code, said.severity) == ("unusual-bucket", "warning")
    assert (said.argument, place_of(said)) == ("under", '"500ms"')


@pytest.mark.parametrize(
    "sli",
    [
        Latency(histogram="istio_request_duration_milliseconds", under="200ms"),
        Latency(histogram="envoy_cluster_upstream_rq_time", unit="ms", under="75ms"),
        Latency(histogram="grpc_server_handling_seconds", under="300ms"),
    ],
)
def test_finds_it_elsewhere(sli: SLI) -> None:
    """In whatever unit it measures."""
    assert len(found(CHECK, slo(sli))) == 1


@pytest.mark.parametrize(
    "sli",
    [
        Latency(histogram="istio_request_duration_milliseconds", under="250ms"),
        Latency(histogram="traefik_service_request_duration_seconds", under="1.2s"),
        Latency(histogram="http_request_duration_seconds", under="200ms"),
        Latency(histogram="grpc_server_handling_seconds", under="300ms", native=True),
        Up(gauge="up"),
    ],
)
def test_is_silent_otherwise(sli: SLI) -> None:
    """A bucket of it, a histogram of anybody, and native histograms."""
    assert found(CHECK, slo(sli)) == []
