"""A tier of a preset has a burn rate that the objective does not allow, and is lowered.

The error ratio at which a tier fires is its burn rate times the error budget. A ratio above 1
cannot happen, so the alert could never fire. slogen lets the tier fire at an error ratio of 0.9
instead. You do not have to do anything; write `tiers` to choose burn rates.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen.checks.check import Check
from slogen.diagnostics import Code, Diagnostic
from slogen.units import number, percentage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slogen.plan import ResolvedSLO


def _find(slo: ResolvedSLO, _: tuple[int, ...]) -> Iterator[Diagnostic]:
    objective = slo.definition.objective
    for lowered in slo.lowered:
        tier, wanted = lowered.tier, lowered.wanted
        yield Diagnostic(
            entry=CHECK.code,
            found=f"the {tier.severity} at {number(wanted)}x over {tier.long} is lowered to "
            f"{number(lowered.threshold)}x: with an objective of {objective} it would need an "
            f"error ratio of {percentage(wanted * objective.budget)}",
            slo_id=slo.definition.id,
            argument="objective",
            origin=slo.definition.origin,
        )


CHECK = Check(
    code=Code.note(
        "tier-lowered", "a tier of a preset could not fire as it is, and was lowered", doc=__doc__
    ),
    find=_find,
)
