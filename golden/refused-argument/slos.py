"""An argument that is not there."""

from slogen import SLO, Events

slo = SLO(
    service="shop",
    name="availability",
    objektive="99%",
    window="1d",
    sli=Events(total="requests_total", bad="failures_total"),
)
