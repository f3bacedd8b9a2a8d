"""An error budget for each tenant and region."""

from slogen import SLO, Events, Selector, Service

requests = Selector("http_requests_total")

slo = SLO(
    service=Service("shop", owner="team-shop", runbook="https://runbooks.example.com/shop"),
    name="availability",
    objective="99.5%",
    window="28d",
    group_by=("tenant", "region"),
    sli=Events(total=requests, bad=requests.where('code=~"5.."')),
)
