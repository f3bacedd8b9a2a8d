"""Rule groups as YAML: the part that the files of all rulers have in common.

Source: https://prometheus.io/docs/prometheus/latest/configuration/recording_rules/
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen.compiler.pattern import Pattern
from slogen.rules import AlertingRule
from slogen.targets.comments import comments
from slogen.targets.yaml_text import block, expression, scalar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from slogen.compiler.sharing import Shared
    from slogen.plan import ResolvedSLO
    from slogen.rules import Rule, RuleGroup
    from slogen.targets.built import Built

    GroupKeys = Callable[[RuleGroup], Mapping[str, str]]


def query_offset(group: RuleGroup) -> Mapping[str, str]:
    """Return the key of a group that Prometheus knows beside its name, interval and rules."""
    return {"query_offset": str(group.query_offset)} if group.query_offset else {}


class GroupWriter:
    """Writes the groups of SLOs; what SLOs share is written once, and their own texts filled in."""

    def __init__(
        self, keys: GroupKeys = query_offset, indent: int = 2, *, has_comments: bool = True
    ) -> None:
        """Begin without any group.

        Args:
            keys: The keys of a group beside its name, interval and rules, with their YAML.
            indent: How many spaces the dash of a group stands behind.
            has_comments: Whether comments say what a reader of a rule cannot know.
        """
        self._keys, self._indent, self._has_comments = keys, indent, has_comments
        self._patterns: dict[Shared, Pattern] = {}

    def text(self, built: Built) -> str:
        """Return the groups of an SLO, without a line feed at the end."""
        return self._pattern(built).filled(built.compiled.texts)

    def size(self, built: Built) -> int:
        """Return how many bytes the groups of an SLO are with a line feed, without writing them."""
        return self._pattern(built).size(built.compiled.texts) + 1

    def _pattern(self, built: Built) -> Pattern:
        shared = built.compiled.shared
        if shared not in self._patterns:
            groups = shared.rules.groups
            lines = (line for group in groups for line in self._group(built.slo, group))
            self._patterns[shared] = Pattern.of("\n".join(lines), shared.stand_ins)
        return self._patterns[shared]

    def _group(self, slo: ResolvedSLO, group: RuleGroup) -> Iterator[str]:
        margin = " " * self._indent
        yield f"{margin}- name: {scalar(group.name)}"
        yield f"{margin}  interval: {group.interval}"
        for key, value in self._keys(group).items():
            yield f"{margin}  {key}: {value}"
        yield f"{margin}  rules:"
        for rule in group.rules:
            said = comments(slo, rule) if self._has_comments else ()
            yield from (f"{margin}    # {line}" for line in said)
            yield from _rule(rule, self._indent + 4)


def _rule(rule: Rule, indent: int) -> Iterator[str]:
    margin = " " * indent
    if isinstance(rule, AlertingRule):
        yield f"{margin}- alert: {scalar(rule.alert)}"
    else:
        yield f"{margin}- record: {scalar(rule.record)}"
    yield f"{margin}  expr: {expression(rule.expr, indent + 4)}"
    if isinstance(rule, AlertingRule):
        if rule.for_:
            yield f"{margin}  for: {rule.for_}"
        if rule.keep_firing_for:
            yield f"{margin}  keep_firing_for: {rule.keep_firing_for}"
    yield from _mapping("labels", rule.labels, indent + 2)
    if isinstance(rule, AlertingRule):
        yield from _mapping("annotations", rule.annotations, indent + 2)


def _mapping(key: str, values: Mapping[str, str], indent: int) -> Iterator[str]:
    margin = " " * indent
    yield f"{margin}{key}:"
    for name, value in values.items():
        yield f"{margin}  {scalar(name)}: {block(value, indent + 4)}"
