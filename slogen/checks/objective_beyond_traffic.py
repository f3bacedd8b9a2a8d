"""An objective allows less than one bad event in the SLO's window.

With so few events the objective is in fact 100 %: a single bad event breaks it, and the budget says
nothing about the service. Choose a lower objective or a longer window, or count time instead of
events, with an indicator of kind `up` or `time_slices`.
"""

from __future__ import annotations

from decimal import ROUND_FLOOR, Decimal
from typing import TYPE_CHECKING

from slogen.checks.check import GivenCheck
from slogen.diagnostics import Code, Diagnostic
from slogen.units import Duration, percentage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slogen.checks.given import Given
    from slogen.plan import ResolvedSLO

_DAY = Duration("1d")


def _find(slo: ResolvedSLO, given: Given) -> Iterator[Diagnostic]:
    if given.traffic is None or not slo.definition.sli.counts_events:
        return
    events = given.traffic * slo.period.seconds / _DAY.seconds
    if events * slo.budget >= 1:
        return
    yield Diagnostic(
        entry=CHECK.code,
        found=f"at {given.traffic} events a day {slo.period} has {events:.0f} of them, and a "
        f"single bad one breaks an objective of {slo.definition.objective}",
        remedy=_remedy(events),
        slo_id=slo.definition.id,
        argument="objective",
        origin=slo.definition.origin,
    )


def _remedy(events: Decimal) -> str:
    """Return the strictest objective that allows a bad event, with as few digits as are needed."""
    share = 1 / events
    strictest = (1 - share).quantize(Decimal(10) ** share.adjusted(), ROUND_FLOOR)
    if strictest <= 0:
        return "write a longer window, or count time"
    return f"write an objective of at most {percentage(strictest)}, or a longer window"


CHECK = GivenCheck(
    code=Code.warning(
        "objective-beyond-traffic", "an objective allows less than one bad event", doc=__doc__
    ),
    find=_find,
)
