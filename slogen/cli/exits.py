"""The exit codes of every command, as its help and the docs list them."""

from __future__ import annotations

from slogen.exits import Exit

__all__ = ["Exit", "listed"]


def listed() -> str:
    """Return the exit codes with what they say, a line each, for the help."""
    return "\n".join(f"  {code.value:<5}{code.meaning}" for code in Exit)
