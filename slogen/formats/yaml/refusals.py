"""What a node of YAML is called in messages, and how one of the wrong kind is refused."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from slogen.errors import InputError, WrongType
from slogen.formats.yaml.nodes import (
    MappingNode,
    Node,
    ObjectNode,
    ScalarNode,
    SequenceNode,
    UnreadNode,
)
from slogen.formats.yaml.writing import scalar
from slogen.units import quoted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from slogen.diagnostics import Fix

_LONGEST_SHOWN = 60
_MOST_LISTED = 20
_KINDS = {"int": "the number", "float": "the number", "bool": "the truth value"}


class Reported(InputError):
    """What is wrong here has been reported elsewhere."""


def wrong(node: Node, allowed: str, remedy: str = "", fix: Fix | None = None) -> InputError:
    """Return the fault of a node that is of another kind than what is needed."""
    if isinstance(node, UnreadNode):
        return Reported()
    is_nothing = isinstance(node, ScalarNode) and node.kind == "null"
    remedy = "write a value after it: a key without a value means nothing" if is_nothing else remedy
    return WrongType(name_of(node), described(node), allowed, remedy, origin=node, fix=fix)


def mapping(node: Node, allowed: str, remedy: str = "") -> MappingNode:
    """Return a node that has to be a mapping.

    Raises:
        WrongType: If it is not.
    """
    if not isinstance(node, MappingNode):
        is_list = isinstance(node, SequenceNode)
        raise wrong(node, allowed, remedy or ("write `key: value` instead of a list" * is_list))
    return node


def sequence(node: Node, allowed: str = "a list") -> SequenceNode:
    """Return a node that has to be a list.

    Raises:
        WrongType: If it is not.
    """
    if not isinstance(node, SequenceNode):
        is_mapping = isinstance(node, MappingNode)
        raise wrong(node, allowed, "write a list: each item begins with a dash" * is_mapping)
    return node


def listed(names: Iterable[str]) -> str:
    """Return names for a message: the first of many.

    >>> listed(["page", "ticket"])
    'page, ticket'
    """
    first = list(itertools.islice(dict.fromkeys(names), _MOST_LISTED + 1))
    return ", ".join(first[:_MOST_LISTED]) + (", ..." if len(first) > _MOST_LISTED else "")


def name_of(node: Node) -> str:
    """Return how a node is called in messages: its key, or the list's with the index."""
    if isinstance(node.key, str):
        return node.key or "the file"
    return f"{name_of(node.parent)}[{node.key}]" if node.parent else f"[{node.key}]"


def described(node: Node) -> str:
    """Return what a node is, in words."""
    if isinstance(node, MappingNode):
        return "a mapping"
    if isinstance(node, SequenceNode):
        return "a list"
    if not isinstance(node, ScalarNode) or isinstance(node, ObjectNode):
        return "another value"
    if node.kind == "null":
        return "nothing (null)"
    text = node.text if len(node.text) <= _LONGEST_SHOWN else f"{node.text[:_LONGEST_SHOWN]}..."
    return f"{_KINDS[node.kind]} {text}" if node.kind in _KINDS else f"the text {quoted(text)}"


def scalar_node(node: Node, allowed: str, *, in_braces: bool = False) -> ScalarNode:
    """Return a node that has to be a text, a number or the like.

    Args:
        node: The node.
        allowed: What may stand there.
        in_braces: Whether the text is of a kind that PromQL writes within braces.

    Raises:
        WrongType: If it is a mapping or a list.
    """
    if not isinstance(node, ScalarNode):
        raise wrong(node, allowed, _quotes_that_lack(node, in_braces=in_braces))
    return node


def _quotes_that_lack(node: Node, *, in_braces: bool) -> str:
    """Return what to write for a text such as ``{job="shop"}``, which is a mapping to YAML."""
    if not isinstance(node, MappingNode) or node.source.text[node.begin] != "{":
        return ""
    is_mapping = any(
        not isinstance(value, ScalarNode) or value.kind != "null" for value in node.entries.values()
    )
    if is_mapping or not node.entries:
        return ""
    text = node.source.rest_of_line(node.begin)
    if in_braces:
        return f"leave out the braces: {text.removeprefix('{').removesuffix('}')}"
    return f"quote it, since a text that begins with {{ is a mapping to YAML: {scalar(text)}"
