"""The rules that Sloth generated, read back: what they say about each SLO."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

import attrs

from slogen.errors import InputError, InvalidValue, NothingToBuild, raise_all
from slogen.formats.imported.indicators import Indicator, of_ratio
from slogen.formats.yaml.nodes import MappingNode, ScalarNode, SequenceNode
from slogen.formats.yaml.reading import read_file
from slogen.naming import OBJECTIVE, PERIOD_DAYS, Naming, ratio_rate
from slogen.promql.burn_conditions import BurnCondition, burn_conditions, constant
from slogen.promql.query import Query
from slogen.units import Duration

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from slogen.formats.yaml.nodes import Node

_NAMING = Naming.sloth()
_INDICATOR = ratio_rate(Duration("5m"))
_RANGE = re.compile(r"\[5m(?=[\]:])")
_INFO = re.compile("^sloth_")


@attrs.frozen(kw_only=True)
class OldAlert:
    """An alert of Sloth's.

    Attributes:
        name: Its name.
        severity: ``page`` or ``ticket``.
        labels: Its labels, also those of the series that it reads, without Sloth's own.
        conditions: Its tiers.
    """

    name: str
    severity: str
    labels: Mapping[str, str]
    conditions: tuple[BurnCondition, ...]


@attrs.define
class OldSLO:
    """What rules of Sloth's say about an SLO.

    Attributes:
        objective: The part that has to be good; None where no rule says it.
        days: The window in days, likewise.
        ratio: The query for the part of events that are bad, over ``$window``.
        labels: The labels of its series, without Sloth's own.
        alerts: Its alerts.
    """

    objective: Decimal | None = None
    days: Decimal | None = None
    ratio: Query | None = None
    labels: Mapping[str, str] = attrs.field(factory=dict)
    alerts: list[OldAlert] = attrs.field(factory=list)

    @property
    def indicator(self) -> Indicator | None:
        """The indicator that the query means; None where that cannot be told."""
        try:
            return None if self.ratio is None else of_ratio(self.ratio)
        except InputError:
            return None


def read_rules(path: Path) -> dict[str, OldSLO]:
    """Return what the rules of a file say, by the ids of SLOs.

    Raises:
        InputError: If it is no file of rules, or holds none of Sloth's.
    """
    reading = read_file(path, several=True)
    raise_all(list(reading.faults))
    found: dict[str, OldSLO] = {}
    alerts: list[tuple[str, str, Mapping[str, str]]] = []
    for rule in _rules((reading.root, *reading.others)):
        labels = _texts(rule.get("labels"))
        record, expr = _text(rule.get("record")), _text(rule.get("expr"))
        slo_id = labels.get(_NAMING.id, "")
        if record and slo_id:
            _enter(found.setdefault(slo_id, OldSLO()), record, expr, labels)
        elif name := _text(rule.get("alert")):
            alerts.append((name, expr, labels))
    for alert, expr, own in alerts:
        _enter_alert(found, alert, expr, own)
    if not found:
        allowed = "the file that `sloth generate` wrote"
        raise NothingToBuild(f"there is no rule of Sloth's in {path}", allowed=allowed)
    return found


def _enter(slo: OldSLO, record: str, expr: str, labels: Mapping[str, str]) -> None:
    if record == OBJECTIVE:
        slo.objective = constant(expr)
    elif record == PERIOD_DAYS:
        slo.days = constant(expr)
    elif record == _INDICATOR:
        slo.labels = _own(labels)
        try:
            slo.ratio = Query(_RANGE.sub("[$window", expr))
        except InvalidValue:
            slo.ratio = None


def _enter_alert(
    found: Mapping[str, OldSLO], name: str, expr: str, labels: Mapping[str, str]
) -> None:
    """Enter an alert into the SLO that its expression names."""
    match = re.search(rf'{_NAMING.id}="([^"]*)"', expr)
    slo = found.get(match[1]) if match else None
    severity = labels.get(_NAMING.severity or "", "")
    if slo is not None and severity:
        both = {**slo.labels, **_own(labels)}
        slo.alerts.append(
            OldAlert(name=name, severity=severity, labels=both, conditions=burn_conditions(expr))
        )


def _own(labels: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in labels.items() if not _INFO.match(name)}


def _rules(roots: tuple[Node | None, ...]) -> Iterator[MappingNode]:
    """Yield the rules of files, and of resources of the Prometheus Operator."""
    for root in roots:
        if not isinstance(root, MappingNode):
            continue
        spec = root.get("spec")
        groups = (spec if isinstance(spec, MappingNode) else root).get("groups")
        for group in groups.items if isinstance(groups, SequenceNode) else ():
            rules = group.get("rules") if isinstance(group, MappingNode) else None
            items = rules.items if isinstance(rules, SequenceNode) else ()
            yield from (rule for rule in items if isinstance(rule, MappingNode))


def _text(node: Node | None) -> str:
    return node.text if isinstance(node, ScalarNode) else ""


def _texts(node: Node | None) -> dict[str, str]:
    items = node.items() if isinstance(node, MappingNode) else ()
    return {name: _text(value) for name, value in items}
