"""What lint says about exceptions from it."""

from __future__ import annotations

from slogen.diagnostics import Code

UNUSED_EXCEPTION = Code.note(
    "unused-exception",
    "an exception from lint hides nothing",
    why="Whoever reads it believes that something is wrong which is right by now. A finding that "
    "comes back later would stay hidden.",
    remedy="Remove the exception, or correct its code, slo or path.",
)
EXPIRED_EXCEPTION = Code.note(
    "expired-exception",
    "the last day of an exception from lint is over",
    why="It hides nothing any more: what it was about is shown again.",
    remedy="Correct the definition and remove the exception, or write another day into until.",
)
CODES = (UNUSED_EXCEPTION, EXPIRED_EXCEPTION)
"""All of them."""
