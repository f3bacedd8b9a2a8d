from slogen import SLO, Events, Selector

requests = Selector('http_requests_total{job="edge"}')

cache = SLO(
    service="edge",
    name="cache",
    objective="80%",
    window="30d",
    sli=Events(total=requests, bad="sum(rate(cache_misses_total[$window])) + 0 * up"),
)
