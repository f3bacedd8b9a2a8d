"""What formats say about files besides errors."""

from __future__ import annotations

from slogen.diagnostics import Code

YAML_DIALECT = Code.note("yaml-dialect", "readers of YAML 1.1 take a text for something else")
CODES = (YAML_DIALECT,)
"""All of them."""
