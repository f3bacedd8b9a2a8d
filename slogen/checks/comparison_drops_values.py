"""A comparison drops values that the SLI needs to see.

Without `bool`, a comparison keeps the values that satisfy it, and drops the others. A moment whose
value was dropped has no data: it is neither good nor bad. Leave the comparison out and let
`good_when` compare, or write `bool` after the operator to get 0 and 1. If no remaining value can be
bad, or none can be good, `verdict-never-changes` refuses the query.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen.checks import verdict_never_changes
from slogen.checks.check import Check
from slogen.checks.reading import diagnostic_of, queries_of
from slogen.diagnostics import Code
from slogen.promql.patterns import Filter, outer_filter

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slogen.diagnostics import Diagnostic
    from slogen.plan import ResolvedSLO


def _find(slo: ResolvedSLO, sizes: tuple[int, ...]) -> Iterator[Diagnostic]:
    sli = slo.definition.sli
    if sli.counts_events or slo.counts_missing:
        return
    for argument, query in queries_of(sli):
        dropped_by = outer_filter(query)
        if dropped_by is None or _is_guard(dropped_by):
            continue
        if not any(verdict_never_changes.CHECK.find(slo, sizes)):
            yield diagnostic_of(
                slo,
                argument,
                query,
                entry=CHECK.code,
                found=f'"{dropped_by}" drops the other values, and a moment without a value is '
                "neither good nor bad",
                remedy=f"leave it out, or write {dropped_by.operator} bool for 0 and 1",
                part=str(dropped_by),
            )


def _is_guard(comparison: Filter) -> bool:
    """Tell whether a comparison drops what is no value, such as -1."""
    return comparison.operator == "!=" or str(comparison) in {">= 0", "> -1"}


CHECK = Check(
    code=Code.warning(
        "comparison-drops-values", "a comparison drops values instead of judging", doc=__doc__
    ),
    find=_find,
)
