"""Three SLOs of two services: the smallest set that has a worst one, and a window of each kind."""

from slogen import SLO, Events, Latency, Selector, Service, TimeSlices

shop = Service("shop", owner="team-shop", runbook="https://runbooks.example.com/shop")
search = Service("search", owner="team-discovery", runbook="https://runbooks.example.com/search")
requests = Selector('http_requests_total{service="shop"}')

availability = SLO(
    service=shop,
    name="availability",
    objective="99.9%",
    window="30d",
    sli=Events(total=requests, bad=requests.where('code=~"5.."')),
    description="Requests to the shop succeed",
)
latency = SLO(
    service=search,
    name="latency",
    objective="95%",
    window="7d",
    sli=Latency(histogram='http_request_duration_seconds{service="search"}', under="300ms"),
)
freshness = SLO(
    service=search,
    name="index-freshness",
    objective="90%",
    window="24h",
    sli=TimeSlices(query="time() - max(index_updated_timestamp_seconds)", good_when="<= 600"),
)
