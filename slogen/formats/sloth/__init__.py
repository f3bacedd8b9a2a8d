"""Sloth's files: ``prometheus/v1``, and the resources of ``sloth.slok.dev/v1``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen.formats.format import Contents, Document, Format
from slogen.formats.yaml.nodes import SUFFIXES, MappingNode, ScalarNode

if TYPE_CHECKING:
    from collections.abc import Sequence

    from slogen.formats.yaml.nodes import Node

_MARKS = {"version": "prometheus/", "apiVersion": "sloth.slok.dev/"}
"""The keys that tell a document of Sloth's, and how their values begin."""


def is_sloth(root: Node | None) -> bool:
    """Tell whether a document says that it is Sloth's, in whatever version."""
    if not isinstance(root, MappingNode):
        return False
    marks = ((root.get(key), begins) for key, begins in _MARKS.items())
    return any(isinstance(node, ScalarNode) and node.text.startswith(at) for node, at in marks)


def _recognise(document: Document) -> bool:
    """Tell whether one of a file's documents is Sloth's; a second one is a fault at first."""
    if not document.yaml.faults or is_sloth(document.yaml.root):
        return is_sloth(document.yaml.root)
    return any(map(is_sloth, (document.documents.root, *document.documents.others)))


def _read(documents: Sequence[Document]) -> Contents:
    from slogen.formats.sloth.reader import read  # noqa: PLC0415 (start-up)

    return read(documents)


FORMAT = Format(suffixes=SUFFIXES, holds="a service with slos", recognise=_recognise, read=_read)
