"""What lint says about exceptions from it."""

from __future__ import annotations

from slogen.diagnostics import Code

UNUSED_EXCEPTION = Code.note(
    "unused-exception",
    "an exception from lint hides nothing",
    why="A reader believes that the definition is still wrong. And if the finding comes back "
    "later, nobody will see it.",
    remedy="Remove the exception, or correct its code, slo or path.",
)
EXPIRED_EXCEPTION = Code.note(
    "expired-exception",
    "the last day of an exception from lint is over",
    why="The exception hides nothing any more: its findings are shown again.",
    remedy="Correct the definition and remove the exception, or write a later day into until.",
)
CODES = (UNUSED_EXCEPTION, EXPIRED_EXCEPTION)
"""All of them."""
