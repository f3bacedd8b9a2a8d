"""A burn rate that no error ratio reaches."""

from slogen import SLO, AlertPolicy, Events, Selector, Service, Tier

requests = Selector("http_requests_total")
bad = requests.where('code=~"5.."')
shop = Service("shop")

slo = SLO(
    service=shop,
    name="availability",
    objective="80%",
    window="30d",
    sli=Events(total=requests, bad=bad),
    alerts=AlertPolicy(tiers=[Tier("page", long="1h", burn_rate="14.4")]),
)
