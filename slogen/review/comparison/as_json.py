"""A diff as JSON, for programs. The shape is versioned, and its schema stands in the docs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from slogen.units import number, percentage

if TYPE_CHECKING:
    from slogen.plan import TimeRange
    from slogen.review.comparison.changes import (
        AlertChange,
        Change,
        Detection,
        Diff,
        SLOChange,
        Unread,
    )
    from slogen.review.comparison.facts import AlertFacts, SLOFacts
    from slogen.review.comparison.history import HistoryBreak

VERSION = 1
"""Goes up when a reader of the last shape would misread the next."""

Shape = dict[str, object]


def as_json(diff: Diff) -> str:
    """Return a diff as one JSON document."""
    shape = {
        "version": VERSION,
        "before": diff.before,
        "after": diff.after,
        "slos": [_slo(change) for change in diff.slos],
        "unread": [_unread(entry) for entry in diff.unread],
    }
    return json.dumps(shape, indent=2, ensure_ascii=False) + "\n"


def _slo(change: SLOChange) -> Shape:
    return {
        "id": change.id,
        "previous_id": change.previous_id or None,
        "status": change.status,
        "before": _side(change.before) if change.before else None,
        "after": _side(change.after) if change.after else None,
        "changes": [_change(field) for field in change.changes],
        "alerts": [_alert(alert) for alert in change.alerts],
        "history": [_history(found) for found in change.history],
        "other_rules": list(change.other_rules),
        "not_compared": list(change.not_compared),
    }


def _side(slo: SLOFacts) -> Shape:
    """Return what an SLO is on a side; durations in seconds, shares as numbers."""
    budget = slo.budget_in_time
    return {
        "service": slo.service,
        "name": slo.name,
        "owner": slo.owner,
        "objective": None if slo.objective is None else percentage(slo.objective),
        "window": str(slo.window) if slo.window else None,
        "budget_seconds": None if budget is None else budget.milliseconds // 1000,
        "kind": slo.kind or None,
        "bad": slo.bad or None,
    }


def _change(change: Change) -> Shape:
    return {
        "field": change.field,
        "before": change.before or None,
        "after": change.after or None,
    }


def _alert(change: AlertChange) -> Shape:
    before, after = change.above
    return {
        "name": change.alert.name,
        "status": change.status,
        "before": _alert_side(change.before) if change.before else None,
        "after": _alert_side(change.after) if change.after else None,
        "changes": [_change(field) for field in change.changes],
        "fires_above": {"before": before, "after": after} if before or after else None,
        "fires": change.pace or None,
        "times_to_fire": [_detection(found) for found in change.detections],
    }


def _alert_side(alert: AlertFacts) -> Shape:
    return {
        "role": alert.role or None,
        "name": alert.name,
        "severity": alert.severity,
        "burn_rate": None if alert.threshold is None else number(alert.threshold),
        "long": str(alert.long) if alert.long else None,
        "short": str(alert.short) if alert.short else None,
        "for": str(alert.for_) if alert.for_ else None,
        "keep_firing_for": str(alert.keep_firing_for) if alert.keep_firing_for else None,
        "labels": dict(alert.labels),
    }


def _detection(found: Detection) -> Shape:
    return {
        "error_ratio": found.ratio,
        "before": _seconds(found.before),
        "after": _seconds(found.after),
    }


def _seconds(span: TimeRange | None) -> Shape | None:
    """Return a range of times in seconds; None where the alert never fires."""
    if span is None:
        return None
    earliest, latest = span.earliest, span.latest
    return {"earliest": earliest.milliseconds / 1000, "latest": latest.milliseconds / 1000}


def _history(found: HistoryBreak) -> Shape:
    return {
        "verdict": found.verdict,
        "found": found.found,
        "details": list(found.details),
        "remedy": found.remedy,
    }


def _unread(entry: Unread) -> Shape:
    return {"file": entry.file, "slo": entry.slo_id or None, "reason": entry.reason}
