"""The same SLO that slos.yaml defines."""

from slogen import SLO, Events

slo = SLO(
    service="shop",
    name="availability",
    objective="99%",
    window="30d",
    sli=Events(total="requests_total", bad="failures_total"),
)
