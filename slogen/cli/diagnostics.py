"""Diagnostics as people, programs or GitHub read them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from slogen.diagnostics import Diagnostic

Format = Literal["text", "json", "github"]
VERSION = 1
"""Goes up when a reader of the last JSON would misread the next."""

_LEVELS = {"error": "error", "warning": "warning", "note": "notice"}


def rendered(diagnostics: Iterable[Diagnostic], form: Format) -> str:
    """Return diagnostics as one text, which ends with a line feed unless it is empty."""
    said = tuple(diagnostics)
    if form == "json":
        shapes = [_shape(diagnostic) for diagnostic in said]
        return json.dumps({"version": VERSION, "diagnostics": shapes}, indent=2) + "\n"
    if form == "github":
        return "".join(f"{_command(diagnostic)}\n" for diagnostic in said)
    # Errors are paragraphs, with an empty line between them; the others are lines.
    between = "\n\n" if any(diagnostic.severity == "error" for diagnostic in said) else "\n"
    return between.join(map(str, said)) + "\n" if said else ""


def _shape(diagnostic: Diagnostic) -> dict[str, object]:
    """Return a diagnostic as JSON has it; lines and columns count from 1."""
    place = diagnostic.position
    return {
        "severity": diagnostic.severity,
        "code": diagnostic.code,
        "file": place.file if place else None,
        "line": place.line if place else None,
        "column": place.column if place else None,
        "end_column": place.end_column if place else None,
        "path": (place.path or None) if place else None,
        "slo": diagnostic.slo_id or None,
        "argument": diagnostic.argument,
        "message": diagnostic.message,
        "allowed": diagnostic.allowed or None,
        "remedy": diagnostic.remedy or None,
        "details": [line.strip() for line in diagnostic.lines],
    }


def _command(diagnostic: Diagnostic) -> str:
    """Return a workflow command of GitHub Actions, which marks the line in a pull request.

    Source: docs.github.com, "Workflow commands for GitHub Actions".
    """
    place = diagnostic.position
    properties: dict[str, str | int] = {}
    if place:
        properties = {"file": place.file, "line": place.line, "col": place.column}
        if place.end_column:
            properties["endColumn"] = place.end_column
    properties["title"] = f"slogen {diagnostic.code}"
    listed = ",".join(f"{name}={_escaped(str(text))}" for name, text in properties.items())
    text = _escaped_data(
        "\n".join((diagnostic.message, *(line.strip() for line in diagnostic.lines)))
    )
    return f"::{_LEVELS[diagnostic.severity]} {listed}::{text}"


def _escaped_data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escaped(text: str) -> str:
    return _escaped_data(text).replace(":", "%3A").replace(",", "%2C")
