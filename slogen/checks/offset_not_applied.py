"""A free query that the offset of the settings cannot be put into."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from slogen.checks.check import Check, written
from slogen.diagnostics import Code, Diagnostic
from slogen.promql.rates import is_counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slogen.model import SLI
    from slogen.plan import ResolvedSLO
    from slogen.promql.query import Query
    from slogen.rules import SLORules


def _find(slo: ResolvedSLO, _: SLORules) -> Iterator[Diagnostic]:
    sli, offset = slo.definition.sli, slo.timing.gauge_offset
    for field in attrs.fields(type(sli)):
        query = getattr(sli, field.name)
        if offset and query in sli.queries and not (query.has_offset or _is_moved(sli, query)):
            yield Diagnostic(
                entry=CHECK.code,
                found=f"the offset of {offset} is not put into a free query: write it there",
                slo_id=slo.definition.id,
                argument=field.name,
                origin=written(sli, query),
            )


def _is_moved(sli: SLI, query: Query) -> bool:
    """Tell whether the rates of a query become counts, into which slogen puts the offset."""
    return sli.counts_events and is_counted(query)


CHECK = Check(
    code=Code.warning(
        "offset-not-applied",
        "an offset is not put into a free query",
        why="The settings say that data arrives late. slogen reads selectors that much later; a "
        "query is the user's own, and reads data that is not there yet.",
        remedy="Write the offset into the query, behind each selector.",
    ),
    find=_find,
)
