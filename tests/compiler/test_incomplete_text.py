"""The alert about gaps says which part of the data is missing."""

from __future__ import annotations

from slogen import SLO, AlertPolicy, Selector, Up, build
from slogen.rules import AlertingRule


def test_what_is_missing_is_what_is_not_there() -> None:
    """Its value is the part that is there."""
    slo = SLO(
        service="shop",
        name="instances",
        objective="99%",
        window="7d",
        sli=Up(gauge=Selector("up")),
        alerts=AlertPolicy(preset="none", incomplete=True),
    )
    (rules,) = build(slo).rules
    (alert,) = (
        r
        for g in rules.groups
        for r in g.rules
        if isinstance(r, AlertingRule)
        if "Incomplete" in r.alert
    )

    assert "(1 - " in alert.annotations["summary"]
    assert "of the last hour's data is missing" in alert.annotations["summary"]
