"""Prometheus keeps samples for less than the SLO's window and a day.

A window sums what Prometheus still has. If it keeps samples for 15 days, a ratio over 30 days is in
fact one over 15, and the budget is judged as if the other 15 had no errors. Keep samples for the
window and one more day, let a ruler with long storage run the rules, or write a shorter window.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen.checks.check import GivenCheck
from slogen.diagnostics import Code, Diagnostic
from slogen.units import Duration

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slogen.checks.given import Given
    from slogen.plan import ResolvedSLO

_DAY = Duration("1d")


def _find(slo: ResolvedSLO, given: Given) -> Iterator[Diagnostic]:
    needed = slo.period + _DAY
    if given.retention and given.retention < needed:
        yield Diagnostic(
            entry=CHECK.code,
            found=f"Prometheus keeps samples for {given.retention}, and a window of {slo.period} "
            f"needs those of {needed}",
            remedy=f"keep them for {needed} (--storage.tsdb.retention.time), or write a shorter "
            "window",
            slo_id=slo.definition.id,
            argument="window",
            origin=slo.definition.origin,
        )


CHECK = GivenCheck(
    code=Code.warning(
        "retention-too-short", "samples are kept for less than the window and a day", doc=__doc__
    ),
    find=_find,
)
