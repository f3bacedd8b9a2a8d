"""A query reads a range of its own where `$window` is meant.

slogen evaluates the query at each evaluation of the rules, and adds up the results. So with a range
of five minutes, one event counts in about ten evaluations, spread over these five minutes: short
windows notice an incident late, and still see it after its end. Write `$window` for the range.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen.checks.check import Check
from slogen.checks.reading import diagnostic_of, queries_of
from slogen.diagnostics import Code
from slogen.model import TimeSlices
from slogen.promql.patterns import counters_read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slogen.diagnostics import Diagnostic
    from slogen.plan import ResolvedSLO


def _find(slo: ResolvedSLO, _: tuple[int, ...]) -> Iterator[Diagnostic]:
    sli = slo.definition.sli
    if isinstance(sli, TimeSlices):
        return  # A value that is judged may well be an average.
    for argument, query in queries_of(sli):
        for read in counters_read(query):
            if not read.is_over_window:
                yield diagnostic_of(
                    slo,
                    argument,
                    query,
                    entry=CHECK.code,
                    found=f"{read.text} has its own range, so each evaluation counts the same "
                    "events again",
                    remedy="write $window for the range",
                    part=read.text,
                )


CHECK = Check(
    code=Code.warning(
        "fixed-range", "a query has a range of its own where $window is meant", doc=__doc__
    ),
    find=_find,
)
