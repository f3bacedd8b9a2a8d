"""A label of `group_by` may be gone from a recorded series, as its name says.

A recorded series is named `level:metric:operations`, where the level lists the labels that were
kept. If the label is not among them, all series become one group. Read the series that the
recording rule reads, or leave the label out of `group_by`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen.checks.check import Check
from slogen.checks.reading import diagnostic_of, read_by, selectors_of
from slogen.diagnostics import Code

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slogen.diagnostics import Diagnostic
    from slogen.plan import ResolvedSLO


_COLONS = 2


def _find(slo: ResolvedSLO, _: tuple[int, ...]) -> Iterator[Diagnostic]:
    for argument, source in read_by(slo.definition.sli):
        for metric in dict.fromkeys(selector.metric for selector in selectors_of(source)):
            level = metric.partition(":")[0]
            for label in slo.definition.group_by:
                if metric.count(":") == _COLONS and label not in level:
                    yield diagnostic_of(
                        slo,
                        argument,
                        source,
                        entry=CHECK.code,
                        found=f'group_by has "{label}", which the name of {metric} does not list',
                        remedy=f"read series that have {label}, or leave it out of group_by",
                        part=metric,
                    )


CHECK = Check(
    code=Code.warning(
        "group-label-uncertain", "a recorded series may not have a label of group_by", doc=__doc__
    ),
    find=_find,
)
