"""Severities on alerts: in the house's words, and for Sloth's routes in Sloth's."""

from __future__ import annotations

import pytest

from slogen.api import build
from slogen.model import SLO, AlertPolicy, Settings, Tier, Up
from slogen.naming import Naming
from slogen.rules import AlertingRule

WORDS = Settings(severities={"page": "critical", "info": "none"})
POLICY = AlertPolicy(
    preset="standard", tiers=[Tier("info", long="2h", burn_rate=2)], low=True, incomplete=True
)


def severities(naming: Naming) -> dict[str, set[tuple[str, str | None]]]:
    """Return the severity of each alert by its name: the house's word, and Sloth's."""
    slo = SLO(
        service="s", name="n", objective="99.9%", window="30d", sli=Up(gauge="up"), alerts=POLICY
    )
    (rules,) = build(slo, settings=Settings(naming=naming).over(WORDS)).rules
    found: dict[str, set[tuple[str, str | None]]] = {}
    for rule in (rule for group in rules.groups for rule in group.rules):
        if isinstance(rule, AlertingRule):
            words = (rule.labels["severity"], rule.labels.get("sloth_severity"))
            found.setdefault(rule.alert, set()).add(words)
    return found


@pytest.mark.parametrize(
    ("naming", "words"),
    [
        (Naming.sloth(), {"page": "page", "ticket": "ticket", "info": "info"}),
        (Naming(), {"page": None, "ticket": None, "info": None}),
    ],
    ids=["sloth", "slogen"],
)
def test_routes_of_sloth_find_their_severity(naming: Naming, words: dict[str, str | None]) -> None:
    """With Sloth's names every alert has Sloth's severity beside the house's word; else none."""
    tickets = ("SLOBurnRateTicket", "SLOErrorBudgetExhausted", "SLOErrorBudgetLow")
    data = ("SLODataStale", "SLODataIncomplete")

    assert severities(naming) == {
        "SLOBurnRatePage": {("critical", words["page"])},
        "SLOBurnRateInfo": {("none", words["info"])},
        **{name: {("ticket", words["ticket"])} for name in (*tickets, *data)},
    }
