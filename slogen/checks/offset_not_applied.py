"""A free query that the offset of the settings cannot be put into."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from slogen.checks.check import Check
from slogen.diagnostics import Code, Diagnostic
from slogen.source import CallSite

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slogen.model import SLI
    from slogen.plan import ResolvedSLO
    from slogen.promql.query import Query
    from slogen.rules import SLORules
    from slogen.source import Origin


def _find(slo: ResolvedSLO, _: SLORules) -> Iterator[Diagnostic]:
    sli, offset = slo.definition.sli, slo.timing.offset
    for field in attrs.fields(type(sli)):
        query = getattr(sli, field.name)
        if offset and query in sli.queries and not query.has_offset:
            yield Diagnostic(
                entry=CHECK.code,
                found=f"the offset of {offset} is not put into a free query: write it there",
                slo_id=slo.definition.id,
                argument=field.name,
                origin=_written(sli, query),
            )


def _written(sli: SLI, query: Query) -> Origin | None:
    """Return where a query was written down: its own call, if it has one in a Python file."""
    is_inside = query.origin == sli.origin or not isinstance(sli.origin, CallSite)
    return sli.origin if is_inside else query.origin


CHECK = Check(
    code=Code.warning("offset-not-applied", "an offset is not put into a free query"),
    find=_find,
)
