"""Functions that Prometheus 2.42 does not know, and one that needs a feature flag."""

from slogen import SLO, ErrorRatio, Events, Settings, TimeSlices

sizes = SLO(
    service="shop",
    name="sizes",
    objective="99%",
    window="1d",
    sli=TimeSlices(query="histogram_avg(sum(rate(size_bytes[$window])))", good_when="< 1e6"),
)
availability = SLO(
    service="shop",
    name="availability",
    objective="99%",
    window="1d",
    sli=Events(
        total="sum(rate(requests_total[$window]))",
        bad="sum(limitk(5, rate(failures_total[$window])))",
    ),
)
known = SLO(
    service="shop",
    name="known",
    objective="99%",
    window="1d",
    sli=ErrorRatio(query="histogram_avg(failed_ratio)"),
    settings=Settings(prometheus="3.5"),
)
