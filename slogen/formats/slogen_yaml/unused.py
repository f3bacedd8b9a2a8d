"""Policies and indicators that have a name in a file, and that nothing in it refers to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen.diagnostics import Diagnostic
from slogen.formats.codes import UNUSED_NAME
from slogen.formats.slogen_yaml.keys import BASED_ON
from slogen.formats.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_REFERRING = {"alerts": "policies", BASED_ON: "policies", "sli": "slis"}
"""The keys behind which a name stands, and the keys of what it names."""


def unused(roots: Iterable[MappingNode]) -> Iterator[Diagnostic]:
    """Find names that no file refers to.

    Only of files that define services: policies of others are there to be inherited, by whichever
    files are read another time. A name that is used anywhere counts as used everywhere.

    Args:
        roots: What stands in all files that were read.
    """
    files = tuple(roots)
    used: dict[str, set[str]] = {named: set() for named in _REFERRING.values()}
    mappings = [mapping for root in files for mapping in _mappings(root)]
    for mapping in mappings:
        for key, named in _REFERRING.items():
            if isinstance(node := mapping.get(key), ScalarNode):
                used[named].add(node.text)
    for root in files:
        if "services" in root:
            for mapping in _mappings(root):
                yield from _unused_in(mapping, used)


def _unused_in(mapping: MappingNode, used: Mapping[str, set[str]]) -> Iterator[Diagnostic]:
    for named, names in used.items():
        table = mapping.get(named)
        if isinstance(table, MappingNode):
            for name in (name for name in table.keys() if name not in names):  # noqa: SIM118 (a node)
                yield Diagnostic(
                    entry=UNUSED_NAME,
                    found=f"nothing uses {name} of {named}",
                    remedy="remove it, or correct the name where it was to be used",
                    origin=table.key_position(name),
                )


def _mappings(root: Node) -> Iterator[MappingNode]:
    """Yield the mappings of a tree, each once, in the order of the text."""
    todo, seen = [root], set[int]()
    while todo:
        node = todo.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, MappingNode):
            yield node
            todo += reversed(node.entries.values())
        elif isinstance(node, SequenceNode):
            todo += reversed(node.items)
