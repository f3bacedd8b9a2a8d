"""A rule group has more rules than rulers other than Prometheus take by default.

Mimir refuses to load a rule group with more than 20 rules. Switch off alerts that nobody reads,
write fewer tiers, or raise Mimir's limit `ruler_max_rules_per_rule_group`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen import naming
from slogen.checks.check import Check
from slogen.diagnostics import Code, Diagnostic

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slogen.plan import ResolvedSLO

MOST_RULES = 20
"""Mimir's default limit of rules in a group."""


def _find(slo: ResolvedSLO, sizes: tuple[int, ...]) -> Iterator[Diagnostic]:
    for part, size in zip(naming.GROUP_PARTS, sizes, strict=True):
        if size > MOST_RULES:
            yield Diagnostic(
                entry=CHECK.code,
                found=f"group {naming.group(slo.definition.id, part)} has {size} rules; "
                f"Mimir refuses more than {MOST_RULES} unless told otherwise",
                slo_id=slo.definition.id,
                argument="alerts",
                origin=slo.definition.origin,
            )


CHECK = Check(
    code=Code.warning(
        "group-too-large", "a rule group is larger than some rulers take", doc=__doc__
    ),
    find=_find,
)
