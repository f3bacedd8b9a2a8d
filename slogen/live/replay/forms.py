"""A backtest as text for people and as JSON for programs."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import attrs

from slogen.columns import aligned
from slogen.live.forms.cells import duration, percent
from slogen.live.replay.judging import NEAR
from slogen.source import printable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slogen.live.replay.results import Backtest, GroupResult, TierResult

VERSION = 1
"""Goes up when a reader of the last one would misread the next."""
_MONTH = 30 * 86_400
_HEAD = ("ALERT", "WINDOW", "BURN RATE", "FIRED", "FOR", "SPENT", "FLAPS", "NEAR", "NIGHT")


def backtest_document(found: Backtest) -> dict[str, Any]:
    """Return a backtest as JSON has it: the fields of its classes, times in seconds since 1970."""
    return {"version": VERSION, **attrs.asdict(found)}


def backtest_text(found: Backtest) -> str:
    """Return a backtest as text: for each group a table of its tiers, then what fired."""
    begin, end = _moment(found.start), _moment(found.end)
    lines = [
        f"{found.server} from {begin} to {end}",
        f"{found.samples:,} samples of base series read",
    ]
    for group in found.groups:
        lines += ["", *_group(group, found)]
    if found.unrecorded:
        lines += ["", *(f"{slo}: no base series in this time" for slo in found.unrecorded)]
    return "".join(f"{printable(line)}\n" for line in lines)


def _group(group: GroupResult, found: Backtest) -> Iterator[str]:
    labels = ", ".join(f"{name}={value}" for name, value in group.group)
    yield f"{group.slo} ({labels})" if labels else group.slo
    yield f"{group.errors:,.0f} of {group.events:,.0f} events were bad"
    yield from aligned((_HEAD, *(_row(tier, found.end) for tier in group.tiers)))
    for tier in group.tiers:
        yield from _fired(tier)
    if found.has_incidents:
        yield from _judged(group, found)


def _row(tier: TierResult, end: float) -> tuple[str, ...]:
    lasted = sum((fired.end or end) - fired.start for fired in tier.fired)
    spent = max((fired.spent for fired in tier.fired), default=None)
    return (
        f"{tier.severity} {tier.alert}",
        tier.window,
        f"{tier.burn_rate}x",
        str(len(tier.fired)),
        duration(lasted),
        percent(spent),
        str(tier.flaps),
        str(len(tier.near_misses)),
        str(sum(fired.is_at_night for fired in tier.fired)),
    )


def _fired(tier: TierResult) -> Iterator[str]:
    name = f"{tier.alert} over {tier.window}"
    for fired in tier.fired:
        until = "goes on" if fired.end is None else f"for {duration(fired.end - fired.start)}"
        night = ", at night" if fired.is_at_night else ""
        spent = f"{percent(fired.spent)} of the budget spent in its window"
        yield f"  {_moment(fired.start)}  {name} {until}, {spent}{night}"
    for near in tier.near_misses:
        peak = f"{percent(near.peak, 0)} of its burn rate, at least {percent(NEAR, 0)}"
        lasted = duration(near.end - near.start)
        yield f"  {_moment(near.start)}  {name} nearly fired within {lasted}: {peak}"
    if tier.agreement:
        same = tier.agreement
        yield (
            f"  {name}, beside ALERTS: {same.same} the same, {same.only_replayed} here alone, "
            f"{same.only_recorded} there alone"
        )


def _judged(group: GroupResult, found: Backtest) -> Iterator[str]:
    caught = [each for each in group.judgements if each.detected_after is not None]
    false = group.false_pages or 0
    monthly = false * _MONTH / (found.end - found.start)
    yield (
        f"  incidents: {len(caught)} of {len(group.judgements)} caught; {false} false pages, "
        f"{monthly:.1f} in 30 days"
    )
    for each in group.judgements:
        name = each.incident.name or "incident"
        when = f"  {_moment(each.incident.start)}  {name}"
        if each.detected_after is None:
            yield f"{when}: missed"
        else:
            reset = (
                "" if each.reset_after is None else f", reset {duration(each.reset_after)} after"
            )
            yield f"{when}: paged after {duration(each.detected_after)}{reset}"


def _moment(seconds: float) -> str:
    return f"{datetime.fromtimestamp(seconds, tz=UTC):%Y-%m-%d %H:%M} UTC"
