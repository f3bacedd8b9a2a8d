"""From which burn rates on colours change and lines stand: those of the SLOs' own tiers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen.dashboards.colors import BAD, GOOD, WARN, WORST

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from decimal import Decimal

    from slogen.dashboards.panels import Step
    from slogen.plan import ResolvedSLO
    from slogen.units import Duration

_MOST_LINES = 6


def burn_steps(slos: Iterable[ResolvedSLO]) -> tuple[Step, ...]:
    """Return the colours of burn rates: yellow from 1, orange and red at the tiers that page.

    Where SLOs page from different burn rates, orange begins where the first of them pages and red
    where all of them do.
    """
    steps: list[Step] = [(GOOD, None), (WARN, 1)]
    thresholds = {threshold for slo in slos for threshold in _paging(slo) if threshold > 1}
    if thresholds:
        lowest, highest = float(min(thresholds)), float(max(thresholds))
        steps += [(BAD, lowest)] if lowest < highest else []
        steps.append((WORST, highest))
    return tuple(steps)


def burn_words(steps: tuple[Step, ...]) -> str:
    """Return what colours of burn rates mean, as a clause.

    >>> burn_words((("green", None), ("yellow", 1), ("red", 14.4)))
    'green below 1, yellow from 1, red from 14.4'
    """
    (first, _), (_, below), *_ = steps
    others = (f"{color} from {since:g}" for color, since in steps if since is not None)
    return ", ".join((f"{first} below {below:g}", *others))


def paging_lines(slos: Iterable[ResolvedSLO]) -> Mapping[tuple[Decimal, Duration], int]:
    """Return the tiers that page, by burn rate and long window, with how many SLOs have each.

    Where there are many, those that most SLOs have.
    """
    amounts: dict[tuple[Decimal, Duration], int] = {}
    for slo in slos:
        tiers = {(t.threshold, t.long) for t in slo.tiers if t.alert.urgency == "page"}
        for tier in tiers:
            amounts[tier] = amounts.get(tier, 0) + 1
    usual = sorted(amounts, key=lambda tier: (-amounts[tier], tier))[:_MOST_LINES]
    return {tier: amounts[tier] for tier in sorted(usual)}


def _paging(slo: ResolvedSLO) -> set[Decimal]:
    return {tier.threshold for tier in slo.tiers if tier.alert.urgency == "page"}
