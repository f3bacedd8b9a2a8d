"""What is wrong and what is worth knowing, as people, programs or GitHub read it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Literal

import attrs

from slogen.errors import InputError, SlogenError
from slogen.source import Position

if TYPE_CHECKING:
    from collections.abc import Iterable

    from slogen.findings import Finding

Format = Literal["text", "json", "github"]
VERSION = 1
"""Goes up when a reader of the last JSON would misread the next."""

_LEVELS = {"error": "error", "note": "notice"}


@attrs.frozen(kw_only=True)
class Diagnostic:
    """An error or a note, in whatever form it will be shown.

    Attributes:
        severity: ``error`` stops a build, ``note`` does not.
        code: What kind it is; stable.
        message: What was found, on one line.
        details: What is allowed, what to do, and the like, a line each.
        position: Where, if that is known.
        text: All of it for a terminal.
    """

    severity: Literal["error", "note"]
    code: str
    message: str
    details: tuple[str, ...]
    position: Position | None
    text: str


def errors(fault: SlogenError) -> tuple[Diagnostic, ...]:
    """Return the diagnostics of an error, one for each fault that it consists of."""
    if not isinstance(fault, InputError):
        return (_error(fault, type(fault).code, None, f"error: {fault}"),)
    return tuple(_error(one, one.code, one.position, one.diagnostic()) for one in fault.each())


def _error(fault: SlogenError, code: str, position: Position | None, text: str) -> Diagnostic:
    message, *details = str(fault).split("\n")
    return Diagnostic(
        severity="error",
        code=code,
        message=message,
        details=tuple(line.strip() for line in details),
        position=position,
        text=text,
    )


def notes(findings: Iterable[Finding]) -> tuple[Diagnostic, ...]:
    """Return the diagnostics of findings."""
    return tuple(
        Diagnostic(
            severity="note",
            code=one.code,
            message=f"{one.slo_id}: {one.message}" if one.slo_id else one.message,
            details=(),
            position=one.origin.position() if one.origin else None,
            text=str(one),
        )
        for one in findings
    )


def rendered(diagnostics: tuple[Diagnostic, ...], form: Format) -> str:
    """Return diagnostics as one text, which ends with a line feed unless it is empty."""
    if form == "json":
        shapes = [_shape(one) for one in diagnostics]
        return json.dumps({"version": VERSION, "diagnostics": shapes}, indent=2) + "\n"
    if form == "github":
        return "".join(f"{_command(one)}\n" for one in diagnostics)
    # Errors are paragraphs, with an empty line between them; notes are lines.
    between = "\n\n" if any(one.severity == "error" for one in diagnostics) else "\n"
    return between.join(one.text for one in diagnostics) + "\n" if diagnostics else ""


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
        "message": diagnostic.message,
        "details": list(diagnostic.details),
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
    text = _escaped_data("\n".join((diagnostic.message, *diagnostic.details)))
    return f"::{_LEVELS[diagnostic.severity]} {listed}::{text}"


def _escaped_data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escaped(text: str) -> str:
    return _escaped_data(text).replace(":", "%3A").replace(",", "%2C")
