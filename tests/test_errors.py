"""Errors carry data and build their own text; every text is tested in full."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from slogen.errors import (
    DuplicateID,
    Faults,
    ForeignFile,
    InputError,
    InvalidPromQL,
    InvalidValue,
    NothingToBuild,
    OutputError,
    ScriptFailed,
    SlogenError,
    ToolMissing,
    UnknownKey,
    raise_all,
)
from slogen.source import Position

if TYPE_CHECKING:
    from pathlib import Path

PLACE = Position("/no/such/slos.py", 3, 5)
VALUE = InvalidValue("SLO.objective", '"100%"', "less than 100 %")


@pytest.fixture
def place(tmp_path: Path) -> Position:
    """Return a place in a file that exists."""
    file = tmp_path / "slos.py"
    file.write_text("SLO(\n    objective='100%',\n)\n")
    return Position(str(file), 2, 15, 21)


def test_invalid_value_says_what_is_allowed() -> None:
    """An invalid value names the subject, what was found and what is allowed."""
    assert str(VALUE) == 'SLO.objective is "100%"\n  allowed: less than 100 %'


@pytest.mark.parametrize("kind", [InvalidValue, InvalidPromQL])
def test_invalid_value_says_the_remedy(kind: type[InvalidValue]) -> None:
    """An invalid value has a third line where there is a remedy."""
    fault = kind("Tier.long", "2d", "at most 1d", "make it shorter")

    assert str(fault) == "Tier.long is 2d\n  allowed: at most 1d\n  remedy: make it shorter"


def test_duplicate_id_names_both_places() -> None:
    """Two SLOs of one id are reported at the later one, with the place of the earlier one."""
    fault = DuplicateID("shop-latency", PLACE, Position("b.py", 9, 1))

    assert str(fault.diagnostic) == (
        'b.py:9:1: error: two SLOs have the id "shop-latency"\n'
        "  the other one: /no/such/slos.py:3:5\n"
        "  remedy: give one of them another name, or an id of its own"
    )


def test_duplicate_id_does_without_places() -> None:
    """Two SLOs of one id are reported though nobody knows where they were made."""
    assert str(DuplicateID("x", None, None).diagnostic) == (
        'error: two SLOs have the id "x"\n'
        "  the other one: position unknown\n"
        "  remedy: give one of them another name, or an id of its own"
    )


def test_script_failed_gives_reason_and_place() -> None:
    """A failed script is reported with the reason, at the line that was being run."""
    fault = ScriptFailed("ZeroDivisionError: division by zero", PLACE)

    assert str(fault.diagnostic) == (
        "/no/such/slos.py:3:5: error: ZeroDivisionError: division by zero"
    )


def test_nothing_to_build_says_so() -> None:
    """What has no place is reported without one."""
    assert str(NothingToBuild("there is no SLO to build").diagnostic) == (
        "error: there is no SLO to build"
    )


def test_foreign_file_names_the_file() -> None:
    """A file that stands in the way is named, with what to do about it."""
    assert str(ForeignFile("out/shop.yaml")) == (
        "out/shop.yaml was not written by slogen; it stays and nothing is written\n"
        "  remedy: move that file away, or choose another --out"
    )


@pytest.mark.parametrize(
    ("remedies", "expected"),
    [
        (("install it",), "  remedy: install it"),
        (("install it,", "or do not"), "  remedy: install it,\n    or do not"),
    ],
)
def test_tool_missing_says_what_helps(remedies: tuple[str, ...], expected: str) -> None:
    """A program that is missing is named, with what is there instead and what to do about it."""
    fault = ToolMissing("promtool", "nothing of that name on PATH", remedies)

    assert str(fault) == (
        f"promtool was not found\n  found: nothing of that name on PATH\n{expected}"
    )


def test_a_diagnostic_shows_the_line(place: Position) -> None:
    """A diagnostic is position and message, the line with carets, and what is allowed."""
    fault = InvalidValue("SLO.objective", '"100%"', "less than 100 %", "lower it", origin=place)

    assert str(fault.diagnostic) == (
        f'{place}: error: SLO.objective is "100%"\n'
        "    2 |     objective='100%',\n"
        "      |               ^^^^^^\n"
        "  allowed: less than 100 %\n"
        "  remedy: lower it"
    )


def test_a_diagnostic_without_a_place_is_the_message() -> None:
    """A fault of an unknown place is reported as an error all the same."""
    assert str(VALUE.diagnostic) == f"error: {VALUE}"


def test_faults_report_all(place: Position) -> None:
    """Several faults are reported as a paragraph each."""
    first = InvalidValue("a", "1", "2", origin=place)
    second = NothingToBuild("nothing")

    faults = Faults((first, second))

    assert str(faults) == "a is 1\n  allowed: 2\nnothing"
    assert [str(said) for said in faults.diagnostics] == [str(first.diagnostic), "error: nothing"]
    assert faults.diagnostic.found == "2 faults"


def test_raise_all_of_nothing_is_nothing() -> None:
    """Where there is no fault, nothing is raised."""
    raise_all([])


def test_raise_all_of_one_is_that_one() -> None:
    """A single fault is raised as itself."""
    with pytest.raises(InvalidValue, match=r"SLO\.objective") as caught:
        raise_all([VALUE])

    assert caught.value is VALUE


def test_raise_all_of_several_is_faults() -> None:
    """Several faults are raised together, in their order."""
    other = NothingToBuild("nothing")

    with pytest.raises(Faults, match=r"(?s)SLO\.objective.*nothing") as caught:
        raise_all([VALUE, other])

    assert caught.value.faults == (VALUE, other)


def test_faults_have_no_place_of_their_own() -> None:
    """Faults that stand in several places stand in none."""
    assert Faults((ScriptFailed("x", PLACE),)).position is None


@pytest.mark.parametrize(
    ("kind", "root"),
    [
        (InputError, SlogenError),
        (InvalidValue, InputError),
        (InvalidValue, ValueError),
        (InvalidPromQL, InvalidValue),
        (DuplicateID, InputError),
        (ScriptFailed, InputError),
        (NothingToBuild, InputError),
        (Faults, InputError),
        (OutputError, SlogenError),
        (ForeignFile, OutputError),
        (ToolMissing, SlogenError),
    ],
)
def test_the_tree_is_as_documented(kind: type[Exception], root: type[Exception]) -> None:
    """One ``except`` catches what the docstring's tree says it does."""
    assert issubclass(kind, root)


def test_faults_are_told_apart_by_identity() -> None:
    """Two faults of equal text are two faults: exceptions are not values."""
    assert InvalidValue("a", "1", "2") != InvalidValue("a", "1", "2")
    assert hash(VALUE) == hash(VALUE)


@pytest.mark.parametrize(
    ("written", "shown"),
    [("\x1b[2J", "\\x1b[2J"), ("\u202e", "\\u202e"), ("a\nb", "a\\nb"), ("caf\xe9", "caf\xe9")],
)
def test_what_does_not_print_is_escaped(written: str, shown: str) -> None:
    """A text of the user's can neither steer a terminal nor begin a line of its own."""
    fault = UnknownKey(written, "no key", "others")

    assert str(fault) == f"{shown} is no key\n  allowed: others"


def test_a_long_text_is_shown_without_its_middle() -> None:
    """A line of a message is one that a person reads; how it ends is shown."""
    fault = InvalidValue("name", f'"{"x" * 10_000}": too long', "less")

    assert str(fault) == (f'name is "{"x" * 391} ... {"x" * 89}": too long\n  allowed: less')
