"""A tier of a preset that the SLO cannot have, or that would say nothing new."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen.checks.check import Check
from slogen.diagnostics import Code, Diagnostic
from slogen.units import number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slogen.plan import ResolvedSLO
    from slogen.rules import SLORules


def _find(slo: ResolvedSLO, _: SLORules) -> Iterator[Diagnostic]:
    for omitted in slo.omitted:
        tier = omitted.tier
        yield Diagnostic(
            entry=CHECK.code,
            found=f"the {tier.severity} at {number(omitted.wanted)}x over {tier.long} is left out: "
            f"with an objective of {slo.definition.objective} it could not exceed "
            f"{number(omitted.threshold)}x, which the tier over {omitted.covered_by.long} tells "
            "sooner",
            slo_id=slo.definition.id,
            argument="objective",
            origin=slo.definition.origin,
        )


CHECK = Check(
    code=Code.note(
        "tier-left-out",
        "a tier of a preset could say nothing new, and was left out",
        why="With a low objective two tiers of a preset are lowered to the same burn rate. The one "
        "with the shorter window fires sooner, and the other one adds nothing.",
        remedy="Nothing has to be done. To choose other windows, write tiers of your own.",
    ),
    find=_find,
)
