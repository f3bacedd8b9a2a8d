"""What the alerts of two versions of an SLO say differently."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from slogen.plan.detection import Burn, fires_after
from slogen.review.comparison.changes import AlertChange, Change, Detection
from slogen.review.comparison.compare_texts import annotation_changes
from slogen.templates import literal
from slogen.units import number, percentage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from slogen.plan import TimeRange
    from slogen.review.comparison.facts import AlertFacts, SLOFacts
    from slogen.units import Duration

_TOTAL_OUTAGE = Decimal(1)

Pair = tuple["AlertFacts | None", "AlertFacts | None"]


def alert_changes(before: SLOFacts, after: SLOFacts) -> tuple[AlertChange, ...]:
    """Return what changed about the alerts of an SLO, in the order in which it has them."""
    found = (_change(before, after, pair) for pair in pairs(before.alerts, after.alerts))
    return tuple(change for change in found if change)


def pairs(before: Iterable[AlertFacts], after: Iterable[AlertFacts]) -> Iterator[Pair]:
    """Yield each alert as it was and as it is; None stands for where it is not.

    Alerts are the same if they are about the same: tiers by their windows and burn rates or, where
    these changed, by what is left of these.
    """
    gone, there = list(before), list(after)
    partners: dict[int, AlertFacts] = {}
    for key in _KEYS:
        for alert in [alert for alert in there if id(alert) not in partners]:
            partner = next((old for old in gone if key(old) == key(alert)), None)
            if partner is not None:
                partners[id(alert)] = partner
                gone.remove(partner)
    yield from ((partners.get(id(alert)), alert) for alert in there)
    yield from ((alert, None) for alert in gone)


_KEYS: tuple[Callable[[AlertFacts], tuple[object, ...]], ...] = (
    lambda alert: (alert.role, alert.name, alert.long, alert.short, alert.threshold, alert.labels),
    lambda alert: (alert.role, alert.name, alert.long, alert.threshold),
    lambda alert: (alert.role, alert.long, alert.threshold),
    lambda alert: (alert.role, alert.name, alert.long),
    lambda alert: (alert.role, alert.severity, alert.long),
    lambda alert: (alert.role, alert.long),
    lambda alert: (alert.role, alert.name, alert.threshold),
    lambda alert: (alert.role, alert.name, alert.severity, alert.is_tier),
    lambda alert: (alert.name, alert.severity, alert.is_tier),
)
"""By what alerts find their partners: the most they can have in common first."""


def _change(before: SLOFacts, after: SLOFacts, pair: Pair) -> AlertChange | None:
    """Return what changed about an alert; None if nothing did."""
    old, new = pair
    if old is None or new is None:
        status = "removed" if new is None else "added"
        return AlertChange(status=status, before=old, after=new)  # type: ignore[arg-type]
    above = _above(before, old), _above(after, new)
    detections = tuple(_detections(before, after, old, new))
    found = AlertChange(
        status="changed",
        before=old,
        after=new,
        changes=tuple(_changes(before, after, old, new)),
        above=above if above[0] != above[1] and all(above) else ("", ""),
        detections=detections,
    )
    return found if found.changes or any(found.above) or detections else None


def _changes(
    before: SLOFacts, after: SLOFacts, old: AlertFacts, new: AlertFacts
) -> Iterator[Change]:
    values = {
        "name": (old.name, new.name),
        "severity": (old.severity, new.severity),
        "burn rate": (_number(old.threshold), _number(new.threshold)),
        "long window": (_text(old.long), _text(new.long)),
        "short window": (_text(old.short), _text(new.short)),
        "part of the budget": (_percentage(old.limit), _percentage(new.limit)),
        "min_bad_events": (_number(old.min_bad_events), _number(new.min_bad_events)),
        "for": (_text(old.for_), _text(new.for_)),
        "keep_firing_for": (_text(old.keep_firing_for), _text(new.keep_firing_for)),
    }
    for field, (was, now) in values.items():
        if was != now:
            yield Change(field=field, before=was, after=now)
    yield from _label_changes(before, after, old, new)
    yield from annotation_changes(before, after, old, new)


def _label_changes(
    before: SLOFacts, after: SLOFacts, old: AlertFacts, new: AlertFacts
) -> Iterator[Change]:
    """Yield which labels differ; that of the owner is said with the owner, if it follows that."""
    labels = [_without_owner(alert.labels, slo) for alert, slo in ((old, before), (new, after))]
    for name in sorted({*labels[0], *labels[1]}):
        was, now = labels[0].get(name, ""), labels[1].get(name, "")
        if was != now:
            yield Change(field=f"label {name}", before=was, after=now)


def _without_owner(labels: Mapping[str, str], slo: SLOFacts) -> Mapping[str, str]:
    owner = slo.label_names.get("owner", "")
    follows = labels.get(owner, "") == literal(slo.owner)
    return {name: value for name, value in labels.items() if name != owner or not follows}


def _above(slo: SLOFacts, alert: AlertFacts) -> str:
    """Return the error ratio above which an alert fires; the empty text where it has none."""
    limit = _limit(slo, alert)
    return "" if limit is None else percentage(limit)


def _limit(slo: SLOFacts, alert: AlertFacts) -> Decimal | None:
    """Return that of a tier, or of the alert on a violated objective; None for all others."""
    if slo.budget is None or (alert.threshold is None and alert.role != "violated"):
        return None
    return slo.budget * (1 if alert.threshold is None else alert.threshold)


def _detections(
    before: SLOFacts, after: SLOFacts, old: AlertFacts, new: AlertFacts
) -> Iterator[Detection]:
    """Yield how soon a tier fires, at a total outage and at twice the higher limit."""
    limits = [_limit(before, old), _limit(after, new)]
    if not (old.is_tier and new.is_tier and before.observation and after.observation):
        return
    twice = min(2 * max(limit for limit in limits if limit is not None), _TOTAL_OUTAGE)
    for ratio in dict.fromkeys((_TOTAL_OUTAGE, twice)):
        was, now = _fires(before, old, ratio), _fires(after, new, ratio)
        if was != now:
            yield Detection(ratio=percentage(ratio), before=was, after=now)


def _fires(slo: SLOFacts, alert: AlertFacts, ratio: Decimal) -> TimeRange | None:
    """Return how soon a tier fires at an error ratio; None if it does not, or nobody knows."""
    limit = _limit(slo, alert)
    if limit is None or not slo.observation or not alert.long or not alert.short:
        return None
    burn = Burn(limit=Fraction(limit), long=alert.long, short=alert.short, for_=alert.for_)
    return fires_after(burn, ratio, slo.observation)


def _number(value: Decimal | None) -> str:
    return "" if value is None else number(value)


def _percentage(value: Decimal | None) -> str:
    return "" if value is None else percentage(value)


def _text(value: Duration | None) -> str:
    return "" if value is None else str(value)
