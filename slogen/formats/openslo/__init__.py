"""OpenSLO's files: ``openslo/v1``, and what ``v1alpha`` and ``v2alpha`` say in the same way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen.formats.format import Contents, Document, Format
from slogen.formats.yaml.nodes import SUFFIXES, MappingNode, ScalarNode, SequenceNode

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from slogen.formats.yaml.nodes import Node

_BEGINNINGS = ("openslo/", "openslo.com/")
"""How ``apiVersion`` begins, in whatever version."""


def is_openslo(root: Node | None) -> bool:
    """Tell whether an object says that it is OpenSLO's, in whatever version."""
    if not isinstance(root, MappingNode):
        return False
    version = root.get("apiVersion")
    return isinstance(version, ScalarNode) and version.text.startswith(_BEGINNINGS)


def objects(roots: Sequence[Node | None]) -> Iterator[Node]:
    """Yield the objects of documents, each of which holds one, or a list of them."""
    for root in roots:
        if isinstance(root, SequenceNode):
            yield from root.items
        elif root is not None:
            yield root


def _recognise(document: Document) -> bool:
    """Tell whether one of a file's objects is OpenSLO's; a second document is a fault at first."""
    first = document.yaml
    if not first.faults or any(map(is_openslo, objects([first.root]))):
        return any(map(is_openslo, objects([first.root])))
    every = document.documents
    return any(map(is_openslo, objects([every.root, *every.others])))


def _read(documents: Sequence[Document]) -> Contents:
    from slogen.formats.openslo.reader import read  # noqa: PLC0415 (start-up)

    return read(documents)


FORMAT = Format(
    suffixes=SUFFIXES, holds="objects of the kind SLO", recognise=_recognise, read=_read
)
