"""The frontend: what users see of the ERP."""

from _erp import frontend

from slogen import SLO, Events, Selector

page_loads = Selector("frontend_page_loads_total")

availability = SLO(
    id="frontend-availability",
    service=frontend,
    name="availability",
    objective="99.5%",
    window="30d",
    sli=Events(total=page_loads, good=page_loads.where('result="success"')),
    description="Frontend should be available 99.5% of the time",
)
