"""The baseline: findings that were there when a project began to lint, one a line.

A line is a JSON object with the code, the SLO, the argument and the text, and for a finding about
no SLO its file. Lines of the source do not matter, so that a definition can be moved. The file is
sorted, and a finding that is there twice has two lines: git merges it.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from slogen.diagnostics import reason_of
from slogen.errors import InvalidValue, UnreadableFile
from slogen.lint.codes import CODES
from slogen.source import Position, shown

if TYPE_CHECKING:
    from collections.abc import Iterable

    from slogen.diagnostics import Diagnostic

_ABOUT_EXCEPTIONS = frozenset(code.name for code in CODES)
_REQUIRED = ("code", "text")
_KEYS = ("code", "slo", "argument", "file", "text")
_EXAMPLE = '{"code": "tier-lowered", "slo": "shop-a", "argument": "objective", "text": "..."}'


def dumped(diagnostics: Iterable[Diagnostic], folder: Path) -> str:
    """Return findings as a baseline; its file stands in the folder."""
    lines = (_line(diagnostic, folder) for diagnostic in diagnostics if _is_kept(diagnostic))
    return "".join(f"{line}\n" for line in sorted(lines))


def loaded(file: Path) -> Counter[str]:
    """Return how often each finding of a baseline stands there, by its line.

    Raises:
        UnreadableFile: If it cannot be read.
        InvalidValue: If a line is no finding.
    """
    name = shown(str(file))
    try:
        lines = file.read_bytes().decode().split("\n")
    except OSError as error:
        remedy = f"write it: slogen lint --write-baseline {name}"
        raise UnreadableFile(name, f"cannot be read: {reason_of(error)}", remedy) from error
    except UnicodeDecodeError as error:
        raise UnreadableFile(name, "is not UTF-8", "write it anew") from error
    return Counter(_checked(line, Position(name, number, 1)) for number, line in _numbered(lines))


def new(
    diagnostics: Iterable[Diagnostic], known: Counter[str], folder: Path
) -> tuple[tuple[Diagnostic, ...], int]:
    """Return the findings that a baseline does not have, and how many of its own are gone.

    Of findings that read the same the first are taken for those that are known.
    """
    left = known.copy()
    found: list[Diagnostic] = []
    for diagnostic in diagnostics:
        line = _line(diagnostic, folder) if _is_kept(diagnostic) else ""
        if left[line]:
            left[line] -= 1
        else:
            found.append(diagnostic)
    return tuple(found), left.total()


def _is_kept(diagnostic: Diagnostic) -> bool:
    """Tell whether a finding can be known.

    An error in a definition has to be corrected, and so has an exception that hides nothing.
    """
    return not diagnostic.entry.stops_builds and diagnostic.code not in _ABOUT_EXCEPTIONS


def _line(diagnostic: Diagnostic, folder: Path) -> str:
    place = None if diagnostic.slo_id else diagnostic.position
    values = {
        "code": diagnostic.code,
        "slo": diagnostic.slo_id,
        "argument": diagnostic.argument,
        "file": Path(os.path.relpath(place.file, folder)).as_posix() if place else "",
        "text": diagnostic.found,
    }
    return _dumped({key: value for key, value in values.items() if value})


def _dumped(values: dict[str, str]) -> str:
    return json.dumps({key: values[key] for key in _KEYS if key in values}, ensure_ascii=False)


def _numbered(lines: list[str]) -> Iterable[tuple[int, str]]:
    return ((number, line) for number, line in enumerate(lines, start=1) if line.strip())


def _checked(line: str, place: Position) -> str:
    """Return a line as slogen writes it.

    Raises:
        InvalidValue: If it is no finding.
    """
    subject, remedy = "a line of the baseline", "write it anew with --write-baseline"
    try:
        values = json.loads(line)
    except (ValueError, RecursionError):
        raise InvalidValue(subject, "not JSON", _EXAMPLE, remedy, origin=place) from None
    is_finding = isinstance(values, dict) and set(_REQUIRED) <= set(values) <= set(_KEYS)
    if not is_finding or not all(isinstance(value, str) for value in values.values()):
        raise InvalidValue(subject, "no finding", _EXAMPLE, remedy, origin=place)
    return _dumped(values)
