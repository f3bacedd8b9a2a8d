"""Pyrra's files: the resource ``ServiceLevelObjective`` of ``pyrra.dev``, and lists of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen.formats.format import Contents, Document, Format
from slogen.formats.yaml.nodes import SUFFIXES, MappingNode, ScalarNode, SequenceNode

if TYPE_CHECKING:
    from collections.abc import Sequence

    from slogen.formats.yaml.nodes import Node

GROUP, ITEMS = "pyrra.dev/", "items"
"""How the ``apiVersion`` of Pyrra's resources begins, and the key of the items of a list."""


def is_pyrra(root: Node | None) -> bool:
    """Tell whether a document is Pyrra's, in whatever version, or a list that holds such ones."""
    if not isinstance(root, MappingNode):
        return False
    version, items = root.get("apiVersion"), root.get(ITEMS)
    if isinstance(version, ScalarNode) and version.text.startswith(GROUP):
        return True
    if "kind" not in root or not isinstance(items, SequenceNode):
        return False
    return any(map(is_pyrra, items))


def _recognise(document: Document) -> bool:
    """Tell whether one of a file's documents is Pyrra's; a second one is a fault at first."""
    if not document.yaml.faults or is_pyrra(document.yaml.root):
        return is_pyrra(document.yaml.root)
    return any(map(is_pyrra, (document.documents.root, *document.documents.others)))


def _read(documents: Sequence[Document]) -> Contents:
    from slogen.formats.pyrra.reader import read  # noqa: PLC0415 (start-up)

    return read(documents)


FORMAT = Format(
    suffixes=SUFFIXES, holds="a ServiceLevelObjective", recognise=_recognise, read=_read
)
