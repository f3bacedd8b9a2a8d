"""Events are estimated by a rate, where they could be counted.

A rate does not see events during missed scrapes, nor the first events after a pause, so windows and
budgets are a little wrong. slogen counts each event if the query only adds, subtracts or scales
terms of the form `rate(SELECTOR[$window])`. Native histograms are counted from Prometheus 3.0 on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen.checks.check import Check
from slogen.checks.reading import queries_of, written
from slogen.diagnostics import Code, Diagnostic
from slogen.plan.timing import COUNTS_NATIVE_HISTOGRAMS_FROM
from slogen.promql.rates import is_counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slogen.plan import ResolvedSLO

_LOST = (
    "which loses what happens while scrapes are missed for longer than the base range, and a part "
    "of the first events after a pause"
)

_REMEDY = "to count each event, only add, subtract or scale rate(SELECTOR[$window])"


def _find(slo: ResolvedSLO, _: tuple[int, ...]) -> Iterator[Diagnostic]:
    sli = slo.definition.sli
    if not sli.counts_events or sli.counts_whole_events:
        return
    for argument, query in queries_of(sli):
        if not is_counted(query):
            yield Diagnostic(
                entry=CHECK.code,
                found=f"a free query is read as a rate, {_LOST}",
                remedy=_REMEDY,
                slo_id=slo.definition.id,
                argument=argument,
                origin=written(sli, query),
            )
    if not sli.queries and slo.version < COUNTS_NATIVE_HISTOGRAMS_FROM:
        yield Diagnostic(
            entry=CHECK.code,
            found=f"a native histogram is read as a rate, {_LOST}",
            remedy='to count each request, set prometheus to "3.0" or later',
            slo_id=slo.definition.id,
            argument="native",
            origin=sli.origin,
        )


CHECK = Check(
    code=Code.warning(
        "events-estimated", "events are estimated by a rate that could be counted", doc=__doc__
    ),
    find=_find,
)
