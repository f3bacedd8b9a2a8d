"""Objects remember the user's file: line, column and the place of each argument."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

import slogen
from slogen.errors import InvalidValue
from slogen.source import CallSite, Position, caller, shown

if TYPE_CHECKING:
    from pathlib import Path

    from slogen.source import Origin


def made_by(script: Path, text: str) -> Origin:
    """Run a script that calls ``here``, and return what ``here`` returned."""
    script.write_text(text, encoding="utf-8")
    found: list[CallSite | None] = []

    def here(*_: object, **__: object) -> None:
        frame = sys._getframe(1)  # noqa: SLF001 (what slogen.source does)
        found.append(CallSite(frame.f_code, frame.f_lasti))

    exec(compile(text, str(script), "exec"), {"here": here})  # noqa: S102 (scripts are run so)
    (origin,) = found
    assert origin is not None
    return origin


def place(origin: Origin, argument: str | None = None) -> tuple[int, int, int | None]:
    """Return line, column and end column of an origin."""
    position = origin.position(argument)
    assert position is not None
    return position.line, position.column, position.end_column


def test_knows_line_and_columns(tmp_path: Path) -> None:
    """A call begins at its first character, counted from 1, and ends behind its last."""
    origin = made_by(tmp_path / "a.py", "\nx = here(1)\n")

    assert place(origin) == (2, 5, 12)


def test_knows_the_place_of_an_argument(tmp_path: Path) -> None:
    """An argument's place is that of its value, not of its name."""
    origin = made_by(tmp_path / "a.py", "here(a=1, b='two')\n")

    assert place(origin, "b") == (1, 13, 18)


def test_knows_arguments_of_calls_of_many_lines(tmp_path: Path) -> None:
    """An argument on a later line of its call is found there."""
    origin = made_by(tmp_path / "a.py", "here(\n    a=1,\n    b=(2),\n)\n")

    assert place(origin) == (1, 1, None)
    assert place(origin, "b") == (3, 8, 9)


def test_an_argument_of_many_lines_has_no_end(tmp_path: Path) -> None:
    """A value that spans lines is marked where it begins."""
    origin = made_by(tmp_path / "a.py", "here(a=[\n    1,\n])\n")

    assert place(origin, "a") == (1, 8, None)


@pytest.mark.parametrize("call", ["here(**{'a': 1})", "here(b=1)", "here(1, 2)", "here(1, b=2)"])
def test_an_argument_without_a_keyword_is_the_whole_call(tmp_path: Path, call: str) -> None:
    """An argument that is not named in the call is blamed on the call."""
    origin = made_by(tmp_path / "a.py", f"{call}\n")

    assert place(origin, "a") == (1, 1, len(call) + 1)


def test_a_lone_argument_needs_no_keyword(tmp_path: Path) -> None:
    """Where one value is all that is given, it is what is blamed, whatever its name."""
    origin = made_by(tmp_path / "a.py", "x = here('one')\n")

    assert place(origin, "a") == (1, 10, 15)


def test_nested_calls_are_told_apart(tmp_path: Path) -> None:
    """An argument of an inner call is not sought in the outer one."""
    origin = made_by(tmp_path / "a.py", "dict(a=1, b=here(c=0, a=2))\n")

    assert place(origin, "a") == (1, 25, 26)


def test_chained_calls_are_told_apart(tmp_path: Path) -> None:
    """An argument is found in its own call, though a longer call begins at the same place."""
    origin = made_by(tmp_path / "a.py", "here(a=1).__str__().replace('a', 'b')\n")

    assert place(origin, "a") == (1, 8, 9)


def test_counts_characters_not_bytes(tmp_path: Path) -> None:
    """Letters outside of ASCII before a column count as one each."""
    origin = made_by(tmp_path / "a.py", "x = 'äöü€😀'; here(a='ß')\n")

    assert place(origin) == (1, 14, 25)
    assert place(origin, "a") == (1, 21, 24)


def test_counts_a_tab_as_one_character(tmp_path: Path) -> None:
    """A tab is one character, in the position and above the carets."""
    origin = made_by(tmp_path / "a.py", "if True:\n\there(a=12)\n")

    position = origin.position("a")

    assert place(origin, "a") == (2, 9, 11)
    assert position is not None
    assert position.excerpt() == ("    2 |  here(a=12)", "      |         ^^")


def test_an_excerpt_underlines_the_place(tmp_path: Path) -> None:
    """An excerpt is the line with its number, and carets below the place."""
    position = made_by(tmp_path / "a.py", "x = here(a='bad')\n").position("a")

    assert position is not None
    assert position.excerpt() == ("    1 | x = here(a='bad')", "      |            ^^^^^")


def test_carets_end_with_the_line(tmp_path: Path) -> None:
    """A place without an end is one caret, one beyond the line as well."""
    (tmp_path / "a.py").write_text("abc\n")
    file = str(tmp_path / "a.py")

    assert Position(file, 1, 2).excerpt()[1] == "      |  ^"
    assert Position(file, 1, 2, 99).excerpt()[1] == "      |  ^^"
    assert Position(file, 1, 4).excerpt()[1] == "      |    ^"


@pytest.mark.parametrize("text", ["", "   \n"])
def test_no_excerpt_of_what_shows_nothing(tmp_path: Path, text: str) -> None:
    """A line that is empty is not shown."""
    (tmp_path / "a.py").write_text(text)

    assert Position(str(tmp_path / "a.py"), 1, 1).excerpt() == ()


def test_no_excerpt_of_a_missing_file() -> None:
    """A file that cannot be read has no excerpt."""
    assert Position("/no/such/file.py", 1, 1).excerpt() == ()


def test_a_place_prints_as_editors_read_it() -> None:
    """A position is file, line and column with colons between, and its own origin."""
    position = Position("slos.py", 3, 5, 9)

    assert str(position) == "slos.py:3:5"
    assert position.position("any") is position


def test_shows_paths_below_the_folder_relatively(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A path below the working folder is shown as a person would type it, others in full."""
    monkeypatch.chdir(tmp_path)

    assert shown(str(tmp_path / "a" / "b.py")) == "a/b.py"
    assert shown("/elsewhere/b.py") == "/elsewhere/b.py"


def test_objects_remember_the_users_file() -> None:
    """Every model object, also one that a converter makes, points to the call in this file."""
    service = slogen.Service("shop")
    selector = slogen.Selector("requests")
    tier = slogen.Tier("page", long="1h", burn_rate=2)
    policy = slogen.AlertPolicy.standard()

    for made in (service, selector, selector.where('code="500"'), tier, policy):
        position = made.origin.position() if made.origin else None
        assert position is not None
        assert __file__.endswith(position.file)


def test_blames_the_call_of_the_user_for_nested_conversions() -> None:
    """What is refused deep inside of a conversion points into the user's argument."""
    line = sys._getframe().f_lineno + 2  # noqa: SLF001 (this very line)
    with pytest.raises(InvalidValue, match=r"Events\.total") as caught:
        slogen.Events(total="rate(", bad="b")

    position = caught.value.position
    assert position is not None
    assert (position.line, position.column) == (line, 34)


def test_a_folder_named_like_slogen_is_the_users() -> None:
    """A file is slogen's own by its folder, not by the first letters of its path."""
    file = f"{slogen.__path__[0]}-definitions/slos.py"
    names: dict[str, object] = {"caller": caller}

    exec(compile("site = caller()", file, "exec"), names)  # noqa: S102 (a file of this name)

    site = names["site"]
    assert isinstance(site, CallSite)
    assert site.code.co_filename == file


def test_a_python_without_columns_still_knows_the_line(tmp_path: Path) -> None:
    """With ``-X no_debug_ranges`` the position is the beginning of the line."""
    script = tmp_path / "a.py"
    script.write_text("from slogen import Service\n\nprint(Service('a').origin.position())\n")
    environment = {**os.environ, "PYTHONNODEBUGRANGES": "1"}

    result = subprocess.run(  # noqa: S603 (our own script)
        [sys.executable, str(script)], capture_output=True, text=True, env=environment, check=False
    )

    assert result.stdout == f"{script}:3:1\n"


@pytest.mark.parametrize("argument", ["total", "bad"])
def test_converters_of_attrs_are_not_the_users(argument: str) -> None:
    """What an argument becomes is made by the user's call, an optional argument as well."""
    arguments = {"total": "rate(t[$window])", "bad": "rate(b[$window])"}

    events = slogen.Events(**arguments)  # type: ignore[arg-type]

    made = getattr(events, argument)
    assert made.origin == events.origin


@pytest.mark.parametrize(
    ("source", "column", "end", "carets"),
    [
        ("{\u4e2d\u6587: x}", 6, 7, "      |        ^"),
        ("{a: \u4e2d\u6587}", 5, 7, "      |     ^^^^"),
        ("{e\u0301: x}", 6, 7, "      |     ^"),
        ("{\U0001f600: x}", 5, 6, "      |      ^"),
        ("{caf\xe9: x}", 8, 9, "      |        ^"),
    ],
)
def test_carets_stand_below_what_a_terminal_shows(
    source: str, column: int, end: int, carets: str
) -> None:
    """Some characters take two columns, and accents that stand alone none."""
    assert Position("a.yaml", 1, column, end, source=source).excerpt()[1] == carets
