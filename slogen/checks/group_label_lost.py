"""A query has aggregated a label of `group_by` away, so that no group exists.

`group_by` asks for a budget for each value of the label, but the result of the query cannot have
the label. Then all series become one group without it, or the errors of a group are never found.
Keep the label in the query, as in `sum by (tenant) (...)`, or leave it out of `group_by`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen.checks.check import Check
from slogen.checks.reading import read_by
from slogen.diagnostics import Code, Diagnostic
from slogen.promql.labels import where_lost
from slogen.promql.query import Query
from slogen.source import Occurrence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slogen.plan import ResolvedSLO
    from slogen.promql.selector import Selector


def _find(slo: ResolvedSLO, _: tuple[int, ...]) -> Iterator[Diagnostic]:
    definition = slo.definition
    for label in definition.group_by:
        for argument, source in read_by(definition.sli):
            if lost := _where_lost(source, label):
                yield Diagnostic(
                    entry=CHECK.code,
                    found=f'group_by of {definition.id} has "{label}", which {argument} cannot '
                    f"have: {lost} leaves it out",
                    allowed="labels that the result of each query can have",
                    remedy=f"keep {label} in {argument}, or leave it out of group_by",
                    slo_id=definition.id,
                    argument="group_by",
                    origin=definition.origin,
                    part=Occurrence(label),
                )


def _where_lost(source: Selector | Query, label: str) -> str:
    """Return what takes a label away; a selector does where it selects series without it."""
    if isinstance(source, Query):
        return where_lost(source, label)
    absent = (m for m in source.matchers if (m.label, m.operator, m.value) == (label, "=", ""))
    return next(map(str, absent), "")


CHECK = Check(
    code=Code.error(
        "group-label-lost", "a query cannot have a label of group_by in its result", doc=__doc__
    ),
    find=_find,
)
