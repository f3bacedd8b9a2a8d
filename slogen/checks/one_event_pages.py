"""A page fires for a single bad event, at the traffic that is given.

The tier does not wait for more bad events (`min_bad_events: 1`), and with this traffic one bad
event is above its burn rate. So one request that a client cancelled wakes a person. Let the tier
wait for three bad events, or send it as a ticket.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from slogen.checks.check import GivenCheck
from slogen.diagnostics import Code, Diagnostic
from slogen.plan.traffic import traffic_of_one_error
from slogen.units import number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slogen.checks.given import Given
    from slogen.plan import ResolvedSLO, ResolvedTier

_HOURS = 24


def _find(slo: ResolvedSLO, given: Given) -> Iterator[Diagnostic]:
    if given.traffic is None or not slo.definition.sli.counts_events:
        return
    traffic = Fraction(given.traffic, _HOURS)
    tiers = [tier for tier in slo.tiers if _pages_for_one(tier)]
    fired = [tier for tier in tiers if traffic < traffic_of_one_error(slo, tier)]
    if fired:
        tier = fired[0]
        yield Diagnostic(
            entry=CHECK.code,
            found=f"at {given.traffic} events a day a single bad event is above "
            f"{number(tier.threshold)}x over {tier.long}, and pages",
            remedy="let it wait for three bad events: min_bad_events: 3",
            slo_id=slo.definition.id,
            argument="alerts",
            origin=slo.definition.origin,
        )


def _pages_for_one(tier: ResolvedTier) -> bool:
    """Tell whether one bad event pages: while a long `for` lasts, it leaves the short window."""
    outlasts = tier.alert.for_ is not None and tier.alert.for_ > tier.short
    return tier.alert.urgency == "page" and not tier.min_bad_events and not outlasts


CHECK = GivenCheck(
    code=Code.warning("one-event-pages", "a single bad event pages", doc=__doc__), find=_find
)
