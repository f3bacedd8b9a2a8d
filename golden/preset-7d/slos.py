"""The standard policy over a week."""

from slogen import SLO, AlertPolicy, Events, Selector, Service, Tier

requests = Selector('http_requests_total{job="shop"}')
bad = requests.where('code=~"5.."')
shop = Service("shop", owner="team-shop")

slo = SLO(
    service=shop,
    name="availability",
    objective="99.9%",
    window="7d",
    sli=Events(total=requests, bad=bad),
)
