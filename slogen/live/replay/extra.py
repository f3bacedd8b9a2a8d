"""numpy, which replaying needs and nothing else does."""

from __future__ import annotations

from importlib.util import find_spec

from slogen.errors import ToolMissing


def need_numpy() -> None:
    """Refuse to go on without numpy, before a module that imports it is imported.

    Raises:
        ToolMissing: If the extra ``slogen[history]`` is not installed.
    """
    if find_spec("numpy") is None:
        remedies = ("install the extra: pip install 'slogen[history]'",)
        raise ToolMissing("numpy", "no such package in this Python", remedies)
