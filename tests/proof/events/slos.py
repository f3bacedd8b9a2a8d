"""The same indicator in the three ways of counting events, with a budget for each tenant."""

from slogen import SLO, Events, Selector, Service

shop = Service("shop", owner="team-shop", runbook="https://runbooks.example.com/shop")
requests = Selector('requests_total{job="shop"}')


def availability(slo_id: str, sli: Events) -> SLO:
    """Return an SLO that differs from the others only in how events are counted."""
    return SLO(
        id=slo_id,
        service=shop,
        name=slo_id,
        objective="99.9%",
        window="30d",
        group_by="tenant",
        sli=sli,
    )


slos = (
    availability("bad", Events(total=requests, bad=requests.where('code=~"5.."'))),
    availability("good", Events(total=requests, good=requests.where('code!~"5.."'))),
    availability("other", Events(total=requests, bad="failures_total")),
)
