"""What a code means, why that matters and what to do about it, for the command line."""

from __future__ import annotations

import json
import textwrap
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from slogen.diagnostics import Code

VERSION = 1
"""Goes up when a reader of the last JSON would misread the next."""
_WIDTH = 88
_OF_ERRORS = "The message says what is allowed, and what to do."


def explained(code: Code) -> str:
    """Return the text about a code, which ends with a line feed."""
    title = f"{code.name}: {code.severity}\n\n{_sentence(code.meaning)}\n"
    end = f"A command that finds it ends with {code.exit.value}." if code.stops_builds else ""
    parts = (code.why, code.remedy or (_OF_ERRORS if code.stops_builds else ""), end)
    return "\n".join([title, *(f"{textwrap.fill(part, _WIDTH)}\n" for part in parts if part)])


def as_json(code: Code) -> str:
    """Return what there is to say about a code, for programs; what is not said is null."""
    shape = {
        "version": VERSION,
        "code": code.name,
        "severity": code.severity,
        "meaning": code.meaning,
        "why": code.why or None,
        "remedy": code.remedy or None,
        "exit_code": code.exit.value if code.stops_builds else None,
    }
    return json.dumps(shape, indent=2, ensure_ascii=False) + "\n"


def _sentence(clause: str) -> str:
    return textwrap.fill(f"{clause[0].upper()}{clause[1:]}.", _WIDTH)
