"""Bad events are counted by a metric of their own.

slogen cannot tell whether the total counts the bad events as well. If it does not, the error ratio
is too high: three errors and seven successes give 43 %, not 30 %. Look up what the total counts. If
it does not count errors, write a query that adds both.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen.checks.check import Check
from slogen.checks.reading import diagnostic_of
from slogen.diagnostics import Code
from slogen.model import Events
from slogen.promql.selector import Selector

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slogen.diagnostics import Diagnostic
    from slogen.plan import ResolvedSLO


def _find(slo: ResolvedSLO, _: tuple[int, ...]) -> Iterator[Diagnostic]:
    sli = slo.definition.sli
    if not isinstance(sli, Events) or sli.bad is None:
        return
    total, bad = sli.total, sli.bad
    if isinstance(total, Selector) and isinstance(bad, Selector) and total.metric != bad.metric:
        yield diagnostic_of(
            slo,
            "bad",
            bad,
            entry=CHECK.code,
            found=f"{bad.metric} counts bad events, which {total.metric} has to count as well",
            remedy="if it does not, write a query that adds both as the total",
        )


CHECK = Check(
    code=Code.note(
        "bad-from-another-metric", "bad events are counted by a metric of their own", doc=__doc__
    ),
    find=_find,
)
