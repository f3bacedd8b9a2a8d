"""Files of other tools that are given to slogen: what they are, and what to write instead."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from slogen.errors import InvalidValue
from slogen.formats.slogen_yaml.keys import API_VERSION
from slogen.formats.yaml.nodes import MappingNode, ScalarNode

if TYPE_CHECKING:
    from slogen.formats.yaml.nodes import Node

_WRITE = f"write its SLOs as {API_VERSION}:"
_KUBERNETES = "give slogen the definitions themselves, without the object of Kubernetes around them"
_OUTPUT = "slogen writes rules: give it the definitions from which it can make them"


@attrs.frozen
class Foreign:
    """A kind of file that another tool reads.

    Attributes:
        key: The key that tells what a file is.
        begins: How the value of the key begins; empty where the key alone tells it.
        name: What such a file is.
        remedy: What to do with it.
    """

    key: str
    begins: str
    name: str
    remedy: str


_INHERITED = "a file that others inherit is one of slogen's own: `slogen convert` writes it"
FOREIGN = (
    Foreign("version", "prometheus/", "a file of Sloth", _INHERITED),
    Foreign("apiVersion", "sloth.slok.dev/", "a Kubernetes object of Sloth", _INHERITED),
    Foreign(
        "apiVersion",
        "pyrra.dev/",
        "a Kubernetes object of Pyrra",
        _INHERITED,
    ),
    Foreign(
        "apiVersion",
        "openslo",
        "a file of OpenSLO",
        _INHERITED,
    ),
    Foreign("apiVersion", "n9/", "a file of Nobl9", f"{_WRITE} one objective is one SLO"),
    Foreign("apiVersion", "monitoring.coreos.com/", "rules of the Prometheus Operator", _OUTPUT),
    Foreign("groups", "", "a rule file of Prometheus", _OUTPUT),
    Foreign("apiVersion", "", "an object of Kubernetes", _KUBERNETES),
)
"""What is recognised; the first entry that fits is the one."""


def foreign_fault(root: Node | None) -> InvalidValue | None:
    """Return the fault of a file that another tool reads; None if it may be one of slogen's."""
    if not isinstance(root, MappingNode):
        return None
    entry = next((entry for entry in FOREIGN if _fits(entry, root)), None)
    if entry is None:
        return None
    value = root[entry.key]
    found = f"{value.text}, {entry.name}" if isinstance(value, ScalarNode) else f"in {entry.name}"
    origin = value if isinstance(value, ScalarNode) else root.key_position(entry.key)
    return InvalidValue(entry.key, found, f"apiVersion: {API_VERSION}", entry.remedy, origin=origin)


def _fits(entry: Foreign, root: MappingNode) -> bool:
    value = root.get(entry.key)
    if value is None:
        return False
    if not entry.begins:
        return "kind" in root if entry.key == "apiVersion" else "apiVersion" not in root
    return isinstance(value, ScalarNode) and value.text.startswith(entry.begins)
