"""What changed about the alerts of an SLO, in sentences and as rows of a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import attrs

from slogen.review.comparison.sentence import Sentence
from slogen.units import Duration, clock

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from slogen.plan import TimeRange
    from slogen.review.comparison.changes import AlertChange, Change, SLOChange
    from slogen.review.comparison.facts import AlertFacts

_MINUTE, _LONG = Duration("1m").milliseconds, Duration("10m").milliseconds
_ROUTED = ("label ", "severity", "name")
"""By what routes and silences find alerts, by how the names of fields begin."""
_IN_TABLE = frozenset({"burn rate", "long window", "short window"})
_MOST_LINES = 2
_OTHER_TEXT = "another text"
_TOTAL = "100%"


@attrs.frozen(kw_only=True)
class AlertRow:
    """A tier whose alert fires at other times than before.

    Attributes:
        alert: Its name.
        tier: Its burn rate and windows, before and after; the latter alone where both are the same.
        above: From which error ratio on it fires, likewise.
        outage: How soon it fires at a total outage, likewise.
        partial: How soon it fires at a lower error ratio, which stands in front.
        pace: Whether it fires sooner or later.
    """

    alert: str
    tier: tuple[str, ...]
    above: tuple[str, ...]
    outage: tuple[str, ...]
    partial: tuple[str, ...]
    ratio: str
    pace: Literal["sooner", "later", ""]


def alert_sentences(change: SLOChange) -> Iterator[Sentence]:
    """Yield what changed about alerts, said once where it is the same for several."""
    for alert in change.alerts:
        if alert.status != "changed":
            yield Sentence(
                f"alert {alert.status}", note=f"{alert.alert.name} ({alert.alert.title})"
            )
    for said, alerts in _together(change.alerts).items():
        note = "routes and silences by it move" if said.field.startswith(_ROUTED) else ""
        is_name = said.field == "name"
        subject = "alert renamed" if is_name else f"{said.field} of {_named(alerts, change)}"
        yield Sentence(subject, said.before, said.after, note)


def alert_rows(changes: Iterable[AlertChange]) -> tuple[AlertRow, ...]:
    """Return the tiers whose thresholds or times changed, as rows of a table."""
    return tuple(
        _row(change)
        for change in changes
        if change.status == "changed" and (any(change.above) or change.detections or _moved(change))
    )


def _moved(change: AlertChange) -> bool:
    return any(field.field in _IN_TABLE for field in change.changes)


def _together(changes: Iterable[AlertChange]) -> dict[Change, list[AlertFacts]]:
    """Return which alerts say each thing differently, but for what a table says."""
    found: dict[Change, list[AlertFacts]] = {}
    for change in changes:
        for field in change.changes:
            if field.field not in _IN_TABLE and change.after is not None:
                found.setdefault(_shortened(field), []).append(change.after)
    return found


def _named(alerts: list[AlertFacts], change: SLOChange) -> str:
    """Return alerts by their names; with their tiers where others have the same name."""
    every = [alert for alert in change.slo.alerts if alert not in _new(change)]
    if len(alerts) == len(every) > 1:
        return f"all {len(every)} alerts"
    names = []
    for name in dict.fromkeys(alert.name for alert in alerts):
        own = [alert for alert in alerts if alert.name == name]
        is_whole = len(own) == sum(alert.name == name for alert in every)
        names += [name] if is_whole else [f"{name} {alert.tier or alert.role}" for alert in own]
    return ", ".join(names)


def _new(change: SLOChange) -> list[AlertFacts]:
    return [found.alert for found in change.alerts if found.status == "added"]


def _shortened(field: Change) -> Change:
    """Return a change of a text as the lines that are new, or else the lines that are gone."""
    if not field.field.startswith("annotation "):
        return field
    old, new = field.before.split("\n"), field.after.split("\n")
    gone, there = [ln for ln in old if ln not in new], [ln for ln in new if ln not in old]
    before = _OTHER_TEXT if any(there) and any(gone) else " / ".join(gone[:_MOST_LINES])
    return attrs.evolve(field, before=before, after=" / ".join(there[:_MOST_LINES]))


def _row(change: AlertChange) -> AlertRow:
    before, after = change.before, change.after
    assert before is not None  # noqa: S101 (a row has both sides)
    assert after is not None  # noqa: S101
    times = {found.ratio: (_time(found.before), _time(found.after)) for found in change.detections}
    ratio = next((ratio for ratio in times if ratio != _TOTAL), "")
    return AlertRow(
        alert=after.name,
        tier=_both(before.tier, after.tier),
        above=_both(*change.above),
        outage=_both(*times.get(_TOTAL, ("", ""))),
        partial=_both(*times.get(ratio, ("", ""))),
        ratio=ratio,
        pace=change.pace,
    )


def _both(before: str, after: str) -> tuple[str, ...]:
    """Return two values, or one where they are the same; nothing where there is none."""
    return tuple(dict.fromkeys(value for value in (before, after) if value))


def _time(span: TimeRange | None) -> str:
    """Return a range of times; of ten minutes and more in whole minutes."""
    if span is None:
        return "never"
    earliest, latest = span.earliest.milliseconds, span.latest.milliseconds
    if latest >= _LONG:
        earliest, latest = earliest // _MINUTE * _MINUTE, -(-latest // _MINUTE) * _MINUTE
    return f"{_clock(earliest)} to {_clock(latest)}"


def _clock(milliseconds: int) -> str:
    return clock(Duration.of_milliseconds(milliseconds) if milliseconds else Duration.zero())
