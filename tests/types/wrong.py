"""Mistakes that mypy has to see in a user's script: one on each line that says so."""

from slogen import SLO, AlertPolicy, Events, Selector, Service, Tier

requests = Selector("http_requests_total")
slo = SLO(
    service=Service("shop"),
    name="availability",
    objective="99.9%",
    window=30,  # wrong: arg-type
    sli=Events(total=requests, bad=5),  # wrong: arg-type
    alerts="standard",  # wrong: arg-type
)
slo.name = "latency"  # wrong: misc
tier = Tier("sms", long="1h", burn_rate=14.4)  # wrong: arg-type
policy = AlertPolicy.standards()  # wrong: attr-defined
