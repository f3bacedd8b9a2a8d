"""An objective so low that the preset cannot reach its burn rates."""

from slogen import SLO, AlertPolicy, Events, Selector, Service, Tier

requests = Selector('http_requests_total{job="shop"}')
bad = requests.where('code=~"5.."')
shop = Service("shop", owner="team-shop")

slo = SLO(
    service=shop,
    name="availability",
    objective="80%",
    window="30d",
    sli=Events(total=requests, bad=bad),
)
