"""SLOs have no owner.

Alerts of these SLOs name no team, and their dashboards are in no team's folder. Write `owner` at
the service, or in the settings for all services.
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
    without = [slo for slo in slos if not slo.definition.owner]
    return lacking(
        without, CHECK.code, "owner", "no owner", "write owner at the service, or in the settings"
    )


CHECK = BuildCheck(
    code=Code.note("missing-owner", "SLOs have no owner", doc=__doc__, is_of_many=True),
    find=_find,
    is_of_house=True,
)
