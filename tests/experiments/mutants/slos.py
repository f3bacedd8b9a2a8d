"""SLOs whose rules and proofs tell mutants from slogen: different kinds, windows and options."""

from __future__ import annotations

from slogen import SLO, AlertPolicy, Events, Latency, Selector, Service, Settings, TimeSlices, Up

requests = Selector('requests_total{job="shop"}')
shop = Service("shop", owner="team-shop", runbook="https://runbooks.example.com/shop")

slos = (
    SLO(
        service=shop,
        name="availability",
        objective="99.9%",
        window="30d",
        sli=Events(total=requests, bad=requests.where('code=~"5..",method!="OPTIONS"')),
        group_by="tenant",
        alerts=AlertPolicy(
            preset="standard", low=True, violated=True, incomplete=True, stale_groups=True
        ),
    ),
    SLO(
        id='odd "id" \\ {{ x }}',
        service=Service('the "odd" \\ shop'),
        name="good: events # of {{ all }}",
        objective="99.5%",
        window="1d",
        sli=Events(total=requests, good=requests.where('code!~"5.."')),
        settings=Settings(scrape_interval="15s"),
        alerts=AlertPolicy(preset="standard", low=True),
    ),
    SLO(
        service=shop,
        name="stock",
        objective="95%",
        window="6h",
        sli=TimeSlices(query="time() - stock_updated_seconds", good_when="<= 300"),
        alerts=AlertPolicy(preset="standard", violated=True),
    ),
    SLO(
        service=shop,
        name="latency",
        objective="99%",
        window="7d",
        sli=Latency(histogram='duration_seconds{job="shop"}', under="1s"),
        settings=Settings(offset="1m", identity={"environment": "prod"}),
    ),
    SLO(
        service=shop,
        name="instances",
        objective="90%",
        window="90d",
        sli=Up(gauge='up{job="shop"}'),
        group_by="instance",
        alerts=AlertPolicy.tickets_only(),
    ),
    SLO(
        service=shop,
        name="orders",
        objective="99%",
        window="7d",
        sli=Events(total="orders_total", bad="failed_orders_total"),
        alerts=AlertPolicy.none(),
    ),
    SLO(
        service=shop,
        name="lag",
        objective="99%",
        window="7d",
        sli=TimeSlices(query="lag_seconds", good_when="<= 300", when_missing="bad"),
        alerts=AlertPolicy.none(),
    ),
)
