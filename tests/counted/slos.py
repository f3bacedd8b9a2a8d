"""The objectives whose counts are compared with what was sent; no setting is changed for them."""

from __future__ import annotations

from slogen import SLO, Events, Selector, Service

JOB = "job"
REQUESTS = Selector("counted_requests_total")
FLEET = Selector("counted_fleet_requests_total")
BAD = 'code="500"'

TOTALS = {"requests": REQUESTS, "fleet": FLEET}
"""By the names of SLOs the counters of all events."""

_service = Service("counted")

slos = tuple(
    SLO(
        service=_service,
        name=name,
        objective="99%",
        window="30d",
        group_by=[JOB],
        sli=Events(total=total, bad=total.where(BAD)),
    )
    for name, total in TOTALS.items()
)
"""Requests of one server, and those of a fleet that are recorded as one sum."""
