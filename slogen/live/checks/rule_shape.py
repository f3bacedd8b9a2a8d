"""A rule as a server and as a definition say it, in one shape in which they can be compared."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

from slogen.errors import InvalidPromQL
from slogen.promql.parsing import parse
from slogen.rules import AlertingRule, RecordingRule, Rule

if TYPE_CHECKING:
    from collections.abc import Mapping


@attrs.frozen(kw_only=True)
class RuleShape:
    """What makes a rule what it is: not how its expression is broken into lines.

    Attributes:
        name: The name of the series or of the alert.
        expr: Its expression, as one printer prints it.
        labels: Its labels.
        for_: Seconds that the condition of an alert has to hold.
        keep_firing_for: Seconds that an alert stays.
    """

    name: str
    expr: str
    labels: tuple[tuple[str, str], ...]
    for_: float = 0.0
    keep_firing_for: float = 0.0


def expected_shape(rule: Rule) -> RuleShape:
    """Return the shape of a rule that a definition makes."""
    labels = tuple(sorted((name, value) for name, value in rule.labels.items() if value))
    match rule:
        case RecordingRule():
            return RuleShape(name=rule.record, expr=_printed(rule.expr), labels=labels)
        case AlertingRule():
            return RuleShape(
                name=rule.alert,
                expr=_printed(rule.expr),
                labels=labels,
                for_=float(rule.for_.seconds) if rule.for_ else 0.0,
                keep_firing_for=float(rule.keep_firing_for.seconds)
                if rule.keep_firing_for
                else 0.0,
            )


def seen_shape(rule: Mapping[str, Any]) -> RuleShape:
    """Return the shape of a rule as the HTTP API of Prometheus says it."""
    labels = rule.get("labels")
    pairs = labels.items() if isinstance(labels, dict) else ()
    return RuleShape(
        name=str(rule.get("name")),
        expr=_printed(str(rule.get("query"))),
        labels=tuple(sorted((str(name), str(value)) for name, value in pairs if value)),
        for_=_seconds(rule.get("duration")),
        keep_firing_for=_seconds(rule.get("keepFiringFor")),
    )


def _seconds(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 0.0


def _printed(expr: str) -> str:
    """Return an expression as one printer prints it; as it is where that cannot read it."""
    try:
        return parse(expr).prettify()
    except InvalidPromQL:
        return " ".join(expr.split())
