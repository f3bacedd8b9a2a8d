"""SLOs with tiers, and what becomes of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen.model import SLI, SLO, AlertPolicy, Events, Settings, Tier
from slogen.plan.tiers import LoweredTier, OmittedTier, ResolvedTier, resolve_tiers
from slogen.plan.timing import Timing
from slogen.units import number

if TYPE_CHECKING:
    from slogen.errors import InputError

EVENTS = Events(total="requests", bad="errors")
PAGE = Tier("page", long="1h", burn_rate="14.4")
STANDARD = AlertPolicy.standard()


def slo(
    objective: str = "99.9%",
    window: str = "30d",
    *tiers: Tier,
    alerts: AlertPolicy = STANDARD,
    group_by: str | tuple[str, ...] = (),
    sli: SLI = EVENTS,
) -> SLO:
    """Return an SLO with the standard policy, or with tiers of one's own."""
    return SLO(
        service="s",
        name="n",
        objective=objective,
        window=window,
        sli=sli,
        alerts=AlertPolicy(tiers=tiers) if tiers else alerts,
        group_by=group_by,
    )


def planned(
    made: SLO,
) -> tuple[tuple[ResolvedTier, ...], tuple[LoweredTier | OmittedTier, ...], tuple[InputError, ...]]:
    """Return an SLO's tiers where settings are empty, what presets had to change, and faults."""
    plan = resolve_tiers(made, Settings(), Timing.of(Settings()))
    return plan.tiers, (*plan.lowered, *plan.omitted), plan.faults


def words(tiers: tuple[ResolvedTier, ...]) -> list[str]:
    """Return what matters of tiers on a line each."""
    return [f"{t.alert.severity} {number(t.threshold)} {t.long}/{t.short}" for t in tiers]
