"""A metric that holds more than one thing wants the label that tells them apart."""

from __future__ import annotations

import pytest

from slogen.checks.label_left_open import CHECK
from slogen.library import apiserver_latency, istio_requests
from slogen.model import SLI, SLO, ErrorRatio, Events, Latency, Up
from slogen.promql.selector import Selector
from tests.checks.checking import found, place_of


def slo(sli: SLI) -> SLO:
    """Return an SLO of an indicator."""
    return SLO(service="s", name="n", objective="99%", window="30d", sli=sli)


def test_says_what_it_finds() -> None:
    """The warning points at its cause, and says what to do."""
    sli = Events(total="istio_requests_total", bad="failures_total")

    (said,) = found(CHECK, slo(sli))

    assert said.message == (
        "s-n: istio_requests_total has no matcher on reporter: both proxies of a request report "
        "it, so that it counts twice"
    )
    assert said.remedy == (
        'add reporter="destination" ("source" for gateways and foreign hosts, "waypoint" in '
        "ambient)"
    )
    assert (said.code, said.severity) == ("label-left-open", "warning")
    assert (said.argument, place_of(said)) == ("total", "istio_requests_total")


@pytest.mark.parametrize(
    "sli",
    [
        Latency(histogram="istio_request_duration_milliseconds", under="250ms"),
        Latency(histogram="apiserver_request_sli_duration_seconds", under="1s"),
        ErrorRatio(query='sum(rate(apiserver_request_total{code="500"}[$window]))'),
        Events(total="istio_request_duration_milliseconds_count", bad="b_total"),
    ],
)
def test_finds_it_elsewhere(sli: SLI) -> None:
    """In histograms, in their parts, and in queries."""
    assert len(found(CHECK, slo(sli))) == 1


def test_says_it_once_of_a_metric() -> None:
    """Bad events that are a part of the total want the same matcher."""
    requests = Selector("istio_requests_total")
    sli = Events(total=requests, bad=requests.where('response_code=~"5.."'))

    assert len(found(CHECK, slo(sli))) == 1


@pytest.mark.parametrize(
    "sli",
    [
        istio_requests(service="shop", namespace="web"),
        apiserver_latency(verbs="read", under="1s"),
        Events(total='istio_requests_total{reporter=~"source|waypoint"}', bad="b_total"),
        Up(gauge="istio_build"),
    ],
)
def test_is_silent_otherwise(sli: SLI) -> None:
    """A matcher of any kind on the label, and metrics that are not known."""
    assert found(CHECK, slo(sli)) == []
