"""Rules read back from the files of an earlier build.

The files may be old, edited or torn: what cannot be read is passed over.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from slogen.formats.yaml.nodes import MappingNode, ScalarNode, SequenceNode
from slogen.formats.yaml.reading import read
from slogen.rules import RecordingRule

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from slogen.formats.yaml.nodes import Node


def rules_of_yaml(text: str, names: Collection[str]) -> tuple[RecordingRule, ...]:
    """Return the rules of a YAML file that record series of some names.

    They are found by how slogen writes them, and they alone are parsed: a parser takes minutes for
    the whole file of 1,000 SLOs.
    """
    records = "|".join(map(re.escape, sorted(names)))
    # A rule goes on for as long as lines are indented more deeply than its dash.
    rule = re.compile(rf"^( *)- record: (?:{records})\n(?:(?:\1 .*)?\n)*", re.MULTILINE)
    lines = f"{text}\n".replace("\r\n", "\n")
    found = "".join(match[0] for match in rule.finditer(lines))
    reading = read(found.encode(), "")
    if reading.faults or not isinstance(reading.root, SequenceNode):
        return ()
    return _recording((_content(node) for node in reading.root), names)


def rules_of_json(text: str, names: Collection[str]) -> tuple[RecordingRule, ...]:
    """Return the rules of a file of the target ``json`` that record series of some names."""
    try:
        groups = [group for slo in json.loads(text)["slos"] for group in slo["groups"]]
        rules = [rule for group in groups for rule in group["rules"]]
    except (ValueError, LookupError, TypeError, RecursionError):
        return ()
    return _recording(rules, names)


def _recording(rules: Iterable[Any], names: Collection[str]) -> tuple[RecordingRule, ...]:
    found = []
    for rule in rules:
        match rule:
            case {"record": str(record), "expr": str(expr), "labels": dict(labels)}:
                is_whole = all(isinstance(value, str) for value in labels.values())
                if is_whole and record in names:
                    found.append(RecordingRule(record=record, expr=expr, labels=labels))
    return tuple(found)


def _content(node: Node) -> object:
    """Return what a node holds without its places; scalars as the texts that they were written."""
    if isinstance(node, MappingNode):
        return {key: _content(value) for key, value in node.items()}
    return node.text if isinstance(node, ScalarNode) else None
