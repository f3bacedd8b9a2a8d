"""The objective that the living pipeline watches.

The ticket's short window is that of the page, and the page stays for ten minutes more: after an
incident the ticket ends first, so that the page hides it from beginning to end.
"""

from __future__ import annotations

from slogen import SLO, AlertPolicy, Events, Selector, Service, Tier

requests = Selector('http_requests_total{job="shop"}')

availability = SLO(
    service=Service("shop", owner="team-shop", runbook="https://runbooks.example.com/shop"),
    name="availability",
    objective="99%",
    window="30d",
    description="Customers see the error page of the shop.",
    sli=Events(total=requests, bad=requests.where('code=~"5.."')),
    alerts=AlertPolicy(
        tiers=[
            Tier("page", long="1h", short="5m", burn_rate="14.4", for_="2m"),
            Tier("ticket", long="6h", short="5m", burn_rate="6", for_="15m"),
        ],
    ),
)
