"""Reading generated rule files back, as somebody who only has the files."""

from __future__ import annotations

import re
from typing import Any

import promql_parser
import yaml

from slogen.rules import AlertingRule, RecordingRule, Rule, RuleGroup
from slogen.units import Duration

_INTERVAL = re.compile(r"^    interval: .+$", re.MULTILINE)


def hurried(text: str) -> str:
    """Return a rule file whose groups all run every second: slow ones need no waiting for."""
    return _INTERVAL.sub("    interval: 1s", text)


def read_groups(text: str) -> tuple[RuleGroup, ...]:
    """Return the groups of a rule file."""
    return tuple(
        RuleGroup(
            name=group["name"],
            interval=Duration(group["interval"]),
            rules=tuple(_rule(rule) for rule in group["rules"]),
        )
        for group in yaml.safe_load(text)["groups"]
    )


def _rule(rule: dict[str, Any]) -> Rule:
    if "record" in rule:
        return RecordingRule(**rule)
    return AlertingRule(
        for_=_duration(rule.pop("for", None)),
        keep_firing_for=_duration(rule.pop("keep_firing_for", None)),
        **rule,
    )


def _duration(text: str | None) -> Duration | None:
    return None if text is None else Duration(text)


def metrics(expression: str) -> set[str]:
    """Return the names of all metrics that an expression reads."""
    found: set[str] = set()

    def visit(node: promql_parser.Expr) -> None:
        if isinstance(node, promql_parser.VectorSelector) and node.name:
            found.add(node.name)

    promql_parser.walk(promql_parser.parse(expression), visit)
    return found
