"""What formats say about files besides errors."""

from __future__ import annotations

from slogen.diagnostics import Code

YAML_DIALECT = Code.note(
    "yaml-dialect",
    "readers of YAML 1.1 take a text for something else",
    why="slogen reads YAML 1.2. Many other programs read YAML 1.1, in which on, no and off are "
    "truth values and 1:30 is ninety. They see another definition than slogen does.",
    remedy="Put the text between quotes.",
)
CODES = (YAML_DIALECT,)
"""All of them."""
