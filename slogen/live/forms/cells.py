"""Numbers of a report as people read them; what is not known is a dash, and never a 0."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from slogen.live.reports import BURN_WINDOWS, UNKNOWN_STATES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from slogen.live.reports import Budget, FiringAlert, GroupReport, Interval, SLOReport

UNKNOWN = "-"
_MINUTE, _HOUR, _DAY = 60, 3_600, 86_400
_LARGE_BURN = 100
_MOST_DECIMALS = 8


def percent(share: float | None, decimals: int = 1) -> str:
    """Return a share as a percentage, rounded down: what is below a limit never reads as if on it.

    >>> percent(0.99949, 2), percent(-0.00001), percent(None)
    ('99.94%', '-0.1%', '-')
    """
    if share is None:
        return UNKNOWN
    scale = 10**decimals
    if not math.isfinite(share * 100 * scale):
        return UNKNOWN
    # What a float makes of a decimal, such as 0.29 * 100, is rounded away before.
    return f"{math.floor(round(share * 100 * scale, 6)) / scale:.{decimals}f}%"


def sli(share: float | None, objective: float) -> str:
    """Return an SLI with a digit or two more than its objective has.

    >>> sli(0.9992617, 0.999), sli(0.8, 0.75)
    ('99.926%', '80.0%')
    """
    return percent(share, decimals_of(objective))


def decimals_of(objective: float) -> int:
    """Return how many decimals of a percentage tell a hundredth of a budget apart."""
    return min(max(1, 1 - math.floor(math.log10(1 - objective) + 1e-9) - 1), _MOST_DECIMALS)


def interval(found: Interval | None, objective: float) -> str:
    """Return between which shares the true one lies."""
    if found is None:
        return UNKNOWN
    decimals = decimals_of(objective)
    return f"{percent(found.low, decimals)} to {percent(found.high, decimals)}"


def burn(rate: float | None) -> str:
    """Return a burn rate.

    >>> burn(14.44), burn(250.0), burn(None)
    ('14.4x', '250x', '-')
    """
    if rate is None:
        return UNKNOWN
    return f"{rate:.0f}x" if rate >= _LARGE_BURN else f"{rate:.1f}x"


def burns(group: GroupReport | None) -> tuple[str, ...]:
    """Return the burn rates of a group, one for each window."""
    return tuple(burn(group.burn_rates.get(window) if group else None) for window in BURN_WINDOWS)


def duration(seconds: float | None) -> str:
    """Return a length of time in its two largest units.

    >>> duration(0), duration(45), duration(3_700), duration(200_000), duration(None)
    ('0s', '45s', '1h 1m', '2d 7h', '-')
    """
    if seconds is None or not math.isfinite(seconds):
        return UNKNOWN
    whole = round(seconds)
    if whole < _MINUTE:
        return f"{whole}s"
    if whole < _HOUR:
        return f"{whole // _MINUTE}m"
    if whole < _DAY:
        return f"{whole // _HOUR}h {whole % _HOUR // _MINUTE}m"
    return f"{whole // _DAY}d {whole % _DAY // _HOUR}h"


def amount(value: float | None, unit: str) -> str:
    """Return how many events there were, or how long something was.

    >>> amount(1_234_567.0, "events"), amount(2_592.0, "seconds"), amount(-90.0, "seconds")
    ('1,234,567', '43m', '-1m')
    """
    if value is None:
        return UNKNOWN
    if unit == "events":
        return f"{value:,.0f}"
    return f"-{duration(-value)}" if value < 0 else duration(value)


def left_of(budget: Budget | None, unit: str) -> str:
    """Return how much of a budget is left, of how much."""
    if budget is None:
        return UNKNOWN
    return f"{amount(budget.left, unit)} of {amount(budget.total, unit)}"


def known(group: GroupReport | None) -> GroupReport | None:
    """Return a group of whose budget something is known; what was known once is not."""
    return None if group is None or group.state in UNKNOWN_STATES else group


def gone_in(group: GroupReport | None) -> str:
    """Return when a budget will be gone at the pace of now."""
    if group is None or group.exhausted_in is None:
        return UNKNOWN
    return "now" if group.exhausted_in <= 0 else duration(group.exhausted_in)


def group_name(group: GroupReport) -> str:
    """Return the labels of a group on one line; nothing for an SLO without groups."""
    return group_label(group.labels)


def group_label(labels: Mapping[str, str]) -> str:
    """Return labels on one line.

    >>> group_label({"tenant": "a", "region": "eu"})
    'tenant=a, region=eu'
    """
    return ", ".join(f"{label}={value}" for label, value in labels.items())


def group_of(slo: SLOReport, group: GroupReport | None) -> str:
    """Return an SLO's id, with the labels of one of its groups where it has groups."""
    labels = group_name(group) if group else ""
    return f"{slo.id} ({labels})" if labels else slo.id


def slo_name(slo: SLOReport) -> str:
    """Return an SLO's id, with its worst group where it has groups."""
    if slo.worst is None or not slo.worst.labels:
        return slo.id
    more = f", worst of {len(slo.groups)}" if len(slo.groups) > 1 else ""
    return f"{slo.id} ({group_name(slo.worst)}{more})"


def alerts(firing: tuple[FiringAlert, ...]) -> str:
    """Return the alerts that fire, each once, with what it is to the house.

    >>> alerts(())
    '-'
    """
    texts = (
        f"{alert.severity} {alert.name}{f' {alert.window}' if alert.window else ''}"
        for alert in firing
    )
    return ", ".join(dict.fromkeys(texts)) or UNKNOWN
