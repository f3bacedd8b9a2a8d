"""Every alert, once for a whole SLO in the house's words and once for groups as slogen has them."""

from slogen import SLO, Alert, AlertPolicy, Events, Selector, Service, Settings

requests = Selector("requests_total")
sli = Events(total=requests, bad=requests.where('code=~"5.."'))
shop = Service("shop", owner="team-shop", runbook="https://runbooks.example.com/shop")

whole = SLO(
    id="whole",
    service=shop,
    name="availability",
    objective="99%",
    window="7d",
    sli=sli,
    settings=Settings(
        severities={"page": "critical", "ticket": "warning"},
        alert_names={"SLODataStale": "SLIDataStale"},
        alert_labels={"category": "slo"},
        identity={"environment": "prod"},
    ),
    alerts=AlertPolicy(
        exhausted=Alert("page", name="ErrorBudgetExhausted", keep_firing_for="0s"),
        low=Alert(labels={"team": "{{ $labels.slo_id }}-team"}),
        violated=Alert(
            runbook="https://runbooks.example.com/violated",
            annotations={"summary": "at {{ $value }}", "dashboard_url": "https://g.example.com"},
        ),
    ),
    description="Ends with {{ a template }",
)

grouped = SLO(
    id="grouped",
    service=shop,
    name="availability",
    objective="99%",
    window="7d",
    group_by=("tenant",),
    sli=sli,
    alerts=AlertPolicy(low=True, violated=True, stale_groups=True),
)
