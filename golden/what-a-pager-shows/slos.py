"""Alerts that fire on a real Prometheus; ``alerts.txt`` is what a person then reads."""

from slogen import SLO, AlertPolicy, Events, Latency, Selector, Service, Tier

requests = Selector('http_requests_total{job="shop"}')
shop = Service("shop", owner="team-shop", runbook="https://runbooks.example.com/shop")
page = AlertPolicy(preset="standard", stale=False)

grouped = SLO(
    service=shop,
    name="availability",
    objective="99.9%",
    window="30d",
    group_by="tenant",
    sli=Events(total=requests, bad=requests.where('code=~"5.."')),
    alerts=page,
    description="Checkout works.\nUses {{ no }} template, 100 % of the time.",
)
whole = SLO(
    service=shop,
    name="latency",
    objective="95%",
    window="7d",
    sli=Latency(histogram='http_request_duration_seconds{job="shop"}', under="200ms"),
    alerts=AlertPolicy(
        tiers=[
            Tier(
                "page",
                name="ShopIsSlow",
                long="1h",
                burn_rate=4,
                labels={"team": "{{ $labels.slo_id }}-oncall"},
                annotations={"dashboard_url": "https://grafana.example.com/d/{{ $labels.slo_id }}"},
            )
        ],
    ),
)
