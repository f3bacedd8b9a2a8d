"""A part of the budget that is less than a tier may spend all the time."""

from slogen import SLO, AlertPolicy, Events, Selector, Service, Tier

requests = Selector("http_requests_total")
bad = requests.where('code=~"5.."')
shop = Service("shop")

slo = SLO(
    service=shop,
    name="availability",
    objective="99%",
    window="1d",
    sli=Events(total=requests, bad=bad),
    alerts=AlertPolicy(
        tiers=[
            Tier("page", long="1h", spends="2%"),
            Tier("ticket", long="3d", burn_rate=1),
        ],
    ),
)
