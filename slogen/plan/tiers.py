"""Tiers that can fire: presets are fitted to the objective, a user's own tiers are checked."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from typing import TYPE_CHECKING

import attrs

from slogen.errors import InputError, InvalidValue
from slogen.model import Tier
from slogen.plan.alerts import BURN_RATE, ResolvedAlert, resolve_alert
from slogen.plan.presets import preset_tiers
from slogen.plan.timing import LONGEST_FAST_WINDOW, Timing
from slogen.units import Duration, number, percentage, quotient

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slogen.model import SLO, Settings

HIGHEST_PRESET_RATIO = Decimal("0.9")
"""A preset's tier must be reachable with this error ratio: an outage is rarely seen as 100 %."""


@attrs.frozen(kw_only=True)
class ResolvedTier:
    """A burn-rate alert with all of its numbers.

    Attributes:
        alert: Its name, severity, delays, labels and annotations.
        threshold: The burn rate that both windows have to exceed.
        min_bad_events: How many bad events the long window must hold, if that matters.
        warm_up: How long a group must have existed before its alert may fire.
    """

    alert: ResolvedAlert
    long: Duration
    short: Duration
    threshold: Decimal
    min_bad_events: int | None
    warm_up: Duration

    @property
    def is_slow(self) -> bool:
        """Whether it stands in a slow group, because its long window reads hours."""
        return self.long > LONGEST_FAST_WINDOW

    def spends(self, period: Duration) -> Decimal:
        """Return which part of the whole error budget is spent when its burn rate fires it.

        A burn rate of 1 for all of the SLO's window spends 1. An outage that burns faster fires
        it before, and has spent as much then.

        >>> from slogen import SLO, Events, Service, Settings
        >>> from slogen.plan import resolve
        >>> sli = Events(total="requests_total", bad="failures_total")
        >>> slo = SLO(service=Service("shop"), name="a", objective="99%", window="30d", sli=sli)
        >>> (plan,) = resolve(slo, Settings())
        >>> plan.tiers[0].spends(plan.period)
        Decimal('0.02')

        Args:
            period: The SLO's window.
        """
        spent = self.threshold * self.long.milliseconds
        return quotient(spent, Decimal(period.milliseconds))


@attrs.frozen(kw_only=True)
class LoweredTier:
    """A tier of a preset that was given a burn rate which the SLO's objective lets it exceed.

    Attributes:
        tier: The tier as the preset has it.
        wanted: Its burn rate there.
        threshold: The burn rate that it has instead.
    """

    tier: Tier
    wanted: Decimal
    threshold: Decimal


@attrs.frozen(kw_only=True)
class OmittedTier:
    """A tier of a preset that an SLO does not have.

    Attributes:
        tier: The tier as the preset has it.
        wanted: Its burn rate there.
        threshold: The highest burn rate that it could have with the SLO's objective.
        covered_by: The tier that fires sooner at that burn rate.
    """

    tier: Tier
    wanted: Decimal
    threshold: Decimal
    covered_by: Tier


@attrs.frozen(kw_only=True)
class TierPlan:
    """What becomes of the tiers of an SLO.

    Attributes:
        tiers: Those that it has.
        lowered: What was changed in a preset to make it fit.
        omitted: What was left out of it.
        faults: What is wrong with the user's own tiers.
    """

    tiers: tuple[ResolvedTier, ...]
    lowered: tuple[LoweredTier, ...]
    omitted: tuple[OmittedTier, ...]
    faults: tuple[InputError, ...]


def resolve_tiers(slo: SLO, settings: Settings, timing: Timing) -> TierPlan:
    """Return an SLO's tiers, what was changed to make them fit, and what cannot be."""
    kept, lowered, omitted = _fit(slo, preset_tiers(slo.alerts, slo.window.length))
    faults: list[InputError] = [f for tier in slo.alerts.tiers for f in _faults(slo, tier)]
    resolved: dict[tuple[object, ...], ResolvedTier] = {}
    for tier in (*kept, *slo.alerts.tiers):
        made = _resolved(slo, settings, tier, timing)
        if resolved.setdefault(_told_apart_by(made), made) is not made:
            faults.append(_repeated(slo, tier, made))
    return TierPlan(
        tiers=tuple(resolved.values()),
        lowered=tuple(lowered),
        omitted=tuple(omitted),
        faults=tuple(faults),
    )


def min_bad_events(slo: SLO) -> int | None:
    """Return how many bad events alerts of the SLO ask for; None where it counts time."""
    return _guard(slo, slo.alerts.min_bad_events)


def _guard(slo: SLO, least: int) -> int | None:
    """Return a number of bad events; None where any would do."""
    return least if slo.sli.counts_events and least > 1 else None


def _burn_rate(slo: SLO, tier: Tier) -> Decimal:
    if tier.burn_rate is not None:
        return tier.burn_rate
    assert tier.spends is not None  # noqa: S101 (a tier has one of the two)
    return quotient(tier.spends * _milliseconds(slo), Decimal(tier.long.milliseconds))


def _fit(
    slo: SLO, tiers: tuple[Tier, ...]
) -> tuple[list[Tier], list[LoweredTier], list[OmittedTier]]:
    """Lower the burn rates that cannot be reached; leave out what then says the same twice."""
    kept: list[Tier] = []
    lowered: list[LoweredTier] = []
    omitted: list[OmittedTier] = []
    highest = _reachable(slo)
    for tier in tiers:
        wanted = _burn_rate(slo, tier)
        threshold = min(wanted, highest)
        covering = next((other for other in kept if _burn_rate(slo, other) <= threshold), None)
        if covering is not None:
            omitted.append(
                OmittedTier(tier=tier, wanted=wanted, threshold=threshold, covered_by=covering)
            )
            continue
        fits = tier.burn_rate == threshold
        kept.append(tier if fits else attrs.evolve(tier, burn_rate=threshold))
        if threshold < wanted:
            lowered.append(LoweredTier(tier=tier, wanted=wanted, threshold=threshold))
    return kept, lowered, omitted


def _reachable(slo: SLO) -> Decimal:
    """Return the highest burn rate that a preset may ask for, rounded down to a tenth."""
    exact = HIGHEST_PRESET_RATIO / slo.objective.budget
    return max(exact.quantize(Decimal("0.1"), rounding=ROUND_FLOOR), Decimal(1))


def _faults(slo: SLO, tier: Tier) -> Iterator[InputError]:
    """Tell why a tier that the user wrote makes no sense for the SLO."""
    argument = "spends" if tier.burn_rate is None else "burn_rate"
    burn_rate, budget, reachable = _burn_rate(slo, tier), slo.objective.budget, _reachable(slo)
    words = f"in the {tier.severity} tier over {tier.long} of {slo.id}"
    found = f"{number(burn_rate)} {words}"
    if tier.spends is not None:
        found = f"{percentage(tier.spends)} {words}, a burn rate of {number(burn_rate)}"

    def fault(argument: str, found: str, allowed: str, remedy: str = "") -> InvalidValue:
        return InvalidValue(
            f"Tier.{argument}", found, allowed, remedy, origin=tier.origin, argument=argument
        )

    if burn_rate * budget >= 1:
        highest = number(quotient(Decimal(1), budget))
        yield fault(
            argument,
            found,
            f"a burn rate below {highest} for an objective of {slo.objective}",
            f"it would need an error ratio of {percentage(burn_rate * budget)}; "
            f"a burn rate of {number(reachable)} fires from {percentage(reachable * budget)}",
        )
    if burn_rate < 1:
        part = percentage(_least_part(slo, tier))
        yield fault(
            argument,
            found,
            "a burn rate of at least 1",
            f"{tier.long} of a window of {slo.window} may spend {part} of the budget and more",
        )
    if tier.long > slo.window.length:
        allowed = f"at most the SLO's window, which is {slo.window}"
        yield fault("long", f"{tier.long} in a {tier.severity} tier of {slo.id}", allowed)
    if tier.min_bad_events is not None and not slo.sli.counts_events:
        yield fault(
            "min_bad_events",
            f"{tier.min_bad_events} {words}",
            "nothing: this kind of SLI counts time, not events",
        )


def _least_part(slo: SLO, tier: Tier) -> Decimal:
    """Return the part of the budget at a burn rate of 1, rounded up so that it is enough."""
    return Context(prec=6, rounding=ROUND_CEILING).divide(
        Decimal(tier.long.milliseconds), _milliseconds(slo)
    )


def _told_apart_by(tier: ResolvedTier) -> tuple[object, ...]:
    """Return the name and the labels of a tier's alert, as far as tiers differ in them."""
    alert = tier.alert
    return alert.name, alert.severity, tier.long, tier.threshold, *alert.labels.items()


def _repeated(slo: SLO, tier: Tier, made: ResolvedTier) -> InvalidValue:
    return InvalidValue(
        "Tier",
        f"a second {tier.severity} at {number(made.threshold)}x over {tier.long} of {slo.id}",
        "tiers whose alerts can be told apart",
        "leave it out, or give it a name or labels of its own",
        origin=tier.origin,
    )


def _milliseconds(slo: SLO) -> Decimal:
    return Decimal(slo.window.length.milliseconds)


def _resolved(slo: SLO, settings: Settings, tier: Tier, timing: Timing) -> ResolvedTier:
    assert tier.severity is not None  # noqa: S101 (a tier has one)
    # What a group was in first counts for nobody: its first scrape often fails.
    seen = tier.short + 2 * timing.fast_interval
    half = Duration.of_milliseconds(tier.long.milliseconds // 2)
    # Of two metrics the first minutes say nothing: which of them was scraped last decides.
    waits = tier.long > LONGEST_FAST_WINDOW or slo.sli.is_difference
    warm_up = max(half, seen) if waits else seen
    return ResolvedTier(
        alert=resolve_alert(slo, settings, tier, BURN_RATE[tier.severity]),
        long=tier.long,
        short=tier.short,
        threshold=_burn_rate(slo, tier),
        min_bad_events=_guard(slo, tier.min_bad_events or slo.alerts.min_bad_events),
        # A recorded age ends at the SLO's window.
        warm_up=min(warm_up, slo.window.length),
    )
