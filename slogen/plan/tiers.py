"""Tiers that can fire: presets are fitted to the objective, a user's own tiers are checked."""

from __future__ import annotations

from decimal import ROUND_FLOOR, Decimal

import attrs

from slogen.errors import InputError, InvalidValue
from slogen.model import SLO, Severity, Tier
from slogen.plan.findings import Finding
from slogen.plan.presets import preset_tiers
from slogen.units import Duration, number, percentage, quotient

HIGHEST_PRESET_RATIO = Decimal("0.9")
"""A preset's tier must be reachable with this error ratio: an outage is rarely seen as 100 %."""

_PAGE_KEEPS_FIRING = Duration("10m")
_GROUPED_MIN_BAD_EVENTS = 3
_LONG_ENOUGH_TO_WARM_UP = Duration("1d")


@attrs.frozen(kw_only=True)
class ResolvedTier:
    """A burn-rate alert with all of its numbers.

    Attributes:
        threshold: The burn rate that both windows have to exceed.
        warm_up: How much of the long window the SLO must have existed for; None stands for no
            such condition.
    """

    severity: Severity
    long: Duration
    short: Duration
    threshold: Decimal
    for_: Duration | None
    keep_firing_for: Duration | None
    min_bad_events: int | None
    warm_up: Duration | None


def resolve_tiers(slo: SLO) -> tuple[tuple[ResolvedTier, ...], list[Finding], list[InputError]]:
    """Return an SLO's tiers, what was changed to make them fit, and what cannot be."""
    fitted, findings = _fit(slo, preset_tiers(slo.alerts, slo.window.length))
    faults: list[InputError] = [
        fault for tier in slo.alerts.tiers if (fault := _fault(slo, tier)) is not None
    ]
    return tuple(_resolved(slo, tier) for tier in (*fitted, *slo.alerts.tiers)), findings, faults


def _fit(slo: SLO, tiers: tuple[Tier, ...]) -> tuple[list[Tier], list[Finding]]:
    """Lower the burn rates that cannot be reached; leave out what then says the same twice."""
    highest = _reachable(slo)
    kept: list[Tier] = []
    findings: list[Finding] = []

    def found(code: str, message: str) -> None:
        findings.append(Finding(code, slo.id, message, slo.origin))

    budget = slo.objective.budget
    for tier in tiers:
        words = f"the {tier.severity} at {number(tier.burn_rate)}x over {tier.long}"
        if tier.long > slo.window.length:
            found("tier-left-out", f"{words} is left out: the SLO's window is {slo.window}")
            continue
        burn_rate = min(tier.burn_rate, highest)
        if twin := next((one for one in kept if one.burn_rate <= burn_rate), None):
            found(
                "tier-left-out",
                f"{words} is left out: with an objective of {slo.objective} it could not exceed "
                f"{number(burn_rate)}x, which the tier over {twin.long} tells sooner",
            )
            continue
        if burn_rate < tier.burn_rate:
            found(
                "tier-lowered",
                f"{words} is lowered to {number(burn_rate)}x: with an objective of {slo.objective} "
                f"it would need an error ratio of {percentage(tier.burn_rate * budget)}",
            )
        kept.append(attrs.evolve(tier, burn_rate=burn_rate))
    return kept, findings


def _reachable(slo: SLO) -> Decimal:
    """Return the highest burn rate that a preset may ask for, rounded down to a tenth."""
    exact = HIGHEST_PRESET_RATIO / slo.objective.budget
    return max(exact.quantize(Decimal("0.1"), rounding=ROUND_FLOOR), Decimal(1))


def _fault(slo: SLO, tier: Tier) -> InvalidValue | None:
    """Tell why a tier that the user wrote makes no sense for the SLO, if it does not."""
    budget, reachable = slo.objective.budget, _reachable(slo)
    needed = tier.burn_rate * budget
    if needed >= 1:
        return InvalidValue(
            "Tier.burn_rate",
            f"{number(tier.burn_rate)} in the {tier.severity} over {tier.long} of {slo.id}",
            f"below {number(quotient(Decimal(1), budget))} for an objective of {slo.objective}",
            f"it would need an error ratio of {percentage(needed)}; "
            f"{number(reachable)} fires from {percentage(reachable * budget)}",
            origin=tier.origin,
            argument="burn_rate",
        )
    if tier.long > slo.window.length:
        return InvalidValue(
            "Tier.long",
            f"{tier.long} in a {tier.severity} of {slo.id}",
            f"at most the SLO's window, which is {slo.window}",
            origin=tier.origin,
            argument="long",
        )
    return None


def _resolved(slo: SLO, tier: Tier) -> ResolvedTier:
    keeps = _PAGE_KEEPS_FIRING if tier.severity == "page" else None
    least = _GROUPED_MIN_BAD_EVENTS if slo.group_by else None
    warms_up = tier.long >= _LONG_ENOUGH_TO_WARM_UP
    return ResolvedTier(
        severity=tier.severity,
        long=tier.long,
        short=tier.short,
        threshold=tier.burn_rate,
        for_=tier.for_,
        keep_firing_for=tier.keep_firing_for or keeps,
        min_bad_events=tier.min_bad_events or least,
        warm_up=Duration.of_milliseconds(tier.long.milliseconds // 2) if warms_up else None,
    )
