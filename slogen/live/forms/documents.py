"""Reports and decisions as JSON, by the schemas in ``docs/reference``."""

from __future__ import annotations

import json
import math
from datetime import UTC
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from slogen.live.gating import Decision, Reason
    from slogen.live.prediction.results import (
        Ahead,
        Band,
        BudgetForecast,
        MetObjective,
        Moments,
        Outlook,
    )
    from slogen.live.reports import (
        Budget,
        FiringAlert,
        GroupReport,
        Interval,
        Report,
        SLOReport,
        Tally,
    )

VERSION = 1
"""Goes up when a reader of the last JSON would misread the next."""
_DIGITS = 12


def dumped(document: dict[str, Any]) -> str:
    """Return a document as the text of a file."""
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def report_document(report: Report) -> dict[str, Any]:
    """Return a report as JSON has it; ``docs/reference/report.schema.json`` says the same."""
    found = report.coverage
    return {
        "version": VERSION,
        "server": report.server,
        "at": moment(report.at),
        "month": report.month or None,
        "health_score": number(report.health_score),
        "summary": _tally(report.tally),
        "owners": [
            {
                "owner": owner or None,
                "health_score": number(tally.health_score),
                "summary": _tally(tally),
            }
            for owner, tally in report.by_owner.items()
        ],
        "coverage": {
            "services": found.services,
            "services_with_data": found.services_with_data,
            "slos": found.slos,
            "slos_measured": found.slos_measured,
            "slos_with_owner": found.slos_with_owner,
            "slos_with_runbook": found.slos_with_runbook,
            "measured": number(found.measured),
        },
        "ahead": _ahead(report.ahead),
        "slos": [_slo(slo) for slo in report.slos],
        "warnings": list(report.warnings),
    }


def decision_document(decision: Decision, report: Report | None, fault: str = "") -> dict[str, Any]:
    """Return a decision as JSON has it; ``docs/reference/gate.schema.json`` says the same.

    Args:
        decision: The decision.
        report: What it was made from; None where there was no answer.
        fault: Why there was no answer.
    """
    return {
        "version": VERSION,
        "outcome": decision.outcome,
        "exit_code": decision.exit.value,
        "override": decision.override or None,
        "server": report.server if report else None,
        "at": moment(report.at) if report else None,
        "slos": decision.slos,
        "young": list(decision.young),
        "reasons": [_reason(reason) for reason in decision.reasons],
        "notes": list(decision.notes),
        "warnings": list(decision.warnings),
        "fault": fault or None,
    }


def moment(at: datetime) -> str:
    """Return a moment in UTC, to the second."""
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def number(value: float | None) -> float | None:
    """Return a number with as many digits as mean something, and not those that a float adds.

    JSON has no number beyond those of floats: what is, is not known.

    >>> number(0.1 + 0.2), number(None)
    (0.3, None)
    """
    if value is None or not math.isfinite(value):
        return None
    return float(f"{value:.{_DIGITS}g}")


def _reason(reason: Reason) -> dict[str, Any]:
    return {
        "kind": reason.kind,
        "outcome": reason.outcome,
        "slo": reason.slo_id or None,
        "group": dict(reason.group),
        "text": reason.text,
        "until": moment(reason.until) if reason.until else None,
    }


def _tally(tally: Tally) -> dict[str, int]:
    counts = {state.replace(" ", "_"): amount for state, amount in tally.counts.items()}
    return {"total": tally.total, **counts}


def _slo(slo: SLOReport) -> dict[str, Any]:
    return {
        "id": slo.id,
        "service": slo.service,
        "name": slo.name,
        "owner": slo.owner or None,
        "description": slo.description or None,
        "runbook": slo.runbook or None,
        "labels": dict(slo.labels),
        "objective": number(slo.objective),
        "window": slo.window,
        "unit": slo.unit,
        "state": slo.state,
        "verdict": slo.verdict,
        "remarks": list(slo.remarks),
        "alerts": _alerts(slo.alerts),
        "groups": [_group(group) for group in slo.groups],
    }


def _group(group: GroupReport) -> dict[str, Any]:
    return {
        "labels": dict(group.labels),
        "state": group.state,
        "verdict": group.verdict,
        "has_data": group.has_data,
        "events": number(group.events),
        "errors": number(group.errors),
        "sli": number(group.sli),
        "interval": _interval(group.interval),
        "budget": _budget(group.budget),
        "burn_rates": {window: number(rate) for window, rate in group.burn_rates.items()},
        "exhausted_in": number(group.exhausted_in),
        "coverage": number(group.coverage),
        "measured": number(group.measured),
        "data": number(group.data),
        "alerts": _alerts(group.alerts),
        "history": [[number(at), number(share)] for at, share in group.history],
        "outlook": _outlook(group.outlook),
    }


def _ahead(ahead: Ahead | None) -> dict[str, Any] | None:
    if ahead is None:
        return None
    seconds = {"horizon": ahead.horizon.seconds, "history": ahead.history.seconds}
    return {name: int(value) for name, value in seconds.items()}


def _outlook(outlook: Outlook | None) -> dict[str, Any] | None:
    if outlook is None:
        return None
    return {
        "forecast": _forecast(outlook.forecast),
        "no_forecast": outlook.no_forecast or None,
        "met": _met(outlook.met),
        "no_met": outlook.no_met or None,
    }


def _forecast(forecast: BudgetForecast | None) -> dict[str, Any] | None:
    if forecast is None:
        return None
    return {
        "days": forecast.days,
        "leaving": number(forecast.leaving),
        "coming": _band(forecast.coming),
        "share_left": _band(forecast.share_left),
        "exhausted": _moments(forecast.exhausted),
        "recovered": _moments(forecast.recovered),
    }


def _met(met: MetObjective | None) -> dict[str, Any] | None:
    if met is None:
        return None
    return {
        "objective": number(met.objective),
        "windows": met.windows,
        "days": number(met.days),
        "independent": met.independent,
        "share_met": number(met.share_met),
        "measured": number(met.measured),
    }


def _band(band: Band) -> dict[str, Any]:
    return {"low": number(band.low), "middle": number(band.middle), "high": number(band.high)}


def _moments(found: Moments | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {
        "share": number(found.share),
        "earliest": number(found.earliest),
        "middle": number(found.middle),
        "latest": number(found.latest),
    }


def _interval(interval: Interval | None) -> dict[str, Any] | None:
    if interval is None:
        return None
    return {"low": number(interval.low), "high": number(interval.high)}


def _budget(budget: Budget | None) -> dict[str, Any] | None:
    if budget is None:
        return None
    return {
        "total": number(budget.total),
        "consumed": number(budget.consumed),
        "left": number(budget.left),
        "share_consumed": number(budget.share_consumed),
        "share_left": number(budget.share_left),
    }


def _alerts(alerts: Sequence[FiringAlert]) -> list[dict[str, Any]]:
    return [
        {
            "name": alert.name,
            "severity": alert.severity,
            "urgency": alert.urgency,
            "window": alert.window or None,
            "group": dict(alert.group),
        }
        for alert in alerts
    ]
