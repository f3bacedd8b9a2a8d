"""Two SLOs with one id, and a tier too long for both."""

from slogen import SLO, AlertPolicy, Events, Tier

sli = Events(total="requests_total", bad="failures_total")
alerts = AlertPolicy(tiers=[Tier("ticket", long="3d", burn_rate=1)])

first = SLO(
    service="shop", name="availability", objective="99%", window="1d", sli=sli, alerts=alerts
)
second = SLO(
    service="shop", name="availability", objective="95%", window="7d", sli=sli, alerts=alerts
)
