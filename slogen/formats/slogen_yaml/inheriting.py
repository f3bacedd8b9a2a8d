"""What a file of definitions hands on to others, and which files it has it from."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

import attrs

from slogen.diagnostics import reason_of
from slogen.errors import InvalidValue
from slogen.formats.yaml.nodes import SUFFIXES, MappingNode, Node
from slogen.formats.yaml.shapes import TEXT
from slogen.model import Settings
from slogen.units import quoted

T = TypeVar("T", Settings, MappingNode)

LONGEST_CHAIN = 16
"""How many files may inherit one another, and how many one may name; of policies likewise."""


@attrs.frozen
class Inherited:
    """What a file hands on to the files that inherit it.

    Attributes:
        settings: What holds for its services.
        defaults: What an SLO has if it does not say it itself.
        policies: Alert policies by name.
    """

    settings: Settings | None = None
    defaults: MappingNode | None = None
    policies: dict[str, Node] = attrs.field(factory=dict)

    def over(self, other: Inherited) -> Inherited:
        """Return this, with what it does not say taken from another one."""
        return Inherited(
            _over(self.settings, other.settings),
            _over(self.defaults, other.defaults),
            {**other.policies, **self.policies},
        )


def _over(near: T | None, far: T | None) -> T | None:
    """Return one of two, or the near one with what it does not say taken from the far one."""
    if near is None or far is None:
        return far if near is None else near
    return near.over(far)


def inherited_file(node: Node, folder: Path) -> Path:
    """Return the file that a node names, from the folder of the file that it stands in.

    Raises:
        InputError: If its path is absolute or not that of a YAML file, or there is no such file.
    """
    text = TEXT.read(node)
    if Path(text).is_absolute() or Path(text).suffix not in SUFFIXES:
        allowed = f"a file that ends in {' or '.join(SUFFIXES)}, relative to this one"
        raise InvalidValue("inherits", quoted(text), allowed, origin=node)
    file = folder / text
    found = f"{quoted(text)}, which does not exist"
    try:
        if file.is_file():
            return file
    except OSError as error:
        found = f"{quoted(text)}, which cannot be read: {reason_of(error)}"
    raise InvalidValue("inherits", found, "a file, relative to this one", origin=node)
