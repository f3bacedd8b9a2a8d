"""The proof of an SLO of each sort: one that is fed raw series, and one that is not."""

from slogen import SLO, AlertPolicy, Events, Selector, Service, TimeSlices

requests = Selector('http_requests_total{job="shop",handler=~"/api/.+"}')

shop = Service("shop", owner="team-shop", runbook="https://runbooks.example.com/shop")
slos = [
    SLO(
        service=shop,
        name="availability",
        objective="99.9%",
        window="30d",
        sli=Events(total=requests, bad=requests.where('code=~"5..",method!="OPTIONS"')),
        group_by=["tenant"],
        alerts=AlertPolicy(preset="standard", low=True, violated=True, stale_groups=True),
    ),
    SLO(
        service=shop,
        name="stock",
        objective="95%",
        window="24h",
        sli=TimeSlices(
            query='time() - max(stock_updated_timestamp_seconds{warehouse=~"east|west"})',
            good_when="<= 300",
        ),
    ),
]
