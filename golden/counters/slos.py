"""How counters and histograms may be given besides the usual, where Prometheus is 3.0 or later."""

from slogen import SLO, Events, Latency, Selector, Service, Settings

shop = Service("shop", settings=Settings(prometheus="3.0"))
requests = Selector('http_requests_total{job="shop"}')
indicators = {
    "good-by-two-labels": Events(
        total=requests, good=requests.where('code!~"5.."').where('route!=""')
    ),
    "good-beside-the-total": Events(
        total=requests.where('code=~"[1-5].."'), good=requests.where('code=~"[1-4].."')
    ),
    "good-of-another-metric": Events(total="orders_total", good="orders_delivered_total"),
    "bad-of-another-metric": Events(total="orders_total", bad="orders_lost_total"),
    "query-of-rates": Events(
        total="max by (queue) (rate(messages_total[$window]))",
        bad="max by (queue) (rate(messages_dropped_total[$window]))",
    ),
    "latency-native": Latency(histogram="rpc_seconds", under="2.5ms", native=True),
}
slos = [
    SLO(service=shop, name=name, objective="99%", window="30d", sli=sli)
    for name, sli in indicators.items()
]
