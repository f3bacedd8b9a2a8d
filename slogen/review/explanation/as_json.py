"""SLOs for programs: one JSON document, whose schema is docs/reference/explain.schema.json."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from slogen.plan import ResolvedAlert, TimeRange
    from slogen.plan.rulers import RulerLateness
    from slogen.plan.traffic import Traffic
    from slogen.review.explanation.meaning import (
        AlertExplanation,
        DetectionExplanation,
        Explanation,
        GroupExplanation,
        TierExplanation,
    )
    from slogen.units import Duration

VERSION = 1
"""Goes up when a reader of the last JSON would misread the next."""


def as_json(explanations: Iterable[Explanation], rulers: Iterable[RulerLateness] = ()) -> str:
    """Return the document; times are seconds, shares are ratios, traffic is events an hour.

    Args:
        explanations: What the SLOs mean; their times are those of Prometheus.
        rulers: How much later alerts fire on the rulers that are known to run the rules.
    """
    document = {
        "version": VERSION,
        "slos": [_slo(each) for each in explanations],
        "rulers": [ruler.as_json() for ruler in rulers],
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _slo(explanation: Explanation) -> dict[str, object]:
    slo = explanation.slo.definition
    return {
        "id": slo.id,
        "service": slo.service.name,
        "name": slo.name,
        "description": slo.description,
        "owner": slo.owner,
        "runbook": slo.runbook,
        "kind": slo.sli.kind,
        "group_by": list(slo.group_by),
        "objective": float(slo.objective.ratio),
        "window": str(slo.window),
        "good": explanation.good,
        "bad": explanation.bad,
        "budget": _budget(explanation),
        "tiers": [_tier(each) for each in explanation.tiers],
        "alerts": [_alert(each) for each in explanation.alerts],
        "groups": [_group(each) for each in explanation.groups],
        "limits": list(explanation.limits),
    }


def _budget(explanation: Explanation) -> dict[str, object]:
    given = explanation.traffic
    return {
        "ratio": float(explanation.slo.budget),
        "seconds": _seconds(explanation.budget_time),
        "events_a_day": given.events_a_day if given else None,
        "events": given.events if given else None,
        "bad_events": given.bad_events if given else None,
    }


def _tier(each: TierExplanation) -> dict[str, object]:
    tier = each.tier
    return {
        **_sent(tier.alert),
        "burn_rate": float(tier.threshold),
        "long": str(tier.long),
        "short": str(tier.short),
        "error_ratio": float(each.error_ratio),
        "spends": float(each.spends),
        "min_bad_events": tier.min_bad_events,
        "warm_up": _seconds(tier.warm_up),
        "one_error_below": _traffic(each.one_error_below),
        "silent_up_to": _traffic(each.silent_up_to),
        "detections": [_detection(found) for found in each.detections],
        "resolves_after": _times(each.resolves),
        "outage_at_traffic": _times(each.at_traffic) if each.at_traffic else None,
    }


def _detection(found: DetectionExplanation) -> dict[str, object]:
    return {
        "times_threshold": found.level.times,
        "error_ratio": float(found.level.ratio),
        "fires_after": _times(found.fires),
        "budget_spent": float(found.budget_spent),
    }


def _alert(each: AlertExplanation) -> dict[str, object]:
    return {"kind": each.kind, **_sent(each.alert), "condition": each.condition}


def _sent(alert: ResolvedAlert) -> dict[str, object]:
    """Return how an alert is sent; a delay that it has not is null."""
    return {
        "name": alert.name,
        "severity": alert.severity,
        "for": _seconds(alert.for_) if alert.for_ else None,
        "keep_firing_for": _seconds(alert.keep_firing_for) if alert.keep_firing_for else None,
    }


def _group(each: GroupExplanation) -> dict[str, object]:
    return {
        "name": each.name,
        "interval": _seconds(each.interval),
        "rules": each.rules,
        "reads": list(each.reads),
        "records": list(each.records),
        "alerts": list(each.alerts),
    }


def _times(times: TimeRange) -> dict[str, float]:
    return {"earliest": _seconds(times.earliest), "latest": _seconds(times.latest)}


def _seconds(time: Duration) -> float:
    return float(time.seconds)


def _traffic(traffic: Traffic | None) -> float | None:
    return None if traffic is None else float(traffic)
