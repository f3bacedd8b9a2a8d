"""What rulers other than Prometheus refuse by default."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slogen.plan import ResolvedSLO
    from slogen.rules import SLORules

MOST_RULES = 20
"""Mimir's default limit of rules in a group."""


def oversized_groups(slo: ResolvedSLO, rules: SLORules) -> Iterator[Finding]:
    """Find groups with more rules than a ruler may take."""
    for group in rules.groups:
        if len(group.rules) > MOST_RULES:
            message = (
                f"group {group.name} has {len(group.rules)} rules; Mimir refuses more than "
                f"{MOST_RULES} unless told otherwise"
            )
            yield Finding("group-too-large", slo.definition.id, message, slo.definition.origin)
