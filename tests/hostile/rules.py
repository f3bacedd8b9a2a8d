"""The rules of all hostile strings, and what has to be found in them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import attrs

from slogen import RuleSet, build, naming
from slogen.compiler.sharing import Compiled
from slogen.rules import AlertingRule
from tests.hostile.places import LINKS, TAME, everywhere, slo
from tests.hostile.strings import STRINGS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from slogen.rules import Rule, RuleGroup

HOSTILE: tuple[Mapping[str, str], ...] = (
    TAME,
    *({**TAME, "id": f"slo-{i}", **everywhere(text)} for i, text in enumerate(STRINGS)),
)
"""The words of each SLO: one that is tame, and one for each string, which stands all over it."""

_ESSENCE = {naming.EVENTS_INCREASE, naming.ERRORS_INCREASE, "slo_info"}


@cache
def built() -> RuleSet:
    """Return the rules of all these SLOs."""
    return build(slo(words) for words in HOSTILE)


def essence(whole: RuleSet) -> RuleSet:
    """Return the rules without those whose strings stand in others as well: four an SLO stay."""
    kept = []
    for one in whole.built:
        groups = tuple(group for group in map(_essential, one.rules.groups) if group.rules)
        rules = attrs.evolve(one.rules, groups=groups)
        kept.append(attrs.evolve(one, compiled=Compiled.alone(rules)))
    return attrs.evolve(whole, built=tuple(kept))


def _essential(group: RuleGroup) -> RuleGroup:
    rules = (r for r in group.rules if isinstance(r, AlertingRule) or r.record in _ESSENCE)
    return attrs.evolve(group, rules=tuple(rules))


def recording(groups: tuple[RuleGroup, ...], name: str) -> Rule:
    """Return the rule that records a series."""
    rules = (rule for group in groups for rule in group.rules)
    return next(r for r in rules if not isinstance(r, AlertingRule) and r.record == name)


def page(groups: tuple[RuleGroup, ...]) -> AlertingRule:
    """Return the one alert of an SLO."""
    (rule,) = (r for group in groups for r in group.rules if isinstance(r, AlertingRule))
    return rule


def document(group: RuleGroup) -> dict[str, object]:
    """Return a group as somebody who reads the file has to find it."""
    head = {"name": group.name, "interval": str(group.interval)}
    return {**head, "rules": [_of_document(rule) for rule in group.rules]}


def _of_document(rule: Rule) -> dict[str, object]:
    if not isinstance(rule, AlertingRule):
        return {"record": rule.record, "expr": rule.expr, "labels": dict(rule.labels)}
    delays = {"for": rule.for_, "keep_firing_for": rule.keep_firing_for}
    return {
        "alert": rule.alert,
        "expr": rule.expr,
        **{key: str(delay) for key, delay in delays.items() if delay},
        "labels": dict(rule.labels),
        "annotations": dict(rule.annotations),
    }


def info_labels(words: Mapping[str, str]) -> dict[str, str]:
    """Return the labels of the info series; empty ones are none to Prometheus."""
    labels = {
        **_identity(words),
        "owner": words["owner"],
        "tier": words["tier"],
        "objective": "99.9%",
        "window": "6h",
        "kind": "events",
        "runbook_url": LINKS + words["runbook"],
        "one": words["service label"],
        "two": words["label"],
    }
    return {name: value for name, value in labels.items() if value}


def page_labels(words: Mapping[str, str]) -> dict[str, str]:
    """Return the labels of the page while it fires, its templates rendered."""
    labels = {
        **_identity(words),
        "alertname": words["alert name"],
        "severity": words["severity"],
        "slo_owner": words["owner"],
        "slo_window": "1h",
        "slo_burn_rate": "14.4",
        "three": words["alert label"],
    }
    return {name: value for name, value in labels.items() if value}


def _identity(words: Mapping[str, str]) -> dict[str, str]:
    return {
        "slo_id": words["id"],
        "slo_service": words["service"],
        "slo_name": words["name"],
        "environment": words["identity label"],
    }
