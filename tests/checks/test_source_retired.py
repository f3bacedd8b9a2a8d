"""What is not maintained any more is said where it is read."""

from __future__ import annotations

import pytest

from slogen.checks.source_retired import CHECK
from slogen.library import entries, envoy_requests, nginx_ingress_latency, nginx_ingress_requests
from slogen.model import SLI, SLO, ErrorRatio, Events, Up
from tests.checks.checking import found, place_of


def slo(sli: SLI) -> SLO:
    """Return an SLO of an indicator."""
    return SLO(service="s", name="n", objective="99%", window="30d", sli=sli)


def test_says_what_it_finds() -> None:
    """One note for an SLO, at the metric, with the reason."""
    bad = 'nginx_ingress_controller_requests{status="500"}'
    (said,) = found(CHECK, slo(Events(total="nginx_ingress_controller_requests", bad=bad)))

    assert said.message == (
        "s-n: nginx_ingress_controller_requests is legacy: ingress-nginx is retired since March "
        "2026: no release follows"
    )
    assert said.remedy == "plan which metrics replace it"
    assert (said.code, said.severity) == ("source-retired", "note")
    assert (said.argument, place_of(said)) == ("total", "nginx_ingress_controller_requests")


@pytest.mark.parametrize(
    "sli",
    [
        nginx_ingress_requests(ingress="shop"),
        nginx_ingress_latency(ingress="shop", under="250ms"),
        ErrorRatio(query="avg(rate(nginx_ingress_controller_requests{status='500'}[$window]))"),
    ],
)
def test_finds_it_elsewhere(sli: SLI) -> None:
    """In a histogram and in a query that nobody took from the library."""
    assert len(found(CHECK, slo(sli))) == 1


@pytest.mark.parametrize("sli", [envoy_requests(cluster="shop"), Up(gauge="nginx_up")])
def test_is_silent_otherwise(sli: SLI) -> None:
    """What is maintained is no matter, and nginx is not ingress-nginx."""
    assert found(CHECK, slo(sli)) == []


def test_says_it_of_every_legacy_entry_and_of_no_other() -> None:
    """The library and the check have one truth."""
    said = {
        entry.name
        for entry in entries().values()
        if found(CHECK, slo(entry.indicator(entry.arguments(**entry.example))))
    }

    assert said == {entry.name for entry in entries().values() if entry.exporter.legacy}
