"""Alerts have no runbook.

Whoever is woken by these alerts does not know how to begin. Write `runbook` at the service, or in
the settings for all services.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen.checks.check import BuildCheck
from slogen.checks.reading import lacking
from slogen.diagnostics import Code

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from slogen.diagnostics import Diagnostic
    from slogen.plan import ResolvedSLO


def _find(slos: Sequence[ResolvedSLO]) -> Iterator[Diagnostic]:
    without = [
        slo
        for slo in slos
        if not slo.definition.runbook and not all(alert.runbook for alert in slo.alerts)
    ]
    return lacking(
        without,
        CHECK.code,
        "runbook",
        "alerts without a runbook",
        "write runbook at the service, or in the settings",
    )


CHECK = BuildCheck(
    code=Code.note("missing-runbook", "alerts have no runbook", doc=__doc__, is_of_many=True),
    find=_find,
    is_of_house=True,
)
