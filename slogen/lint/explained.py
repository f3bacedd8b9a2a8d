"""What a code means, why that matters and what to do about it, for the command line."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from slogen.diagnostics import Code

_WIDTH = 88
_OF_ERRORS = "The message says what is allowed, and what to do."


def explained(code: Code) -> str:
    """Return the text about a code, which ends with a line feed."""
    title = f"{code.name}: {code.severity}\n\n{_sentence(code.meaning)}\n"
    end = f"A command that finds it ends with {code.exit.value}." if code.stops_builds else ""
    parts = (code.why, code.remedy or (_OF_ERRORS if code.stops_builds else ""), end)
    return "\n".join([title, *(f"{textwrap.fill(part, _WIDTH)}\n" for part in parts if part)])


def _sentence(clause: str) -> str:
    return textwrap.fill(f"{clause[0].upper()}{clause[1:]}.", _WIDTH)
