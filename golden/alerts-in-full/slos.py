"""Every alert with all that can be said about it."""

from slogen import SLO, Alert, AlertPolicy, Events, Selector, Service, Tier

requests = Selector("http_requests_total")

slo = SLO(
    service=Service("shop", owner="team-shop", runbook="https://runbooks.example.com/shop"),
    name="availability",
    objective="99.9%",
    window="30d",
    group_by="tenant",
    sli=Events(total=requests, bad=requests.where('code=~"5.."')),
    alerts=AlertPolicy(
        preset="tickets_only",
        tiers=[
            Tier(
                "page",
                name="BudgetBurns",
                long="1h",
                spends="2%",
                for_="2m",
                keep_firing_for="0s",
                min_bad_events=20,
                runbook="https://runbooks.example.com/burns",
                labels={"route": "{{ $labels.tenant }}-oncall"},
                annotations={"summary": "{{ $value | humanize }}x"},
            ),
        ],
        exhausted=Alert("page", name="BudgetSpent", for_="1m", keep_firing_for="2h"),
        low=True,
        low_below="40%",
        violated=True,
        stale=False,
        labels={"team": "shop"},
        annotations={"channel": "#shop"},
    ),
)
