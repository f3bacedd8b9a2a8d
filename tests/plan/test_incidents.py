"""Which alert of an SLO makes which other one needless."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING

import pytest

from slogen import SLO, Alert, AlertPolicy, Duration, Events, Service, Settings, Tier
from slogen.plan import resolve
from slogen.plan.incidents import IncidentAlert, incident_alerts

if TYPE_CHECKING:
    from slogen.model import Severity


def burning(urgency: Severity, window: str) -> IncidentAlert:
    """Return a burn-rate alert."""
    return IncidentAlert("burn_rate", urgency, "Burns", urgency, Duration(window))


PAGE, SLOW_PAGE = burning("page", "1h"), burning("page", "6h")
TICKET, SLOW_TICKET = burning("ticket", "1d"), burning("ticket", "3d")
INFO = burning("info", "1h")
EXHAUSTED = IncidentAlert("exhausted", "ticket", "Exhausted", "ticket", None)
LOW = IncidentAlert("low", "ticket", "Low", "ticket", None)
VIOLATED = IncidentAlert("violated", "ticket", "Violated", "ticket", None)
STALE = IncidentAlert("data", "ticket", "Stale", "ticket", None)
URGENT = IncidentAlert("exhausted", "page", "Exhausted", "page", None)
ALL = (PAGE, SLOW_PAGE, TICKET, SLOW_TICKET, INFO, EXHAUSTED, LOW, VIOLATED, STALE, URGENT)


@pytest.mark.parametrize(
    ("source", "targets"),
    [
        (PAGE, {SLOW_PAGE, TICKET, SLOW_TICKET, INFO, EXHAUSTED, LOW, VIOLATED, STALE, URGENT}),
        (SLOW_PAGE, {TICKET, SLOW_TICKET, INFO, EXHAUSTED, LOW, VIOLATED, STALE, URGENT}),
        (TICKET, {SLOW_TICKET, INFO, EXHAUSTED, LOW, VIOLATED}),
        (SLOW_TICKET, {INFO, EXHAUSTED, LOW, VIOLATED}),
        (INFO, set[IncidentAlert]()),
        (EXHAUSTED, {LOW, VIOLATED}),
        (LOW, set[IncidentAlert]()),
        (VIOLATED, set[IncidentAlert]()),
        (STALE, set[IncidentAlert]()),
        (URGENT, {LOW, VIOLATED}),
    ],
)
def test_an_alert_inhibits_what_it_says_as_well(
    source: IncidentAlert, targets: set[IncidentAlert]
) -> None:
    """Page over ticket, fast over slow, burning over spent and low, spent over low."""
    assert {other for other in ALL if source.inhibits(other)} == targets


@pytest.mark.parametrize(("one", "other"), list(permutations(ALL, 2)))
def test_two_alerts_never_inhibit_each_other(one: IncidentAlert, other: IncidentAlert) -> None:
    """Else neither were sent."""
    assert not (one.inhibits(other) and other.inhibits(one))


def test_alerts_are_those_of_the_plan() -> None:
    """Names and severities are the house's, windows those of tiers; what is off is no alert."""
    (slo,) = resolve(
        SLO(
            service=Service("shop"),
            name="a",
            objective="99%",
            window="30d",
            sli=Events(total="requests_total", bad="failures_total"),
            alerts=AlertPolicy(
                tiers=[
                    Tier("page", long="1h", burn_rate=14.4, name="Fast"),
                    Tier("page", long="1h", burn_rate=20, name="Fast"),
                ],
                exhausted=Alert("page"),
                stale=False,
                low=True,
            ),
        ),
        Settings(severities={"page": "critical"}, alert_names={"SLOErrorBudgetLow": "Low"}),
    )

    assert incident_alerts(slo) == (
        IncidentAlert("burn_rate", "page", "Fast", "critical", Duration("1h")),
        IncidentAlert("exhausted", "page", "SLOErrorBudgetExhausted", "critical", None),
        IncidentAlert("low", "ticket", "Low", "ticket", None),
    )
