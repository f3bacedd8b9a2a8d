"""The tiers of the standard alert policy, by the length of the SLO's window.

Source: Google's SRE Workbook, chapter 5, table 5-8, for 30 days; the shorter windows keep the
detection times and take burn rates that leave a part of the budget for a person to act in. No tier
takes more than the whole budget to fire: a burn rate times its long window is at most the SLO's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from slogen.model import AlertPolicy, Severity, Tier
from slogen.units import Duration

if TYPE_CHECKING:
    from slogen.model import Alert

_MINUTE, _SHORTEST = Duration("1m").milliseconds, Duration("4m").milliseconds


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
        Duration("12h1ms"),
        (
            _tier("page", "12", "30m", "5m"),
            _tier("page", "4", "3h", "15m"),
            _tier("ticket", "2", "6h", "30m"),
        ),
    ),
)
_PAGED_PART, _TICKET_PART = 24, 4
"""Which parts of a window of half a day and less its tiers look at."""


def preset_tiers(policy: AlertPolicy, window: Duration) -> tuple[Tier, ...]:
    """Return the tiers that a policy's preset stands for, given the SLO's window."""
    if policy.preset == "none":
        return ()
    sent: dict[Severity | None, Alert | None] = {"page": policy.page, "ticket": policy.ticket}
    left_out = {"pages_only": "ticket", "tickets_only": "page"}.get(policy.preset)
    return tuple(
        _sent(tier, sent[tier.severity]) for tier in _standard(window) if tier.severity != left_out
    )


def _standard(window: Duration) -> tuple[Tier, ...]:
    for shortest, tiers in _BY_SHORTEST_WINDOW:
        if window >= shortest:
            return tiers
    return (
        Tier("page", long=_part(window, _PAGED_PART), burn_rate=6, origin=None),
        Tier("ticket", long=_part(window, _TICKET_PART), burn_rate=2, origin=None),
    )


def _part(window: Duration, parts: int) -> Duration:
    """Return a part of a window, in whole minutes, and long enough for a tier."""
    minutes = window.milliseconds // parts // _MINUTE
    return Duration.of_milliseconds(max(minutes * _MINUTE, _SHORTEST))


def _sent(tier: Tier, alert: Alert | None) -> Tier:
    """Return a tier that is sent as an alert says."""
    if alert is None:
        return tier
    said = attrs.asdict(alert, recurse=False)
    severity = said.pop("severity") or tier.severity
    return attrs.evolve(tier, severity=severity, **said)
