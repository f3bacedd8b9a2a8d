"""Tiers of one's own beside the preset, with every argument."""

from slogen import SLO, AlertPolicy, Events, Selector, Service, Tier

requests = Selector('http_requests_total{job="shop"}')
bad = requests.where('code=~"5.."')
shop = Service("shop", owner="team-shop")

slo = SLO(
    service=shop,
    name="availability",
    objective="99.9%",
    window="30d",
    sli=Events(total=requests, bad=bad),
    alerts=AlertPolicy(
        tiers=(
            Tier("page", long="30m", short="5m", burn_rate="20.5", for_="2m", keep_firing_for="5m"),
            Tier("ticket", long="2d", burn_rate=1.5, min_bad_events=10, for_="15m"),
        ),
    ),
)
