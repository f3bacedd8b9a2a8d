"""Which pages should fire by the recorded burn rates, where a server does not say which do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen import naming

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from slogen.live.readings import Fleet, Key, Numbers
    from slogen.plan import ResolvedSLO
    from slogen.plan.tiers import ResolvedTier
    from slogen.units import Duration


def burning_pages(fleet: Fleet) -> Mapping[Key, tuple[str, ...]]:
    """Return the pages of each group whose burn rates are exceeded in both of their windows.

    How many bad events a page asks for and how old a group has to be is not asked: where such a
    page does not fire, that is right.

    Raises:
        ServerError: If there is no answer that can be used.
    """
    ratios = _ratios(fleet)
    found: dict[Key, list[str]] = {}
    for slo in fleet.slos:
        for tier in _pages(slo):
            limit = float(tier.threshold * slo.budget)
            long, short = ratios[tier.long], ratios[tier.short]
            for key, ratio in long.items():
                if key[0] == slo.definition.id and min(ratio, short.get(key, 0.0)) > limit:
                    found.setdefault(key, []).append(f"{tier.alert.name} over {tier.long}")
    return {key: tuple(names) for key, names in found.items()}


def _ratios(fleet: Fleet) -> Mapping[Duration, Numbers]:
    """Return the error ratios over all windows of pages."""
    slos: dict[Duration, dict[str, ResolvedSLO]] = {}
    for slo in fleet.slos:
        for tier in _pages(slo):
            for window in (tier.long, tier.short):
                slos.setdefault(window, {})[slo.definition.id] = slo
    return {
        window: fleet.newest(naming.ratio_rate(window), some.values())
        for window, some in sorted(slos.items())
    }


def _pages(slo: ResolvedSLO) -> Iterator[ResolvedTier]:
    return (tier for tier in slo.tiers if tier.alert.urgency == "page")
