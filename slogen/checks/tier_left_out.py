"""A tier of a preset that the SLO cannot have, or that would say nothing new, is left out.

If an objective is low, the burn rates of a preset ask for error ratios above 1, which cannot
happen. slogen lowers these burn rates. If two tiers then have the same burn rate, slogen leaves out
the one with the longer window, because the other one fires first. You do not have to do anything;
write `tiers` to choose others.
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
            f"with an objective of {slo.definition.objective} it could be at most "
            f"{number(omitted.threshold)}x, and the tier over {omitted.covered_by.long} fires "
            "sooner",
            slo_id=slo.definition.id,
            argument="objective",
            origin=slo.definition.origin,
        )


CHECK = Check(
    code=Code.note(
        "tier-left-out", "a tier of a preset would add nothing, and was left out", doc=__doc__
    ),
    find=_find,
)
