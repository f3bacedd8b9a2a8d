"""Rule files for Prometheus: ``prometheus/<service>.yaml``, one document each.

Source: https://prometheus.io/docs/prometheus/latest/configuration/recording_rules/
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

import attrs

from slogen.compiler.pattern import Pattern
from slogen.rules import AlertingRule
from slogen.targets.built import by_file
from slogen.targets.files import HEADER, File, file_name
from slogen.targets.target import Target
from slogen.targets.yaml_text import block, expression, scalar

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from slogen.compiler.sharing import Shared
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

    @classmethod
    def slo_texts(cls, text: str) -> Mapping[str, str]:
        """Return the groups of each SLO, as they are written."""
        from slogen.targets.reading import slo_texts_of_yaml  # noqa: PLC0415 (start-up)

        return slo_texts_of_yaml(text)

    @classmethod
    def rule_groups(cls, text: str) -> tuple[RuleGroup, ...]:
        """Return the rule groups of an SLO."""
        from slogen.targets.reading import groups_of_yaml  # noqa: PLC0415 (start-up)

        return groups_of_yaml(text)

    def render(self, built: tuple[Built, ...], layout: Layout) -> tuple[File, ...]:
        """Return a rule file for each file of the layout."""
        writer = _Writer()
        return tuple(
            File(f"{self.folder}/{file_name(name)}.yaml", partial(writer.text, slos))
            for name, slos in by_file(built, layout).items()
        )


class _Writer:
    """Writes files; what SLOs share is written once, and their own texts are filled in."""

    def __init__(self) -> None:
        self._patterns: dict[Shared, Pattern] = {}

    def text(self, slos: tuple[Built, ...]) -> str:
        """Return the rule file of some SLOs."""
        return "\n".join((HEADER, "groups:", *map(self._groups, slos))) + "\n"

    def _groups(self, one: Built) -> str:
        shared, texts = one.compiled.shared, one.compiled.texts
        if shared not in self._patterns:
            lines = (line for group in shared.rules.groups for line in _group(group))
            self._patterns[shared] = Pattern.of("\n".join(lines), shared.stand_ins)
        return self._patterns[shared].filled(texts)


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
