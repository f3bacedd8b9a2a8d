"""A setting that Prometheus 2.42 does not know."""

from slogen import SLO, Events, Settings

settings = Settings(query_offset="1m")
slo = SLO(
    service="shop",
    name="availability",
    objective="99%",
    window="1d",
    sli=Events(total="requests_total", bad="failures_total"),
    settings=settings,
)
