"""Rules read back from the files of an earlier build.

The files may be old, edited or torn. `rules_of_yaml` and `rules_of_json` pass over what they cannot
read; `slo_texts` and `groups` are for who has to know whether all was read.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from slogen.errors import InputError
from slogen.formats.yaml.nodes import MappingNode, ScalarNode, SequenceNode
from slogen.formats.yaml.reading import read
from slogen.rules import AlertingRule, RecordingRule, RuleGroup
from slogen.units import Duration

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from slogen.formats.yaml.nodes import Node
    from slogen.rules import Rule

_GROUP = re.compile(r"^( *)- name: *(\S.*?) *$", re.MULTILINE)
_SLO_OF_GROUP = re.compile(r"slogen:(.+):(?:fast|slow|budget)")
_ALERT_KEYS = frozenset({"alert", "expr", "for", "keep_firing_for", "labels", "annotations"})
_RECORD_KEYS = frozenset({"record", "expr", "labels"})
_ODD = "it is not as slogen writes it"
_GROUP_KEYS = frozenset(
    {
        *("name", "interval", "query_offset", "rules"),
        *("source_tenants", "partial_response_strategy"),
        *("tenant", "eval_delay", "eval_offset", "params"),
    }
)
"""What any ruler knows of a group, and slogen writes."""


class UnreadRules(InputError):
    """The rules of an SLO in a file of an earlier build cannot be read; it says why."""


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
    if isinstance(node, SequenceNode):
        return [_content(item) for item in node.items]
    return node.text if isinstance(node, ScalarNode) else None


def slo_texts_of_yaml(text: str) -> Mapping[str, str]:
    """Return the groups of each SLO in a rule file by its id, as they are written.

    They are found by their names. A group that has another name belongs to no SLO.
    """
    lines = f"{text}\n".replace("\r\n", "\n")
    heads = list(_GROUP.finditer(lines))
    margin = min((len(head[1]) for head in heads), default=0)
    tops = [head for head in heads if len(head[1]) == margin]
    ends = (*(head.start() for head in tops), len(lines))[1:]
    found: dict[str, str] = {}
    for head, end in zip(tops, ends, strict=True):
        if slo := _SLO_OF_GROUP.fullmatch(_unquoted(head[2])):
            found[slo[1]] = found.get(slo[1], "") + lines[head.start() : end].rstrip("\n") + "\n"
    return found


def slo_ids_of_groups(text: str) -> frozenset[str]:
    """Return the ids of the SLOs whose groups a list of YAML names, a line each."""
    names = (line.strip().removeprefix("- ") for line in text.splitlines())
    found = (_SLO_OF_GROUP.fullmatch(_unquoted(name)) for name in names)
    return frozenset(match[1] for match in found if match)


def slo_texts_of_json(text: str) -> Mapping[str, str]:
    """Return the same of a file of the target ``json``."""
    try:
        return {slo["id"]: json.dumps(slo["groups"]) for slo in json.loads(text)["slos"]}
    except (ValueError, LookupError, TypeError, RecursionError):
        return {}


def groups_of_yaml(text: str) -> tuple[RuleGroup, ...]:
    """Return rule groups as they were written.

    Raises:
        UnreadRules: If they are anything that slogen does not write.
    """
    reading = read(text.encode(), "")
    if reading.faults or not isinstance(reading.root, SequenceNode):
        reason = reading.faults[0].diagnostic.found if reading.faults else "it is no list of groups"
        raise UnreadRules(reason)
    return _groups([_content(node) for node in reading.root])


def groups_of_json(text: str) -> tuple[RuleGroup, ...]:
    """Return the same of a file of the target ``json``.

    Raises:
        UnreadRules: If they are anything that slogen does not write.
    """
    return _groups(json.loads(text))


def _unquoted(text: str) -> str:
    """Return the name of a group without the quotes around it."""
    if text.startswith('"'):
        try:
            return str(json.loads(text))
        except ValueError:
            return ""
    return text.removeprefix("'").removesuffix("'")


def _groups(shapes: Any) -> tuple[RuleGroup, ...]:  # noqa: ANN401 (whatever a file holds)
    try:
        return tuple(map(_group, shapes))
    except (LookupError, TypeError, AttributeError) as error:
        raise UnreadRules(_ODD) from error


def _group(shape: dict[str, Any]) -> RuleGroup:
    _check_keys(shape, _GROUP_KEYS, "the group")
    return RuleGroup(
        name=shape["name"],
        interval=_duration(shape["interval"]),
        query_offset=_span(shape, "query_offset"),
        rules=tuple(map(_rule, shape["rules"])),
    )


def _rule(shape: dict[str, Any]) -> Rule:
    if "alert" not in shape:
        _check_keys(shape, _RECORD_KEYS, "the rule")
        return RecordingRule(
            record=shape["record"], expr=shape["expr"], labels=_texts(shape, "labels")
        )
    _check_keys(shape, _ALERT_KEYS, "the alert")
    return AlertingRule(
        alert=shape["alert"],
        expr=shape["expr"],
        for_=_span(shape, "for"),
        keep_firing_for=_span(shape, "keep_firing_for"),
        labels=_texts(shape, "labels"),
        annotations=_texts(shape, "annotations"),
    )


def _check_keys(shape: dict[str, Any], known: frozenset[str], what: str) -> None:
    if strangers := sorted(set(shape) - known):
        name = shape.get("name") or shape.get("alert") or shape.get("record")
        raise UnreadRules(
            f'{what} {name} has the key "{strangers[0]}", which slogen does not write'
        )


def _span(shape: dict[str, Any], key: str) -> Duration | None:
    return _duration(shape[key]) if key in shape else None


def _duration(text: object) -> Duration:
    if not isinstance(text, str):
        raise UnreadRules(_ODD)
    return Duration(text)


def _texts(shape: dict[str, Any], key: str) -> dict[str, str]:
    return {str(name): str(value) for name, value in (shape.get(key) or {}).items()}
