"""SLOs have no description.

Alerts and dashboards show the description below the numbers: what is promised, and to whom. Write a
`description` of one sentence.
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
    without = [slo for slo in slos if not slo.definition.description]
    return lacking(
        without,
        CHECK.code,
        "description",
        "no description",
        "write in a sentence what is promised, and to whom",
    )


CHECK = BuildCheck(
    code=Code.note("missing-description", "SLOs have no description", doc=__doc__, is_of_many=True),
    find=_find,
    is_of_house=True,
)
