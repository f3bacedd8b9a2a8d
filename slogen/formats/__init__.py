"""From files to the model, and back. One module a format."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen.formats.loading import Loaded, are_part, load_paths
from slogen.formats.project import find_project, load_project, read_project

if TYPE_CHECKING:
    from slogen.formats.slogen_yaml.dump import dump

__all__ = [
    "Loaded",
    "are_part",
    "dump",
    "find_project",
    "load_paths",
    "load_project",
    "read_project",
]


def __getattr__(name: str) -> object:
    """Import what needs cattrs and ruamel.yaml when it is first used: scripts alone do without."""
    if name == "dump":
        from slogen.formats.slogen_yaml.dump import dump  # noqa: PLC0415 (start-up)

        return dump
    raise AttributeError(f"module 'slogen.formats' has no attribute '{name}'")
