"""numpy, which replaying needs and nothing else does."""

from __future__ import annotations

import shlex
from importlib.util import find_spec

from slogen.errors import ToolMissing
from slogen.live import http

PACKAGES = ("numpy>=2,<3", http.PACKAGE)
"""What the extra ``slogen[history]`` requires."""


def need_numpy() -> None:
    """Refuse to go on without numpy, before a module that imports it is imported.

    Raises:
        ToolMissing: If the extra ``slogen[history]`` is not installed.
    """
    if find_spec("numpy") is None:
        remedies = (f"pip install {' '.join(map(shlex.quote, PACKAGES))}",)
        raise ToolMissing("numpy", "no such package in this Python", remedies)
