"""Rule files for Prometheus: ``prometheus/<service>.yaml``, one document each.

Source: https://prometheus.io/docs/prometheus/latest/configuration/recording_rules/
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import attrs

from slogen.rules import AlertingRule
from slogen.targets.built import by_file
from slogen.targets.files import HEADER, File, file_name
from slogen.targets.target import Target
from slogen.targets.yaml_text import block, expression, scalar

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from slogen.rules import RecordingRule, Rule, RuleGroup
    from slogen.targets.built import Built, Layout


@attrs.frozen(kw_only=True)
class Prometheus(Target):
    """Rule files, one document each."""

    name: ClassVar[str] = "prometheus"
    help: ClassVar[str] = "rule files"

    @classmethod
    def recording_rules(cls, text: str, names: Collection[str]) -> tuple[RecordingRule, ...]:
        """Return the rules of a rule file that record series of some names."""
        from slogen.targets.reading import rules_of_yaml  # noqa: PLC0415 (start-up)

        return rules_of_yaml(text, names)

    def render(self, built: tuple[Built, ...], layout: Layout) -> tuple[File, ...]:
        """Return a rule file for each file of the layout."""
        return tuple(
            File(f"{self.folder}/{file_name(name)}.yaml", _text(slos))
            for name, slos in by_file(built, layout).items()
        )


def _text(slos: tuple[Built, ...]) -> str:
    lines = [HEADER, "groups:"]
    for one in slos:
        for group in one.rules.groups:
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
