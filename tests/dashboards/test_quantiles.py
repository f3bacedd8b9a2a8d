"""The quantile of a latency stands beside its limit, in seconds, whatever the histogram's unit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from slogen import SLO, Events, Latency, Selector, Service, Settings
from slogen import naming as names
from slogen.dashboards import boards
from slogen.dashboards.grafana import dashboard
from slogen.dashboards.migration import migrated
from slogen.plan import resolve
from tests.dashboards.near import near, shown
from tests.realtools.backfill import Past
from tests.truth.scenario import END

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from tests.realtools.server import PrometheusServer

    Boards = Mapping[str, Mapping[str, Any]]

SHOP = Service("shop")
REQUESTS = Selector("http_requests_total")
SLOS = (
    SLO(
        service=SHOP, name="latency", objective="95%", window="7d", group_by=["tenant"],
        sli=Latency(histogram='http_milliseconds{job="shop"}', under="200ms"),
    ),
    SLO(
        service=SHOP, name="availability", objective="99%", window="7d",
        sli=Events(total=REQUESTS, bad=REQUESTS.where('code=~"5.."')),
    ),
)  # fmt: skip
SLOW = {"acme": (0.5, 0.5), "bolt": (1.0, 0.0)}
"""Which shares of requests take up to 100 ms, and from 100 to 300 ms, by tenant."""


@pytest.fixture(scope="module")
def latencies(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PrometheusServer]:
    """Return a Prometheus with half an hour of a histogram of two tenants."""
    folder: Path = tmp_path_factory.mktemp("latencies")
    times = range(END - 1_800, END + 1, 30)

    def counted(share: float) -> list[tuple[int, float]]:
        return [(time, share * 10 * (time - times[0])) for time in times]

    past = Past(line="3", folder=folder)
    for tenant, (fast, slow) in SLOW.items():
        for bound, share in (("100", fast), ("300", fast + slow), ("+Inf", 1.0)):
            labels = f'job="shop",tenant="{tenant}",le="{bound}"'
            past.add_samples([(f"http_milliseconds_bucket{{{labels}}}", counted(share))])
    for slo in SLOS:
        objective = f'{names.OBJECTIVE}{{slo_id="{slo.id}",slo_service="shop"}}'
        past.add_samples([(objective, [(time, 0.95) for time in times])])
    with past.serving() as server:
        yield server


@pytest.fixture(scope="module")
def made() -> Boards:
    """Return the dashboards by their uids."""
    found = (migrated(dashboard(board)) for board in boards(resolve(SLOS, Settings())))
    return {one["uid"]: one for one in found}


# Of acme the 95th percentile lies 90 % of the way from 100 to 300 ms; of both, at 80 %.
QUANTILES = {"acme": 0.28, "bolt": 0.095, ".*": 0.26}


@pytest.mark.parametrize(("tenant", "seconds"), QUANTILES.items())
def test_the_quantile_is_that_of_the_objective(
    tenant: str, seconds: float, latencies: PrometheusServer, made: Boards
) -> None:
    """With an objective of 95 % the 95th percentile, of the chosen groups together."""
    chosen = {"slo": "shop-latency", "by_tenant": tenant}
    ((named, found),) = shown(latencies, made, "slo-shop", "Latency", "A", **chosen)
    ((_, limit),) = shown(latencies, made, "slo-shop", "Latency", "B", **chosen)

    assert found == near(seconds, 0.001)
    assert limit == 0.2
    assert named == {"slo": "shop-latency"}


def test_beside_another_slo_stands_the_latency_of_the_service(
    latencies: PrometheusServer, made: Boards
) -> None:
    """While an SLO of another kind is chosen latency is that of the service, by name."""
    chosen = {"slo": "shop-availability"}
    ((named, found),) = shown(latencies, made, "slo-shop", "Latency", "A", **chosen)
    ((_, limit),) = shown(latencies, made, "slo-shop", "Latency", "B", **chosen)

    assert (named, found, limit) == ({"slo": "shop-latency"}, near(0.26, 0.001), 0.2)


def test_an_unknown_slo_has_no_latency(latencies: PrometheusServer, made: Boards) -> None:
    """What is not recorded has no curve of others."""
    assert shown(latencies, made, "slo-shop", "Latency", "A", slo="gone") == []
