"""Fixes in the user's files: a text is replaced at its place, and every other byte stays."""

from __future__ import annotations

import re
from bisect import bisect
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from slogen.targets.output import explained, replace

if TYPE_CHECKING:
    from collections.abc import Iterable

    from slogen.diagnostics import Diagnostic, Fix
    from slogen.source import Position

# Lines end where Python and YAML think that they end.
_BREAK = re.compile(r"\r\n|\r|\n")
_MARK = "\ufeff"


@attrs.frozen(order=True)
class Edit:
    """A replacement in a text.

    Attributes:
        begin: The index of the first character that goes.
        end: The index behind the last one.
        new: What comes in its place.
    """

    begin: int
    end: int
    new: str


def fix_files(diagnostics: Iterable[Diagnostic]) -> int:
    """Write the fixes of diagnostics into their files, and return how many were made.

    A file that is not UTF-8 is left alone, and so is a place where something else stands by now.
    Of two fixes that overlap one has to wait until slogen has read the file again: that of an error
    is the first.

    Raises:
        OutputError: If a file cannot be read or written.
    """
    by_file: dict[Path, list[tuple[Position, Fix]]] = {}
    for diagnostic in sorted(diagnostics, key=lambda each: not each.entry.stops_builds):
        place = diagnostic.position
        if place and diagnostic.fix:
            file = Path(place.file).resolve()
            by_file.setdefault(file, []).append((place, diagnostic.fix))
    return sum(_fix_file(file, fixes) for file, fixes in by_file.items())


def _fix_file(file: Path, fixes: Iterable[tuple[Position, Fix]]) -> int:
    with explained(file):
        content = file.read_bytes()
        try:
            text = content.decode()
        except UnicodeDecodeError:
            return 0
        edits = without_overlaps(edits_of(text, fixes))
        if edits:
            replace(file, edited(text, edits))
    return len(edits)


def edits_of(text: str, fixes: Iterable[tuple[Position, Fix]]) -> tuple[Edit, ...]:
    """Return the edits that fixes are in a file's text, without those that do not fit it."""
    lines = (text.startswith(_MARK), *(match.end() for match in _BREAK.finditer(text)))
    found: list[Edit] = []
    for place, fix in fixes:
        if place.line <= len(lines):
            begin = lines[place.line - 1] + place.column - 1
            end = begin + len(fix.old)
            if text[begin:end] == fix.old != fix.new:
                found.append(Edit(begin, end, fix.new))
    return tuple(found)


def without_overlaps(edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """Return edits in the order of the text, and of those that overlap the first that was given."""
    kept: list[Edit] = []
    for edit in edits:
        index = bisect(kept, edit)
        is_free = index == 0 or kept[index - 1].end <= edit.begin
        if is_free and (index == len(kept) or edit.end <= kept[index].begin):
            kept.insert(index, edit)
    return tuple(kept)


def edited(text: str, edits: Iterable[Edit]) -> str:
    """Return a text with edits made that stand in its order and do not overlap."""
    parts: list[str] = []
    at = 0
    for edit in edits:
        parts += [text[at : edit.begin], edit.new]
        at = edit.end
    return "".join([*parts, text[at:]])
