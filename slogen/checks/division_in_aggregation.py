"""A division inside an aggregation may be 0/0, which spoils the whole result.

0/0 is NaN, and a sum or an average over one NaN is NaN. So one idle series hides all others. Leave
idle series out with `(divisor > 0)`, or divide sums: `sum(a) / sum(b)`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen.checks.check import Check
from slogen.checks.reading import diagnostic_of, queries_of
from slogen.diagnostics import Code
from slogen.promql.patterns import poisoned_aggregations

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slogen.diagnostics import Diagnostic
    from slogen.plan import ResolvedSLO


def _find(slo: ResolvedSLO, _: tuple[int, ...]) -> Iterator[Diagnostic]:
    for argument, query in queries_of(slo.definition.sli):
        for text in dict.fromkeys(poisoned_aggregations(query)):
            yield diagnostic_of(
                slo,
                argument,
                query,
                entry=CHECK.code,
                found=f"{text} is NaN where both sides are 0, and then so is the whole aggregation",
                remedy="write (... > 0) around the divisor, or divide sums",
                part=text,
            )


CHECK = Check(
    code=Code.warning(
        "division-in-aggregation", "a division that may be 0/0 is aggregated", doc=__doc__
    ),
    find=_find,
)
