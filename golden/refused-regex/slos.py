"""A regex that promql-parser takes and Prometheus does not."""

from slogen import SLO, Events, Selector

requests = Selector("requests_total")
slo = SLO(
    service="shop",
    name="availability",
    objective="99%",
    window="1d",
    sli=Events(total=requests, bad=requests.where('code=~"5+*"')),
)
