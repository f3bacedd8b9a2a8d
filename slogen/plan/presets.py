"""The tiers of the standard alert policy, by the length of the SLO's window.

Source: Google's SRE Workbook, chapter 5, table 5-8, for 30 days; the shorter windows keep the
detection times and take burn rates that leave the same part of the budget for a person to act in.
"""

from __future__ import annotations

from slogen.model import AlertPolicy, Severity, Tier
from slogen.units import Duration


def _tier(severity: Severity, burn_rate: str, long: str, short: str) -> Tier:
    return Tier(severity, long=long, short=short, burn_rate=burn_rate, origin=None)


_BY_SHORTEST_WINDOW = (
    (
        Duration("14d"),
        (
            _tier("page", "14.4", "1h", "5m"),
            _tier("page", "6", "6h", "30m"),
            _tier("ticket", "3", "1d", "2h"),
            _tier("ticket", "1", "3d", "6h"),
        ),
    ),
    (
        Duration("3d"),
        (
            _tier("page", "14.4", "1h", "5m"),
            _tier("page", "6", "6h", "30m"),
            _tier("ticket", "2", "1d", "2h"),
        ),
    ),
    (
        Duration("1h"),
        (
            _tier("page", "12", "30m", "5m"),
            _tier("page", "4", "3h", "15m"),
            _tier("ticket", "2", "6h", "30m"),
        ),
    ),
)


def preset_tiers(policy: AlertPolicy, window: Duration) -> tuple[Tier, ...]:
    """Return the tiers that a policy's preset stands for, given the SLO's window."""
    if policy.preset == "none":
        return ()
    tiers = next(tiers for shortest, tiers in _BY_SHORTEST_WINDOW if window >= shortest)
    if policy.preset == "tickets_only":
        return tuple(tier for tier in tiers if tier.severity == "ticket")
    return tiers
