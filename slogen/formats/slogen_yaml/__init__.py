"""slogen YAML, ``apiVersion: slogen/v1``: definitions as data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen.formats.format import Contents, Document, Format
from slogen.formats.yaml.nodes import SUFFIXES, MappingNode

if TYPE_CHECKING:
    from collections.abc import Sequence


def _is_ours(document: Document) -> bool:
    """Tell whether a file says that it is slogen's, in whatever version."""
    root = document.yaml.root
    return isinstance(root, MappingNode) and "apiVersion" in root


def _read(documents: Sequence[Document]) -> Contents:
    """Read files, and those that they inherit; each of them once."""
    from slogen.formats.slogen_yaml.document import Loader  # noqa: PLC0415 (start-up)
    from slogen.formats.slogen_yaml.unused import unused  # noqa: PLC0415 (start-up)

    known = {document.resolved: document for document in documents}
    loader = Loader(lambda path: known.get(path.resolve(), Document(path)).yaml)
    slos = {document.resolved: loader.load(document.path) for document in documents}
    not_used = unused(loader.roots)
    faults = loader.sorted_faults()
    findings = (*loader.findings, *loader.services_not_built(slos), *not_used)
    # Of a value that is refused one remedy is enough, and two could contradict each other.
    refused = {fault.position for fault in faults}
    return Contents(slos, faults, [found for found in findings if found.position not in refused])


FORMAT = Format(suffixes=SUFFIXES, holds="services with slos", recognise=_is_ours, read=_read)
