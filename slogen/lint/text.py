"""Findings for people: a paragraph each, with carets below the line of the source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen.diagnostics import shortened

if TYPE_CHECKING:
    from collections.abc import Iterable

    from slogen.diagnostics import Diagnostic


def paragraphs(diagnostics: Iterable[Diagnostic]) -> str:
    """Return findings with an empty line between them; nothing if there is none."""
    return "\n".join(f"{_paragraph(diagnostic)}\n" for diagnostic in diagnostics)


def _paragraph(diagnostic: Diagnostic) -> str:
    text = diagnostic.paragraph(f" [{diagnostic.code}]")
    fix = diagnostic.fix
    return f"{text}\n{shortened(f'  --fix writes: {fix.new}')}" if fix else text
