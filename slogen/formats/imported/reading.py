"""How values of other tools' files are read: what is wrong with one stands at its place."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import attrs

from slogen.errors import InvalidValue
from slogen.source import read_from

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slogen.formats.yaml.nodes import Node


@contextmanager
def read_at(key: str, node: Node) -> Iterator[None]:
    """Read the value of a key; a fault is about the key, and stands where the value does.

    Raises:
        InvalidValue: If whatever reads the value refuses it.
    """
    try:
        with read_from(node):
            yield
    except InvalidValue as fault:
        raise attrs.evolve(fault, subject=key, origin=node, argument=None) from fault
