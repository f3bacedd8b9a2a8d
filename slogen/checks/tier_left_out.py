"""A tier of a preset that the SLO cannot have, or that would say nothing new, is left out.

With a low objective the burn rates of a preset ask for error ratios above 1, which no service has:
they are lowered, and of two tiers with the same burn rate the one with the shorter window fires
first. Nothing has to be done; write `tiers` to choose others.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen.checks.check import Check
from slogen.diagnostics import Code, Diagnostic
from slogen.units import number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slogen.plan import ResolvedSLO


def _find(slo: ResolvedSLO, _: tuple[int, ...]) -> Iterator[Diagnostic]:
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
        "tier-left-out", "a tier of a preset could say nothing new, and was left out", doc=__doc__
    ),
    find=_find,
)
