"""Diagnostics: one shape, and its texts in full."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from slogen.diagnostics import Code, Diagnostic
from slogen.exits import Exit
from slogen.source import Occurrence, Position

if TYPE_CHECKING:
    from pathlib import Path

WRONG = Code.error("wrong", "something is wrong")
ODD = Code.warning("odd", "something may harm")
CHANGED = Code.note("changed", "something was changed")


@pytest.fixture
def place(tmp_path: Path) -> Position:
    """Return a place in a file that exists."""
    file = tmp_path / "slos.py"
    file.write_text("SLO(\n    objective='100%',\n)\n")
    return Position(str(file), 2, 15, 21)


def test_an_error_is_a_paragraph(place: Position) -> None:
    """An error shows the source line with carets, all details and every line of the remedy."""
    said = Diagnostic(
        entry=WRONG,
        found="it is wrong",
        details=("found: more",),
        allowed="less",
        remedy="do this,\nor that",
        slo_id="s-n",
        origin=place,
    )

    assert str(said) == (
        f"{place}: error: it is wrong\n"
        "    2 |     objective='100%',\n"
        "      |               ^^^^^^\n"
        "  found: more\n"
        "  allowed: less\n"
        "  remedy: do this,\n"
        "    or that"
    )


@pytest.mark.parametrize(("code", "severity"), [(ODD, "warning"), (CHANGED, "note")])
@pytest.mark.parametrize(
    ("origin", "start"), [(None, ""), (Position("slos.py", 3, 1), "slos.py:3:1: ")]
)
def test_the_others_are_a_line(
    code: Code, severity: str, origin: Position | None, start: str
) -> None:
    """A warning or a note is one line with its place, the SLO and a code to look up."""
    said = Diagnostic(entry=code, found="what was done", slo_id="s-n", origin=origin)

    assert str(said) == f"{start}{severity}: s-n: what was done [{code.name}]"


def test_a_warning_says_the_remedy() -> None:
    """Where there is something to do about a warning, that is a line below it."""
    said = Diagnostic(entry=ODD, found="it is odd", remedy="change it")

    assert str(said) == "warning: it is odd [odd]\n  remedy: change it"


def test_points_at_a_part_of_the_argument(place: Position) -> None:
    """The place is that of the part of the text that is wrong."""
    said = Diagnostic(entry=WRONG, found="x", origin=place, part=Occurrence("00"))

    assert str(said.position) == f"{place.file}:2:17"


def test_an_error_stops_a_build_and_the_others_do_not() -> None:
    """A build with warnings and notes is fine; one with an error ends with its exit code."""
    assert WRONG.exit is Exit.INPUT
    assert ODD.exit is CHANGED.exit is Exit.FINE


def test_a_diagnostic_is_equal_wherever_it_stands() -> None:
    """Two diagnostics that say the same are equal, as definitions are."""
    first = Diagnostic(entry=ODD, found="it is odd", origin=Position("a.py", 1, 1))

    assert first == Diagnostic(entry=ODD, found="it is odd", origin=Position("b.py", 2, 2))
    assert first != Diagnostic(entry=CHANGED, found="it is odd")
