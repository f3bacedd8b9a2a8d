"""A backtest as text for people and as JSON for programs."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import attrs

from slogen.columns import aligned
from slogen.live.forms.cells import duration, percent
from slogen.live.replay.comparing import alone, sums
from slogen.live.replay.judging import NEAR
from slogen.source import printable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slogen.live.replay.results import (
        Backtest,
        FiredAlert,
        GroupResult,
        PolicyResult,
        TierResult,
    )

VERSION = 1
"""Goes up when a reader of the last one would misread the next."""
NOW = "now"
"""What the definitions are called beside others."""
_MOST_LINES = 20
"""How many differences are named: a comment on a pull request has an end."""
_MONTH = 30 * 86_400
_LATE = 3_600
"""How many seconds after the beginning the first events may come without a word about it."""
_HEAD = ("ALERT", "WINDOW", "BURN RATE", "FIRED", "FOR", "SPENT", "FLAPS", "NEAR", "NIGHT")


def backtest_document(found: Backtest) -> dict[str, Any]:
    """Return a backtest as JSON has it: the fields of its classes, times in seconds since 1970.

    What only a picture needs is left out.
    """
    fields = attrs.asdict(found, filter=lambda field, _: field.name != "parts")
    return {"version": VERSION, **fields}


def backtest_text(found: Backtest) -> str:
    """Return a backtest as text: for each group a table of its tiers, then what fired."""
    lines = list(head(found))
    for group in found.groups:
        lines += ["", *_group(group, found)]
    if said := notes(found):
        lines += ["", *said]
    return "".join(f"{printable(line)}\n" for line in lines)


def _group(group: GroupResult, found: Backtest) -> Iterator[str]:
    yield name_of(group)
    yield counted(group, found)
    if group.before is None:
        yield from _policy(group.now, found)
        return
    yield from aligned(compared(group.now, group.before, found))
    yield from (f"  {line}" for line in differences(group.now, group.before, found))
    for name, policy in ((found.against, group.before), (NOW, group.now)):
        yield f"{name}:"
        yield from _policy(policy, found)


def _policy(policy: PolicyResult, found: Backtest) -> Iterator[str]:
    yield from aligned(tiers(policy, found))
    for tier in policy.tiers:
        yield from _fired(tier)
    if found.has_incidents:
        yield from (f"  {line}" for line in incidents(policy, found))


def head(found: Backtest) -> tuple[str, ...]:
    """Return what was read, from when to when, and how much."""
    begin, end = moment(found.start), moment(found.end)
    return f"{found.server} from {begin} to {end}", f"{found.samples:,} samples read"


def notes(found: Backtest) -> list[str]:
    """Return what was not replayed, compared or judged."""
    others = ", ".join(found.not_replayed)
    said = "neither base series nor raw ones in this time"
    return [
        *(f"{slo}: {said}" for slo in found.uncounted),
        *(f"{each.slo}: not compared, {each.reason}" for each in found.not_compared),
        *_outside(found.incidents_outside),
        *([f"not replayed: {others}"] if others else []),
    ]


def _outside(incidents: int) -> Iterator[str]:
    """Yield how many incidents are not judged, if there are some."""
    if incidents == 1:
        yield "1 incident outside of this time is not judged"
    elif incidents:
        yield f"{incidents} incidents outside of this time are not judged"


def name_of(group: GroupResult) -> str:
    """Return what a group is called."""
    labels = ", ".join(f"{name}={value}" for name, value in group.group)
    return f"{group.slo} ({labels})" if labels else group.slo


def counted(group: GroupResult, found: Backtest) -> str:
    """Return how much was counted, where it comes from, and since when if that is late."""
    bad = f"{group.errors:,.0f} of {group.events:,.0f} {group.unit} were bad"
    source = "as counted from raw series" if group.is_raw else "as the rules recorded"
    if group.counted_from < found.start + _LATE:
        return f"{bad}, {source}"
    since = f"{bad}, {source} from {moment(group.counted_from)} on"
    return since if group.is_raw else f"{since}; --raw reads what was before"


def tiers(policy: PolicyResult, found: Backtest) -> list[tuple[str, ...]]:
    """Return a table of tiers, with its head."""
    return [_HEAD, *(_row(tier, found.end) for tier in policy.tiers)]


def compared(
    now: PolicyResult, before: PolicyResult, found: Backtest
) -> list[tuple[str, str, str]]:
    """Return a table of what two policies come to, with its head."""
    lines = sums(before, now, found.end)
    return [("", found.against, NOW), *((line.name, line.before, line.now) for line in lines)]


def differences(now: PolicyResult, before: PolicyResult, found: Backtest) -> list[str]:
    """Return what fires by one policy while nothing of its urgency fires by the other."""
    lines: list[str] = []
    for name, policy, other in ((found.against, before, now), (NOW, now, before)):
        for tier, fired in alone(policy, other):
            what = f"{tier.severity} {tier.alert} over {tier.window} {_until(fired)}"
            lines.append(f"{name} alone: {moment(fired.start)}  {what}")
    if len(lines) > _MOST_LINES:
        lines[_MOST_LINES:] = [f"and {len(lines) - _MOST_LINES} more: --format json has all"]
    return lines or ["nothing fires by one of them alone"]


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


def _until(fired: FiredAlert) -> str:
    return "goes on" if fired.end is None else f"for {duration(fired.end - fired.start)}"


def _fired(tier: TierResult) -> Iterator[str]:
    name = f"{tier.alert} over {tier.window}"
    for fired in tier.fired:
        night = ", at night" if fired.is_at_night else ""
        spent = f"{percent(fired.spent)} of the budget spent in its window"
        yield f"  {moment(fired.start)}  {name} {_until(fired)}, {spent}{night}"
    for near in tier.near_misses:
        peak = f"{percent(near.peak, 0)} of its burn rate, at least {percent(NEAR, 0)}"
        lasted = duration(near.end - near.start)
        yield f"  {moment(near.start)}  {name} nearly fired within {lasted}: {peak}"
    if tier.agreement:
        same = tier.agreement
        yield (
            f"  {name}, beside ALERTS: {same.same} the same, {same.only_replayed} here alone, "
            f"{same.only_recorded} there alone"
        )


def incidents(policy: PolicyResult, found: Backtest) -> Iterator[str]:
    """Yield what became of the incidents, a line each, after how many were caught."""
    caught = [each for each in policy.judgements if each.detected_after is not None]
    false = policy.false_pages or 0
    monthly = false * _MONTH / (found.end - found.start)
    yield (
        f"incidents: {len(caught)} of {len(policy.judgements)} caught; {false} false pages, "
        f"{monthly:.1f} in 30 days"
    )
    for each in policy.judgements:
        when = f"{moment(each.incident.start)}  {each.incident.name or 'incident'}"
        if each.detected_after is None:
            yield f"{when}: missed"
        else:
            after = each.reset_after
            reset = "" if after is None else f", reset {duration(after)} after"
            yield f"{when}: paged after {duration(each.detected_after)}{reset}"


def moment(seconds: float) -> str:
    """Return a moment as people read it, in UTC."""
    return f"{datetime.fromtimestamp(seconds, tz=UTC):%Y-%m-%d %H:%M} UTC"
