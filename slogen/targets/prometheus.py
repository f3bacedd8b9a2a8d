"""Rule files for Prometheus: ``prometheus/<service>.yaml``, one document each.

Source: https://prometheus.io/docs/prometheus/latest/configuration/recording_rules/
"""

from __future__ import annotations

from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING

from slogen.rules import AlertingRule
from slogen.targets.files import HEADER, File, file_name
from slogen.targets.yaml_text import block, expression, scalar

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from slogen.rules import Rule, RuleGroup, SLORules


def render(slos: tuple[SLORules, ...]) -> tuple[File, ...]:
    """Return a rule file a service, sorted by name; the SLOs of a service keep their order."""
    by_service = sorted(slos, key=attrgetter("service"))
    return tuple(
        File(f"prometheus/{file_name(service)}.yaml", _text(rules))
        for service, rules in groupby(by_service, key=attrgetter("service"))
    )


def _text(slos: Iterator[SLORules]) -> str:
    lines = [HEADER, "groups:"]
    for slo in slos:
        for group in slo.groups:
            lines += _group(group)
    return "\n".join(lines) + "\n"


def _group(group: RuleGroup) -> Iterator[str]:
    yield f"  - name: {scalar(group.name)}"
    yield f"    interval: {group.interval}"
    if group.query_offset:
        yield f"    query_offset: {group.query_offset}"
    yield "    rules:"
    for rule in group.rules:
        yield from _rule(rule)


def _rule(rule: Rule) -> Iterator[str]:
    if isinstance(rule, AlertingRule):
        yield f"      - alert: {scalar(rule.alert)}"
    else:
        yield f"      - record: {scalar(rule.record)}"
    yield f"        expr: {expression(rule.expr, 10)}"
    if isinstance(rule, AlertingRule):
        if rule.for_:
            yield f"        for: {rule.for_}"
        if rule.keep_firing_for:
            yield f"        keep_firing_for: {rule.keep_firing_for}"
    yield from _mapping("labels", rule.labels)
    if isinstance(rule, AlertingRule):
        yield from _mapping("annotations", rule.annotations)


def _mapping(key: str, values: Mapping[str, str]) -> Iterator[str]:
    yield f"        {key}:"
    for name, value in values.items():
        yield f"          {scalar(name)}: {block(value, 12)}"
