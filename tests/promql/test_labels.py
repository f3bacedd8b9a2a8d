"""Which labels a result cannot have is what Prometheus' alerts show, too."""

from __future__ import annotations

import pytest

from slogen.checks.alert_templates import labels_of_results
from slogen.compiler import compile_slo
from slogen.model import SLO, Alert, AlertPolicy, Settings, Up
from slogen.plan import resolve
from slogen.promql.labels import where_lost
from slogen.promql.query import Query
from slogen.rules import AlertingRule

POLICY = AlertPolicy(
    preset="standard",
    exhausted=Alert(name="exhausted"),
    low=Alert(name="low"),
    violated=Alert(name="violated"),
    stale=Alert(name="stale"),
    stale_groups=Alert(name="stale_groups"),
    incomplete=Alert(name="incomplete"),
)


@pytest.mark.parametrize("label", ["slo_id", "cluster", "tenant", "slo_service", "pod"])
def test_the_rules_of_alerts_have_the_labels_that_their_templates_are_said_to_see(
    label: str,
) -> None:
    """The expressions that slogen writes are read as any query, and agree with what is checked."""
    slo = SLO(
        service="s",
        name="n",
        objective="99%",
        window="30d",
        group_by=("tenant",),
        alerts=POLICY,
        sli=Up(gauge="up"),
    )
    (resolved,) = resolve(slo, Settings(identity={"cluster": "a"}))
    groups = compile_slo(resolved).groups
    rules = [rule for group in groups for rule in group.rules if isinstance(rule, AlertingRule)]
    said = {alert.name: label in labels for alert, labels in labels_of_results(resolved)}

    has = {rule.alert: _can_have(rule.expr, label) for rule in rules}

    assert has == said


def _can_have(expr: str, label: str) -> bool:
    """Return whether a result can have a label; those of ``absent`` are what is selected."""
    if expr.startswith("absent("):
        return f"{label}=" in expr.partition(")")[0]
    return not where_lost(Query(expr), label)
