"""A rule group with more rules than rulers other than Prometheus take by default."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen.checks.check import Check
from slogen.diagnostics import Code, Diagnostic

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slogen.plan import ResolvedSLO
    from slogen.rules import SLORules

MOST_RULES = 20
"""Mimir's default limit of rules in a group."""


def _find(slo: ResolvedSLO, rules: SLORules) -> Iterator[Diagnostic]:
    for group in rules.groups:
        if len(group.rules) > MOST_RULES:
            yield Diagnostic(
                entry=CHECK.code,
                found=f"group {group.name} has {len(group.rules)} rules; Mimir refuses more than "
                f"{MOST_RULES} unless told otherwise",
                slo_id=slo.definition.id,
                argument="alerts",
                origin=slo.definition.origin,
            )


CHECK = Check(
    code=Code.warning(
        "group-too-large",
        "a rule group is larger than some rulers take",
        why="Mimir refuses a group of more than 20 rules unless its limits say otherwise. "
        "Prometheus and VictoriaMetrics have no such limit.",
        remedy="Let the SLO have fewer tiers or alerts, or raise ruler_max_rules_per_rule_group.",
    ),
    find=_find,
)
