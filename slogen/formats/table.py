"""The formats that are read. To add one, write its module and enter it here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen.formats import erp, openslo, pyrra, script, slogen_yaml, sloth

if TYPE_CHECKING:
    from slogen.formats.format import Document, Format

FORMATS: tuple[Format, ...] = (
    script.FORMAT,
    sloth.FORMAT,
    openslo.FORMAT,
    erp.FORMAT,
    pyrra.FORMAT,
    slogen_yaml.FORMAT,
)
"""All formats. What nobody recognises is read, and refused, by the last one with its suffix."""

SUFFIXES = tuple(dict.fromkeys(suffix for entry in FORMATS for suffix in entry.suffixes))
"""How the names of all files end that are read."""


def format_of(document: Document) -> Format:
    """Return the format of a file that has one of the suffixes."""
    candidates = [entry for entry in FORMATS if document.path.suffix in entry.suffixes]
    return next((entry for entry in candidates if entry.recognise(document)), candidates[-1])
