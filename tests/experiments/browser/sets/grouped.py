"""SLOs with a budget for each tenant, or each tenant and region, beside one without groups."""

from slogen import SLO, Events, Selector, Service

billing = Service("billing", owner="team-billing", runbook="https://runbooks.example.com/billing")
invoices = Selector("invoices_total")
requests = Selector('http_requests_total{service="billing"}')

delivery = SLO(
    service=billing,
    name="invoice-delivery",
    objective="99.5%",
    window="30d",
    sli=Events(total=invoices, bad=invoices.where('result="failed"')),
    group_by=["tenant"],
    description="Invoices reach each tenant",
)
availability = SLO(
    service=billing,
    name="availability",
    objective="99.9%",
    window="30d",
    sli=Events(total=requests, bad=requests.where('code=~"5.."')),
    group_by=["region", "tenant"],
)
errors = SLO(
    service=billing,
    name="errors",
    objective="99%",
    window="7d",
    sli=Events(total=requests, bad=requests.where('code=~"[45].."')),
)
