"""What goes wrong in a script is told with the user's file and line."""

from __future__ import annotations

import linecache
from pathlib import Path

import pytest

from slogen.api import load
from slogen.errors import DuplicateID, Faults, InputError, InvalidValue

SLO = "SLO(service='s', name='n', objective={}, window='30d', sli=Events(total='a', bad='b'))"
IMPORT = "from slogen import SLO, Events"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in an empty folder, where no other test's ``a.py`` is remembered."""
    linecache.clearcache()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def fault_of(text: str | bytes, helper: str = "", path: str = "a.py") -> InputError:
    """Return the fault of a script ``a.py`` that may import a helper."""
    Path("a.py").write_bytes(text if isinstance(text, bytes) else text.encode())
    Path("_helper.py").write_text(helper, encoding="utf-8")
    with pytest.raises(InputError, match=r".") as caught:
        load(path)
    return caught.value


def first_line(text: str | bytes, helper: str = "") -> str:
    """Return the first line of what is said about a script that fails."""
    return str(fault_of(text, helper).diagnostic).split("\n")[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("\n1 / 0\n", "a.py:2:1: error: ZeroDivisionError: division by zero"),
        ("x = {}\ny = x['k']", "a.py:2:5: error: KeyError: 'k'"),
        ("assert 1 > 2", "a.py:1:8: error: AssertionError"),
        ("raise ValueError", "a.py:1:1: error: ValueError"),
        ("raise ValueError('one\\ntwo')", "a.py:1:1: error: ValueError: one"),
        ("import no_such_module", "a.py:1:1: error: ModuleNotFoundError: No module named"),
        (
            "from slogen import Nothing",
            "a.py:1:1: error: ImportError: cannot import name 'Nothing'",
        ),
        ("import json\njson.loads('{')", "a.py:2:1: error: json.decoder.JSONDecodeError: Expect"),
        ("def f():\n    return f()\nf()", "a.py:2:12: error: RecursionError: maximum recursion"),
        ("class E(Exception):\n    pass\nraise E('x')", "a.py:3:1: error: a.E: x"),
        ("raise BaseException('x')", "a.py:1:1: error: BaseException: x"),
    ],
)
def test_an_exception_is_placed(text: str, expected: str) -> None:
    """An exception is told with its kind, at the innermost place in the user's files."""
    assert first_line(text).startswith(expected)


def test_an_exception_is_shown() -> None:
    """The line that raised is shown with a caret below it."""
    assert str(fault_of("x = 1\ny = x / 0").diagnostic) == (
        "a.py:2:5: error: ZeroDivisionError: division by zero\n    2 | y = x / 0\n      |     ^"
    )


def test_shows_the_file_as_it_is_now() -> None:
    """A script that was changed since it was last read is shown as it is."""
    str(fault_of("x = 1 / 0").diagnostic)

    assert str(fault_of("y = 2\nz = [] / 0").diagnostic) == (
        "a.py:2:5: error: TypeError: unsupported operand type(s) for /: 'list' and 'int'\n"
        "    2 | z = [] / 0\n"
        "      |     ^"
    )


def test_counts_characters_not_bytes() -> None:
    """Letters outside of ASCII before the place count as one each."""
    assert first_line("x = 'äöü'; 1 / 0").startswith("a.py:1:12: error: ZeroDivisionError")


def test_a_helper_is_blamed_for_its_own_exception() -> None:
    """An exception in a helper is placed in the helper."""
    line = first_line("from _helper import f\nf()", "def f():\n    return 1 / 0")

    assert line == "_helper.py:2:12: error: ZeroDivisionError: division by zero"


def test_a_note_does_not_hide_the_exception() -> None:
    """Notes that were added to an exception come after what it is."""
    line = first_line("e = ValueError('boom')\ne.add_note('a note')\nraise e")

    assert line == "a.py:3:1: error: ValueError: boom"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x = (\n", "a.py:1:5: error: SyntaxError: '(' was never closed"),
        ("\nx = 'ä' 5", "a.py:2:9: error: SyntaxError: invalid syntax"),
        ("if True:\nx = 1", "a.py:2:1: error: IndentationError: expected an indented block"),
        ("return 5", "a.py:1:1: error: SyntaxError: 'return' outside function"),
        (b"x = 1\x00\n", "a.py:1:"),
    ],
)
def test_a_syntax_error_is_placed(text: str | bytes, expected: str) -> None:
    """What Python cannot read is told where it stands, never in a file of Python's."""
    line = first_line(text)

    assert line.startswith(expected)
    assert "SyntaxError: " in line or "IndentationError: " in line


def test_a_syntax_error_in_a_helper_is_placed_there() -> None:
    """What Python cannot read in a helper is told in the helper."""
    assert first_line("import _helper", "x =").startswith("_helper.py:1:4: error: SyntaxError")


def test_a_syntax_error_of_evaluated_text_is_placed_in_the_script() -> None:
    """Text that a script evaluates has no file: the script has."""
    assert first_line("x = 1\neval('1 +')").startswith("a.py:2:1: error: SyntaxError")


@pytest.mark.parametrize(
    ("code", "shown"), [("", "None"), ("0", "0"), ("3", "3"), ("'why'", "'why'")]
)
def test_an_exit_is_a_fault(code: str, shown: str) -> None:
    """A script that exits does not end the build as if all were well."""
    assert first_line(f"import sys\nsys.exit({code})") == (
        f"a.py:2:1: error: the script called sys.exit({shown}) instead of defining SLOs"
    )


def test_an_interrupt_goes_through() -> None:
    """Ctrl-C while a script runs is no fault of the script's."""
    Path("a.py").write_text("raise KeyboardInterrupt('now')")

    with pytest.raises(KeyboardInterrupt, match="now"):
        load("a.py")


def test_a_refused_argument_is_placed() -> None:
    """What slogen refuses is told at the argument in the user's file."""
    fault = fault_of(f"{IMPORT}\nx = {SLO.format(100)}")

    assert isinstance(fault, InvalidValue)
    assert str(fault.diagnostic).startswith(
        "a.py:2:42: error: SLO.objective is 100\n    2 | x = SLO("
    )


def test_a_fault_without_a_place_gets_the_scripts() -> None:
    """What does not know where it arose is placed at the line that was being run."""
    fault = fault_of("from slogen import Objective\n\nx = Objective('120%')")

    assert isinstance(fault, InvalidValue)
    assert str(fault.diagnostic) == (
        'a.py:3:5: error: Objective is "120%"\n'
        "    3 | x = Objective('120%')\n"
        "      |     ^\n"
        '  allowed: more than 0 % and less than 100 %, such as "99.9%"'
    )


def test_faults_of_a_build_in_a_script_keep_their_places() -> None:
    """A script that builds by itself shows every fault of that build where it stands."""
    text = f"from slogen import build\n{IMPORT}\nx = {SLO.format(0.9)}\ny = {SLO.format(0.9)}\n"

    fault = fault_of(f"{text}build([x, y])")

    assert isinstance(fault, DuplicateID)
    assert str(fault.diagnostic).startswith('a.py:4:5: error: two SLOs have the id "s-n"')


def test_tells_the_faults_of_all_scripts() -> None:
    """One run shows what is wrong with every script of every path."""
    Path("b.py").write_text("x =")
    Path("c.py").write_text("raise ValueError('c')")

    fault = fault_of("1 / 0", path=".")

    assert isinstance(fault, Faults)
    assert [str(part.diagnostic).split("\n")[0] for part in fault.faults] == [
        "a.py:1:1: error: ZeroDivisionError: division by zero",
        "b.py:1:4: error: SyntaxError: invalid syntax",
        "c.py:1:1: error: ValueError: c",
    ]


def test_tells_the_faults_of_all_paths() -> None:
    """One run shows what is wrong with every path."""
    with pytest.raises(
        Faults, match=r"(?s)no\.py does not exist.*none\.py does not exist"
    ) as caught:
        load("no.py", "none.py")

    assert len(caught.value.faults) == 2


def test_a_script_that_fails_is_told_once() -> None:
    """A broken script that another one imports is one fault, not two."""
    Path("b.py").write_text("1 / 0")

    assert str(fault_of("import b", path=".").diagnostic).count("ZeroDivisionError") == 1
