"""The frontend: what users see of the ERP."""

from _erp import alerts, frontend

from slogen import SLO, Events, Latency, Selector

page_loads = Selector("frontend_page_loads_total")

availability = SLO(
    id="frontend-availability",
    service=frontend,
    name="availability",
    objective="99.5%",
    window="30d",
    sli=Events(total=page_loads, good=page_loads.where('result="success"')),
    alerts=alerts("AvailabilitySLOViolation"),
    description="Frontend should be available 99.5% of the time",
)

performance = SLO(
    id="frontend-performance",
    service=frontend,
    name="performance",
    objective="95%",
    window="30d",
    sli=Latency(histogram="frontend_page_load_duration", unit="s", under="2s"),
    alerts=alerts("LatencySLOViolation"),
    description="95% of page loads should complete within 2 seconds",
)

# The ERP has this indicator, but no objective for it: the numbers are an example.
interaction = SLO(
    id="frontend-interaction",
    service=frontend,
    name="interaction",
    objective="95%",
    window="30d",
    sli=Latency(histogram="frontend_interaction_duration", unit="s", under="500ms"),
    alerts=alerts("LatencySLOViolation"),
    description="95% of user interactions should be answered within 500ms",
)
