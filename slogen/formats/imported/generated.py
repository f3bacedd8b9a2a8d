"""The rules that another tool generated, and what they say about its SLOs."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

import attrs

from slogen.errors import InputError
from slogen.formats.imported.indicators import Indicator, of_ratio
from slogen.formats.yaml.nodes import MappingNode, ScalarNode, SequenceNode
from slogen.promql.burn_conditions import BurnCondition
from slogen.promql.query import Query

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from slogen.formats.yaml.nodes import Node


@attrs.frozen(kw_only=True)
class GeneratedRule:
    """A rule of a file.

    Attributes:
        record: The series that it records; empty for an alert.
        alert: The name of its alert; empty for a recording rule.
        expr: Its expression.
        labels: Its labels.
        namespace: The namespace of the resource that it stands in, if it says one.
    """

    record: str
    alert: str
    expr: str
    labels: Mapping[str, str]
    namespace: str = ""


@attrs.frozen(kw_only=True)
class OldAlert:
    """An alert of another tool.

    Attributes:
        name: Its name.
        severity: ``page``, ``ticket`` or ``info``.
        labels: Its labels, also those of the series that it reads, without the tool's own.
        conditions: Its tiers.
    """

    name: str
    severity: str
    labels: Mapping[str, str]
    conditions: tuple[BurnCondition, ...]


@attrs.define
class OldSLO:
    """What rules of another tool say about an SLO.

    Attributes:
        objective: The part that has to be good; None where no rule says it.
        days: The window in days, likewise.
        ratio: The query for the part of events that are bad, over ``$window``.
        labels: The labels of its series, without the tool's own.
        alerts: Its alerts.
        known: The indicator, where the tool's form of it says more than the query.
        name: Its name, where the tool does not know its service; empty where its id is known.
    """

    objective: Decimal | None = None
    days: Decimal | None = None
    ratio: Query | None = None
    labels: Mapping[str, str] = attrs.field(factory=dict)
    alerts: list[OldAlert] = attrs.field(factory=list)
    known: Indicator | None = None
    name: str = ""

    @property
    def indicator(self) -> Indicator | None:
        """The indicator that the query means; None where that cannot be told."""
        if self.known is not None:
            return self.known
        try:
            return None if self.ratio is None else of_ratio(self.ratio)
        except InputError:
            return None


def rules_of(roots: Iterable[Node | None]) -> Iterator[GeneratedRule]:
    """Yield the rules of rule files, of resources of the Prometheus Operator, and lists of them."""
    for root in roots:
        if not isinstance(root, MappingNode):
            continue
        items = root.get("items")
        if isinstance(items, SequenceNode):
            yield from rules_of(items)
        spec, metadata = root.get("spec"), root.get("metadata")
        groups = (spec if isinstance(spec, MappingNode) else root).get("groups")
        namespace = metadata.get("namespace") if isinstance(metadata, MappingNode) else None
        for rule in _rules(groups):
            yield GeneratedRule(
                record=_text(rule.get("record")),
                alert=_text(rule.get("alert")),
                expr=_text(rule.get("expr")),
                labels=_texts(rule.get("labels")),
                namespace=_text(namespace),
            )


def _rules(groups: Node | None) -> Iterator[MappingNode]:
    for group in groups.items if isinstance(groups, SequenceNode) else ():
        rules = group.get("rules") if isinstance(group, MappingNode) else None
        items = rules.items if isinstance(rules, SequenceNode) else ()
        yield from (rule for rule in items if isinstance(rule, MappingNode))


def _text(node: Node | None) -> str:
    return node.text if isinstance(node, ScalarNode) else ""


def _texts(node: Node | None) -> dict[str, str]:
    items = node.items() if isinstance(node, MappingNode) else ()
    return {name: _text(value) for name, value in items}
