"""The tiers of Sloth: those that it has unless told otherwise, and those of ``AlertWindows``."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import attrs

from slogen.formats.imported.notes import DIFFERS, LEFT_OUT
from slogen.model import Objective, Severity, Tier, Window
from slogen.source import Origin, caller
from slogen.units import Duration, number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from slogen.formats.imported.notes import Notes
    from slogen.formats.sloth.spec import WindowSpec, WindowsSpec

_PERCENT = Decimal(100)
_DIGITS = 2
_USUAL: tuple[tuple[Severity, str, str, int], ...] = (
    ("page", "5m", "1h", 2),
    ("page", "30m", "6h", 5),
    ("ticket", "2h", "1d", 10),
    ("ticket", "6h", "3d", 10),
)
"""Severity, windows and percentage of the budget of each tier, over 30 days."""


@attrs.frozen(kw_only=True)
class SlothTier:
    """A tier: it fires when the long window spends a part of the budget.

    Attributes:
        severity: Who is told.
        short: The short window.
        long: The long window.
        percent: The part of the budget, in percent.
        origin: Where it was written down, if it was.
    """

    severity: Severity
    short: Duration = attrs.field(converter=Duration)
    long: Duration = attrs.field(converter=Duration)
    percent: Decimal
    origin: Origin | None = attrs.field(factory=caller, eq=False, repr=False)

    def burn_rate(self, period: Window) -> Decimal:
        """Return how many times faster than sustainable the budget is spent then."""
        return self.percent / _PERCENT * period.length.milliseconds / self.long.milliseconds


@attrs.frozen(kw_only=True)
class Tiers:
    """The tiers of all SLOs that are read together.

    Attributes:
        period: The window of the SLOs.
        tiers: The tiers, pages first.
        is_given: Whether a file says them.
    """

    period: Window = attrs.field(converter=Window)
    tiers: tuple[SlothTier, ...]
    is_given: bool = False

    @property
    def are_usual(self) -> bool:
        """Whether they are those of slogen's standard policy, too."""
        return self == attrs.evolve(usual(), is_given=self.is_given)


def usual() -> Tiers:
    """Return the tiers that Sloth has for 30 days."""
    return Tiers(
        period="30d",
        tiers=tuple(
            SlothTier(severity=severity, short=short, long=long, percent=Decimal(percent))
            for severity, short, long, percent in _USUAL
        ),
    )


def tiers_of(spec: WindowsSpec) -> Tiers:
    """Return the tiers of ``AlertWindows``."""
    by_severity: tuple[tuple[Severity, tuple[WindowSpec, WindowSpec]], ...] = (
        ("page", (spec.page.quick, spec.page.slow)),
        ("ticket", (spec.ticket.quick, spec.ticket.slow)),
    )
    tiers = tuple(
        _tier(severity, window) for severity, windows in by_severity for window in windows
    )
    return Tiers(period=spec.slo_period, tiers=tiers, is_given=True)


def _tier(severity: Severity, spec: WindowSpec) -> SlothTier:
    return SlothTier(
        severity=severity,
        short=spec.short_window,
        long=spec.long_window,
        percent=spec.error_budget_percent,
        origin=spec.origin,
    )


def unreachable(tiers: Tiers, objective: Objective) -> Iterator[SlothTier]:
    """Yield the tiers that can never fire: an error ratio of 1 does not reach them."""
    for tier in tiers.tiers:
        if tier.burn_rate(tiers.period) * objective.budget >= 1:
            yield tier


def as_tiers(
    tiers: Tiers, severities: Iterable[Severity], objective: Objective, notes: Notes
) -> Iterator[Tier]:
    """Yield the tiers as slogen has them, and say which are left out.

    Args:
        tiers: Those of Sloth.
        severities: Who is told at all.
        objective: The objective of the SLO.
        notes: What is said about it.
    """
    never = tuple(unreachable(tiers, objective))
    chosen = tuple(severities)
    for tier in tiers.tiers:
        name = f"the {tier.severity} tier of {tier.long}"
        if tier.severity not in chosen:
            continue
        if tier in never:
            found = f"{name} is left out: it could never fire at an objective of {objective}"
            notes.add(LEFT_OUT, found, tier.origin)
            continue
        rate = tier.burn_rate(tiers.period)
        if rate < 1:
            shown = number(round(rate, _DIGITS))
            reason = "below 1 it fires while the budget lasts for the whole window"
            notes.add(DIFFERS, f"{name} is raised from {shown}x to 1x: {reason}", tier.origin)
        yield Tier(
            tier.severity,
            long=tier.long,
            short=tier.short,
            burn_rate=Decimal(1) if rate < 1 else None,
            spends=None if rate < 1 else tier.percent / _PERCENT,
            origin=tier.origin,
        )
