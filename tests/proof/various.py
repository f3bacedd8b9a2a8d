"""SLOs that between them have everything that a proof has to know about."""

from __future__ import annotations

from slogen import (
    SLO,
    AlertPolicy,
    ErrorRatio,
    Events,
    Latency,
    Selector,
    Service,
    Settings,
    Tier,
    TimeSlices,
    Up,
)
from slogen.naming import Naming

_shop = Service("shop", owner="team-shop")
_requests = Selector('requests_total{job="shop",handler!~"/health|/metrics"}')
_everything = AlertPolicy(
    preset="standard",
    low=True,
    violated=True,
    labels={"told": "{{ $labels.tenant }}", "team": "shop"},
)

VARIOUS = (
    SLO(
        id="groups-all-alerts",
        service=_shop,
        name="grouped",
        objective="99.9%",
        window="30d",
        sli=Events(total=_requests, bad=_requests.where('code=~"5..",method!="OPTIONS"')),
        group_by=["tenant", "region"],
        alerts=_everything,
    ),
    SLO(
        id="good-of-another-metric",
        service=_shop,
        name="good",
        objective="80%",
        window="24h",
        sli=Events(total="orders_total", good='shipped_total{carrier=~"post|dhl"}'),
    ),
    SLO(
        id="good-of-the-same-metric",
        service=_shop,
        name='odd "name" \\ {{ . }} é',
        description="Two lines,\n'quoted' and \"quoted\" {{",
        objective="90%",
        window="7d",
        sli=Events(total=_requests, good=_requests.where('code!~"5.."')),
        settings=Settings(scrape_interval="1m", offset="1m"),
    ),
    SLO(
        id="latency",
        service=_shop,
        name="latency",
        objective="99%",
        window="28d",
        sli=Latency(histogram='rpc_seconds{job=~"sho.+"}', under="1s"),
        settings=Settings(scrape_interval="15s", naming=Naming.sloth()),
    ),
    SLO(
        id="native-latency",
        service=_shop,
        name="native",
        objective="99.999%",
        window="90d",
        sli=Latency(histogram="rpc_seconds", under="250ms", native=True),
        group_by=["pod"],
        alerts=AlertPolicy(
            tiers=(
                Tier("page", long="2h", short="10m", burn_rate="30", min_bad_events=5, for_="2m"),
                Tier("ticket", long="7d", short="12h", spends="20%"),
            )
        ),
    ),
    SLO(
        id="ratio",
        service=_shop,
        name="ratio",
        objective="50%",
        window="1h",
        sli=ErrorRatio(query="probe_failure_ratio"),
    ),
    SLO(
        id="slices",
        service=_shop,
        name="slices",
        objective="99.5%",
        window="3d",
        sli=TimeSlices(query="avg by (pool) (queue_length)", good_when="< 100"),
        group_by=["pool"],
    ),
    SLO(
        id="up-of-one-job",
        service=_shop,
        name="up",
        objective="99%",
        window="14d",
        sli=Up(gauge='up{job="shop"}'),
        alerts=AlertPolicy(preset="tickets_only", violated=True),
    ),
    SLO(
        id="pinned-group",
        service=_shop,
        name="pinned",
        objective="98%",
        window="12h",
        sli=Events(total=_requests, bad=_requests.where('code="500"')),
        group_by=["job"],
    ),
)

LATE = SLO(
    id="late",
    service=_shop,
    name="late",
    objective="99%",
    window="30d",
    sli=Events(total=_requests, bad=_requests.where('code=~"5.."')),
    settings=Settings(query_offset="2m", prometheus="3.5"),
)
"""Needs Prometheus 2.53."""
