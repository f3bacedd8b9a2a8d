"""The codes of what targets, and the files that they replace, have to say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen.targets import edits
from slogen.targets.alertmanager_findings import INCIDENT_DIVIDED, ROUTE_WITHOUT_SLO
from slogen.targets.mimir import RULE_GROUPS_ABOVE_LIMIT
from slogen.targets.rule_resources import RULES_SPLIT

if TYPE_CHECKING:
    from slogen.diagnostics import Code

CODES: tuple[Code, ...] = (
    *edits.CODES,
    RULES_SPLIT,
    ROUTE_WITHOUT_SLO,
    INCIDENT_DIVIDED,
    RULE_GROUPS_ABOVE_LIMIT,
)
"""All of them."""
