"""From the rules of an SLO to what they say."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from slogen import naming
from slogen.plan import Observation
from slogen.promql.conditions import constant
from slogen.review.comparison.facts import SLOFacts
from slogen.review.comparison.history import History, histories
from slogen.review.comparison.read_alerts import alert_facts
from slogen.review.comparison.read_timing import duration, observation_of, timing_of
from slogen.rules import AlertingRule, RecordingRule
from slogen.templates import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from decimal import Decimal

    from slogen.naming import Naming
    from slogen.plan import ResolvedSLO
    from slogen.review.comparison.facts import AlertFacts
    from slogen.rules import SLORules

_NAMINGS = (naming.Naming(), naming.Naming.sloth())
_BAD = "\nBad: "
_OWNER, _RANK, _, _WINDOW, _, _RUNBOOK = naming.DESCRIBING_LABELS
_DASHBOARD = "dashboard_url"


def facts_of(rules: SLORules, slo: ResolvedSLO | None = None) -> SLOFacts:
    """Return what the rules of an SLO say.

    Args:
        rules: The rules.
        slo: What they were compiled from, where that is known: rules do not say how often
            Prometheus scrapes and, without alerts, what is bad in words.
    """
    every = [rule for group in rules.groups for rule in group.rules]
    records = tuple(rule for rule in every if isinstance(rule, RecordingRule))
    names, info = _info(records)
    identity = _identity(records, names)
    alerts = tuple(
        alert_facts(rule, names, identity) for rule in every if isinstance(rule, AlertingRule)
    )
    history = histories(records).get(rules.slo_id)
    bad, description = _texts(alerts)
    facts = SLOFacts(
        id=rules.slo_id,
        service=info.get(names.service, rules.service),
        name=info.get(names.name, ""),
        objective=_constant(records, naming.OBJECTIVE),
        window=duration(info.get(_WINDOW, "")),
        owner=info.get(_OWNER, ""),
        rank=info.get(_RANK, ""),
        runbook=info.get(_RUNBOOK, ""),
        labels=_without(info, (*identity, *naming.DESCRIBING_LABELS)),
        description=description,
        dashboard=_dashboard(alerts),
        bad=bad,
        history=history,
        events=_expressions(records, naming.EVENTS_INCREASE),
        errors=_expressions(records, naming.ERRORS_INCREASE),
        sli=None,
        timing=timing_of(rules, history.kind if history else ""),
        observation=observation_of(rules, history.kind if history else ""),
        alerts=alerts,
        records=records,
        label_names={"owner": names.owner, "service": names.service, "name": names.name},
    )
    return facts if slo is None else _completed(facts, slo)


def _completed(facts: SLOFacts, slo: ResolvedSLO) -> SLOFacts:
    """Return facts with what the definition alone says."""
    sli, timing = slo.definition.sli, slo.timing
    return attrs.evolve(
        facts,
        bad=sli.bad_in_words(timing.base_range),
        history=History.of(slo),
        sli=sli,
        timing={"scrape_interval": str(timing.scrape_interval), **facts.timing},
        observation=Observation.of(slo),
    )


def _info(records: Iterable[RecordingRule]) -> tuple[Naming, Mapping[str, str]]:
    """Return the names of labels, and the labels of the info series; none where it is missing."""
    for rule in records:
        for names in _NAMINGS:
            if rule.record == names.info and names.id in rule.labels:
                return names, rule.labels
    return _NAMINGS[0], {}


def _identity(records: Iterable[RecordingRule], names: Naming) -> tuple[str, ...]:
    """Return the labels that every rule of an SLO has: those of its base series."""
    base = (rule.labels for rule in records if rule.record == naming.EVENTS_INCREASE)
    return tuple(dict.fromkeys((*names.identity, *next(base, ()))))


def _without(labels: Mapping[str, str], names: tuple[str, ...]) -> dict[str, str]:
    return {name: value for name, value in labels.items() if name not in names}


def _expressions(records: Iterable[RecordingRule], name: str) -> tuple[str, ...]:
    return tuple(rule.expr for rule in records if rule.record == name)


def _constant(records: Iterable[RecordingRule], name: str) -> Decimal | None:
    return next(map(constant, _expressions(records, name)), None)


def _texts(alerts: Iterable[AlertFacts]) -> tuple[str, str | None]:
    """Return what alerts say is bad, and the description of the SLO; None where none says it."""
    for alert in alerts:
        _, found, rest = alert.annotations.get("description", "").partition(_BAD)
        if found:
            bad, _, description = rest.partition("\n\n")
            return plain(bad), plain(description)
    return "", None


def _dashboard(alerts: tuple[AlertFacts, ...]) -> str | None:
    """Return the address of the dashboard that alerts link to; None where there is no alert."""
    return alerts[0].annotations.get(_DASHBOARD, "") if alerts else None
