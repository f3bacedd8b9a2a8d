"""The ERP's ConfigMaps: ``slis.yaml`` with indicators and ``slos.yaml`` with objectives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen.formats.format import Contents, Document, Format
from slogen.formats.yaml.nodes import SUFFIXES, MappingNode, ScalarNode

if TYPE_CHECKING:
    from collections.abc import Sequence

SLIS, SLOS = "slis.yaml", "slos.yaml"
"""The keys of the data that hold indicators, and objectives."""


def _recognise(document: Document) -> bool:
    """Tell whether a file is a ConfigMap that holds indicators or objectives."""
    root = document.yaml.root
    if not isinstance(root, MappingNode):
        return False
    kind, data = root.get("kind"), root.get("data")
    is_map = isinstance(kind, ScalarNode) and kind.text == "ConfigMap"
    return is_map and isinstance(data, MappingNode) and (SLIS in data or SLOS in data)


def _read(documents: Sequence[Document]) -> Contents:
    from slogen.formats.erp.reader import read  # noqa: PLC0415 (start-up)

    return read(documents)


FORMAT = Format(
    suffixes=SUFFIXES,
    holds=f"a ConfigMap with {SLOS}, beside one with {SLIS}",
    recognise=_recognise,
    read=_read,
)
