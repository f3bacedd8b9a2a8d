"""A free query cannot be moved by the offset of the settings.

slogen reads selectors `offset` in the past, so that data that arrives late is counted. In a free
query it does not know which selectors that concerns. Write `offset` after the selectors of the
query yourself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen.checks.check import Check
from slogen.checks.reading import queries_of, written
from slogen.diagnostics import Code, Diagnostic
from slogen.promql.rates import is_counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slogen.model import SLI
    from slogen.plan import ResolvedSLO
    from slogen.promql.query import Query


def _find(slo: ResolvedSLO, _: tuple[int, ...]) -> Iterator[Diagnostic]:
    sli, offset = slo.definition.sli, slo.timing.gauge_offset
    for argument, query in queries_of(sli):
        if offset and not (query.has_offset or _is_moved(sli, query)):
            yield Diagnostic(
                entry=CHECK.code,
                found=f"the offset of {offset} is not put into a free query: write it there",
                slo_id=slo.definition.id,
                argument=argument,
                origin=written(sli, query),
            )


def _is_moved(sli: SLI, query: Query) -> bool:
    """Tell whether the rates of a query become counts, into which slogen puts the offset."""
    return sli.counts_events and is_counted(query)


CHECK = Check(
    code=Code.warning("offset-not-applied", "an offset is not put into a free query", doc=__doc__),
    find=_find,
)
