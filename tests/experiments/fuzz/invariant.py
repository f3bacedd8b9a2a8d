"""What holds for any bytes: SLOs that build, or diagnostics that point into the file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from slogen import api
from slogen.diagnostics import Diagnostic
from slogen.errors import InputError
from slogen.formats.slogen_yaml.document import Loader
from slogen.formats.yaml.reading import LARGEST_FILE, read, read_file
from slogen.model import SLO

if TYPE_CHECKING:
    from collections.abc import Callable

    from slogen.formats.yaml.reading import Reading
    from slogen.source import Position

INHERITED = Path(__file__).parent / "inherited"
"""A folder with files that what is tested may inherit."""
FILE = INHERITED / "main.yaml"
"""Where the tested bytes seem to stand; there is no such file."""

_GUTTER = "      | "
_LONGEST_LINE = 700
"""What a line of a diagnostic may take: more is no line that a person reads."""


@attrs.frozen
class Answer:
    """What slogen said about some bytes.

    Attributes:
        slos: The SLOs that nothing is wrong with.
        faults: What is wrong, each fault for itself.
        findings: What there is to say about the file.
    """

    slos: tuple[SLO, ...]
    faults: tuple[InputError, ...]
    findings: tuple[Diagnostic, ...]


def answer(content: bytes) -> Answer:
    """Return what slogen makes of the bytes of a file, once it holds what always holds.

    Raises:
        AssertionError: If a diagnostic is not what it has to be.
        BaseException: Whatever slogen lets through.
    """
    loader = Loader(_reading(content))
    slos = loader.load(FILE)
    faults = [one for fault in loader.sorted_faults() for one in fault.each()]
    faults += _built(slos)
    for fault in faults:
        _check_diagnostic(fault, content)
    for finding in loader.findings:
        for line in str(finding).split("\n"):
            _check_line(line)
    return Answer(slos, tuple(faults), tuple(loader.findings))


def _reading(content: bytes) -> Callable[[Path], Reading]:
    def reading(path: Path) -> Reading:
        return read(content, path.name) if path == FILE else read_file(path)

    return reading


def _built(slos: tuple[SLO, ...]) -> tuple[InputError, ...]:
    """Build what was loaded, and return why it cannot be."""
    if not slos:
        return ()
    try:
        rules = api.build(slos)
    except InputError as fault:
        return fault.each()
    assert rules.render("json")
    for finding in rules.findings:
        for line in str(finding).split("\n"):
            _check_line(line)
    return ()


def _check_diagnostic(fault: InputError, content: bytes) -> None:
    assert isinstance(fault, InputError)
    for line in str(fault.diagnostic).split("\n"):
        _check_line(line)
    place = fault.position
    if place is not None and place.file == FILE.name:
        _check_place(place, content)


def _check_line(line: str) -> None:
    assert line.isprintable(), f"does not print: {line!r}"
    assert len(line) <= _LONGEST_LINE, f"{len(line)} characters: {line[:80]!r}"


def _check_place(place: Position, content: bytes) -> None:
    """Let a place be one of the file, and let its carets stand below what they mean."""
    text = content[:LARGEST_FILE].decode("utf-8-sig", errors="replace")
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    assert 1 <= place.line <= len(lines), f"no line {place.line} of {len(lines)}"
    line = lines[place.line - 1]
    assert 1 <= place.column <= len(line) + 1, f"no column {place.column} in {line!r}"
    end = place.end_column
    assert end is None or place.column < end <= len(line) + 2, f"{place.column}-{end} in {line!r}"
    if excerpt := place.excerpt():
        _, carets = excerpt
        assert carets.startswith(_GUTTER), carets
        assert carets.removeprefix(_GUTTER).strip(" ").strip("^") == "", carets
        # Of a long line a part is shown, with dots where it is cut.
        widest = len(_GUTTER) + len("...") + 2 * len(line) + 1
        assert len(carets) <= widest, f"carets beyond the line: {excerpt}"
