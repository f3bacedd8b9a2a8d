"""A tier of a preset whose burn rate the objective does not allow, and that was lowered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen.checks.check import Check
from slogen.diagnostics import Code, Diagnostic
from slogen.units import number, percentage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slogen.plan import ResolvedSLO
    from slogen.rules import SLORules


def _find(slo: ResolvedSLO, _: SLORules) -> Iterator[Diagnostic]:
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
        "tier-lowered",
        "a tier of a preset could not fire as it is, and was lowered",
        why="A burn rate is an error ratio divided by the budget. With a low objective the burn "
        "rate of the preset needs an error ratio close to 1 or above it, and the tier never fires.",
        remedy="Nothing has to be done. To choose other burn rates, write tiers of your own.",
    ),
    find=_find,
)
