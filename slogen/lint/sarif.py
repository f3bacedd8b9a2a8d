"""Findings as SARIF 2.1.0, which code hosts show beside the lines.

Source: the OASIS standard "Static Analysis Results Interchange Format (SARIF) Version 2.1.0".
"""

from __future__ import annotations

import json
import os
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Iterable

    from slogen.diagnostics import Code, Diagnostic, Fix
    from slogen.source import Position

_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_JSON = dict[str, object]


def as_sarif(diagnostics: Iterable[Diagnostic], codes: Iterable[Code], version: str) -> str:
    """Return the document; its paths are relative to the current folder.

    Args:
        diagnostics: What was found.
        codes: The registry, which says how bad a code is where a project says nothing else.
        version: The version of slogen.
    """
    found = tuple(diagnostics)
    named = {diagnostic.code for diagnostic in found}
    rules = [code for code in codes if code.name in named]
    numbers = {code.name: number for number, code in enumerate(rules)}
    driver = {"name": "slogen", "version": version, "rules": [_rule(code) for code in rules]}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(diagnostic, numbers[diagnostic.code]) for diagnostic in found],
    }
    document = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _rule(code: Code) -> _JSON:
    about = {"fullDescription": code.why, "help": code.remedy or code.why}
    return {
        "id": code.name,
        "shortDescription": {"text": f"{code.meaning[0].upper()}{code.meaning[1:]}."},
        **{key: {"text": text} for key, text in about.items() if text},
        "defaultConfiguration": {"level": code.severity},
    }


def _result(diagnostic: Diagnostic, number: int) -> _JSON:
    place = diagnostic.position
    lines = (diagnostic.message, *(line.strip() for line in diagnostic.lines))
    result: _JSON = {
        "ruleId": diagnostic.code,
        "ruleIndex": number,
        "level": diagnostic.severity,
        "message": {"text": "\n".join(lines)},
        "locations": [_location(place, diagnostic.slo_id)] if place else [],
        "partialFingerprints": {"slogen/v1": _fingerprint(diagnostic)},
    }
    if place and place.end_column and diagnostic.fix:
        result["fixes"] = [_fix(place, diagnostic.fix)]
    return result


def _fingerprint(diagnostic: Diagnostic) -> str:
    """Return what a finding has in common with itself after its lines have moved."""
    said = (diagnostic.code, diagnostic.slo_id, diagnostic.argument or "", diagnostic.found)
    return sha256("\0".join(said).encode()).hexdigest()


def _location(place: Position, slo_id: str) -> _JSON:
    physical = {"artifactLocation": {"uri": _uri(place.file)}, "region": _region(place)}
    named = {"logicalLocations": [{"name": slo_id, "kind": "object"}]} if slo_id else {}
    return {"physicalLocation": physical, **named}


def _region(place: Position) -> dict[str, int]:
    region = {"startLine": place.line, "startColumn": place.column}
    return region | ({"endColumn": place.end_column} if place.end_column else {})


def _fix(place: Position, fix: Fix) -> _JSON:
    replacement = {"deletedRegion": _region(place), "insertedContent": {"text": fix.new}}
    change = {
        "artifactLocation": {"uri": _uri(place.file)},
        "replacements": [replacement],
    }
    return {"description": {"text": f"Write {fix.new}"}, "artifactChanges": [change]}


def _uri(file: str) -> str:
    """Return a path as a URI that is relative to the current folder."""
    return quote(Path(os.path.relpath(file)).as_posix())
