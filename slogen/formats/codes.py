"""What formats say about files besides errors."""

from __future__ import annotations

from slogen.diagnostics import Code

YAML_DIALECT = Code.note("yaml-dialect", "readers of YAML 1.1 take a text for something else")
SERVICES_NOT_BUILT = Code.note(
    "services-not-built", "a file that others inherit defines services, and is not read for itself"
)
UNUSED_NAME = Code.note("unused-name", "a policy or an indicator has a name that nothing uses")
CODES = (YAML_DIALECT, SERVICES_NOT_BUILT, UNUSED_NAME)
"""All of them."""
