"""A query gives a good value where it has no data, as `... or vector(0)` does.

When the source of the data disappears, the SLI still looks fine, and the alert about stale data
never fires. Leave the fallback out. slogen counts 0 bad events where they are missing and the total
is there, and `when_missing` says what a moment without data means.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen.checks.check import Check
from slogen.checks.reading import diagnostic_of, queries_of
from slogen.diagnostics import Code
from slogen.model import Events, TimeSlices
from slogen.promql.patterns import fallback
from slogen.promql.value_ranges import ValueRange

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slogen.diagnostics import Diagnostic
    from slogen.model import SLI
    from slogen.plan import ResolvedSLO


def _find(slo: ResolvedSLO, _: tuple[int, ...]) -> Iterator[Diagnostic]:
    sli = slo.definition.sli
    for argument, query in queries_of(sli):
        value = fallback(query)
        if value is not None and _is_good(sli, argument, value):
            yield diagnostic_of(
                slo,
                argument,
                query,
                entry=CHECK.code,
                found=f"or vector({value:.15g}) turns missing data into a good value, so no alert "
                "says that the data is gone",
                remedy="leave it out: slogen knows what is missing",
                part="or vector(",
            )


def _is_good(sli: SLI, argument: str, value: float) -> bool:
    """Tell whether a moment without data would count as good, or as one without events."""
    if isinstance(sli, TimeSlices):
        limit = float(sli.good_when.limit)
        return ValueRange(value, value).satisfies(sli.good_when.operator, limit)
    if isinstance(sli, Events):
        return argument == "total"
    return value <= 0


CHECK = Check(
    code=Code.warning(
        "missing-data-hidden", "a query gives a good value where it has no data", doc=__doc__
    ),
    find=_find,
)
