"""Where things stand in the user's files."""

from __future__ import annotations

import ast
import itertools
import linecache
import os
import re
import sys
import unicodedata
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path
from types import CodeType, FrameType
from typing import TYPE_CHECKING, Protocol

import attr
import attrs

if TYPE_CHECKING:
    from collections.abc import Iterator

_PACKAGE = f"{Path(__file__).parent}{os.sep}"
# Some converters of attrs are functions in its own files, others in code that it generates.
_ATTRS = (f"{Path(attr.__file__).parent}{os.sep}", "<attrs generated")
# A path has lost one of the two slashes.
_CREDENTIALS = re.compile(r"""(\b\w+:/{1,2})[^\s"'<>]*@""")
_WIDEST_LINE = 160
_CUT = "..."
# What is shown for a character that does not print, and for a tab.
_STAND_IN = ("\N{REPLACEMENT CHARACTER}", " ")
_Place = tuple[int | None, int | None, int | None, int | None]


class Origin(Protocol):
    """Something that knows where an object was written down."""

    def position(self, argument: str | None = None) -> Position | None:
        """Return the place of the object, or that of one of its arguments."""


def printable(text: str) -> str:
    r"""Return a text that does nothing to a terminal: characters that do not print are escaped.

    >>> printable("a\x1b[1m")
    'a\\x1b[1m'
    """
    if text.isprintable():
        return text
    return "".join(
        char if char.isprintable() else char.encode("unicode_escape").decode() for char in text
    )


def without_credentials(text: str) -> str:
    """Return a text whose addresses name nobody: what stands before ``@`` is left out.

    >>> without_credentials("no file http:/bot:se/cret@mimir/x, and no other")
    'no file http:/<hidden>@mimir/x, and no other'
    """
    return _CREDENTIALS.sub(r"\1<hidden>@", text)


@attrs.frozen
class Occurrence:
    """A part of a text, told apart from others that read the same.

    >>> Occurrence.of("a or a", 5, 6)
    Occurrence(text='a', before=1)

    Attributes:
        text: The part itself.
        before: How often it stands in the text before.
    """

    text: str
    before: int = 0

    @classmethod
    def of(cls, text: str, begin: int, end: int) -> Occurrence:
        """Return what stands in a text from one index to another."""
        part = text[begin:end]
        return cls(part, text.count(part, 0, begin))


@attrs.frozen
class Position:
    """A place in a file; lines and columns count from 1, and ``end_column`` is exclusive.

    >>> str(Position("slos.py", 3, 5))
    'slos.py:3:5'

    Attributes:
        path: What stands there, in files that hold data: ``$.services[0].name``.
        source: The lines that it spans, where whoever made this has read them already.
    """

    file: str
    line: int
    column: int
    end_column: int | None = None
    path: str = attrs.field(default="", eq=False, kw_only=True)
    source: str | None = attrs.field(default=None, eq=False, repr=False, kw_only=True)

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"

    def position(self, argument: str | None = None) -> Position:  # noqa: ARG002 (a place has no arguments)
        """Return this place: a position is its own origin."""
        return self

    def of(self, part: Occurrence) -> Position:
        """Return the place of a part of the text that stands here; this one if it is not found.

        >>> str(Position("a.yaml", 3, 8, source="query: up * up").of(Occurrence("up", 1)))
        'a.yaml:3:13'
        """
        lines = _line(self.file, self.line) if self.source is None else self.source
        end = len(lines) if self.end_column is None else self.end_column - 1
        begin = self.column - 1 - len(part.text)
        for _ in range(part.before + 1):
            begin = lines.find(part.text, begin + len(part.text), end)
            if begin < 0:
                return self
        start = lines.rfind("\n", 0, begin) + 1
        column = begin - start + 1
        return attrs.evolve(
            self,
            line=self.line + lines.count("\n", 0, begin),
            column=column,
            end_column=column + len(part.text.partition("\n")[0]),
            source=lines[start:],
        )

    def excerpt(self) -> tuple[str, ...]:
        """Return the source line and a line of carets below it; nothing if it cannot be read.

        Of a long line the part around the place is shown.
        """
        text = _line(self.file, self.line) if self.source is None else self.source
        text = text.partition("\n")[0]
        if not text.strip():
            return ()
        begin, end = self.column - 1, self.end_column or self.column + 1
        carets = max(1, min(end, len(text) + 1) - self.column)
        if len(text) > _WIDEST_LINE:
            text, begin = _cut(text, begin)
            carets = max(1, min(carets, len(text) - begin))
        shown = "".join(one if one.isprintable() else _STAND_IN[one == "\t"] for one in text)
        gutter = f"{self.line:>5} | "
        indent = _columns(shown[:begin]) + max(0, begin - len(shown))
        width = max(1, _columns(shown[begin : begin + carets]))
        return (f"{gutter}{shown.rstrip()}", f"{'':>5} | {'':>{indent}}{'^' * width}")


def _line(file: str, line: int) -> str:
    linecache.checkcache(file)
    return linecache.getline(file, line).rstrip("\n")


def _columns(text: str) -> int:
    """Return how many columns of a terminal a text takes.

    >>> _columns("abc"), _columns("e\u0301"), _columns("\u4e2d\u6587")
    (3, 1, 4)
    """
    if text.isascii():
        return len(text)
    marks = sum(unicodedata.category(one) in {"Mn", "Me"} for one in text)
    wide = sum(unicodedata.east_asian_width(one) in {"W", "F"} for one in text)
    return len(text) - marks + wide


def _cut(line: str, begin: int) -> tuple[str, int]:
    """Return the part of a long line around an index, and the index in it."""
    start = max(0, min(begin - _WIDEST_LINE // 2, len(line) - _WIDEST_LINE))
    before, after = _CUT if start else "", _CUT if start + _WIDEST_LINE < len(line) else ""
    return f"{before}{line[start : start + _WIDEST_LINE]}{after}", begin - start + len(before)


@attrs.frozen
class CallSite:
    """The call in a Python file that made an object; line and column are worked out when asked for.

    Looking a line up in a code object takes time that grows with the file, so 10,000 objects made
    in one file would pay for it 10,000 times. Only diagnostics need the answer.
    """

    code: CodeType
    instruction: int

    def position(self, argument: str | None = None) -> Position | None:
        """Return the place of the call, or that of the value of one of its keyword arguments.

        Of ``labels.team`` the place of ``labels`` is told: a script may make it in any way.
        """
        positions = itertools.islice(self.code.co_positions(), self.instruction // 2, None)
        line, end_line, column, end_column = next(positions, (None, None, None, None))
        if line is None:
            return None
        if column is None or end_column is None:
            return Position(shown(self.code.co_filename), line, 1)
        call = (line, column, end_line, end_column)
        name = (argument or "").partition(".")[0]
        if name and (value := _value_of(self.code.co_filename, call, name)):
            return _place_of(self.code.co_filename, value)
        one_line = end_column if end_line == line else None
        return _position(self.code.co_filename, line, column, one_line)


_READ_FROM: ContextVar[Origin | None] = ContextVar("read_from", default=None)


@contextmanager
def read_from(origin: Origin) -> Iterator[None]:
    """Let what is made in this block have been written down at a place of a file."""
    token = _READ_FROM.set(origin)
    try:
        yield
    finally:
        _READ_FROM.reset(token)


def caller() -> Origin | None:
    """Return where an object is written down that is being made.

    That is the place of the file that is being read, or else the innermost call that stands outside
    of slogen and of attrs.
    """
    if (origin := _READ_FROM.get()) is not None:
        return origin
    frame: FrameType | None = sys._getframe(1)  # noqa: SLF001 (documented; inspect.stack() reads files)
    while frame is not None:
        file = frame.f_code.co_filename
        if not file.startswith((_PACKAGE, *_ATTRS)):
            return CallSite(frame.f_code, frame.f_lasti)
        frame = frame.f_back
    return None


def shown(file: str) -> str:
    """Return a file's path as a person would type it: relative where it is below this folder."""
    path = Path(file)
    return path.relative_to(Path.cwd()).as_posix() if path.is_relative_to(Path.cwd()) else file


def _value_of(file: str, place: _Place, argument: str) -> ast.expr | None:
    """Find the value of an argument in the call that stands at a place of a Python file.

    An argument that is not given by name is the positional one, where nothing else is given.
    """
    linecache.checkcache(file)
    call = _calls("".join(linecache.getlines(file))).get(place)
    if call is None:
        return None
    named = [keyword.value for keyword in call.keywords if keyword.arg == argument]
    alone = call.args[0] if len(call.args) == 1 and not call.keywords else None
    return named[0] if named else alone


@lru_cache(maxsize=4)
def _calls(source: str) -> dict[_Place, ast.Call]:
    """Return the calls in a Python source by where they begin and end.

    Kept for a while, since a file with one fault often has more.
    """
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError):
        return {}
    return {
        (node.lineno, node.col_offset, node.end_lineno, node.end_col_offset): node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
    }


def _place_of(file: str, node: ast.expr) -> Position:
    end = node.end_col_offset if node.end_lineno == node.lineno else None
    return _position(file, node.lineno, node.col_offset, end)


def _position(file: str, line: int, column: int, end_column: int | None) -> Position:
    """Turn Python's columns (UTF-8 bytes from 0) into ours (characters from 1)."""
    end = None if end_column is None else character(file, line, end_column)
    return Position(shown(file), line, character(file, line, column), end)


def character(file: str, line: int, column: int) -> int:
    """Return the number, from 1, of the character at a byte of a line, counted from 0."""
    before = linecache.getline(file, line).encode()[:column]
    return len(before.decode(errors="replace")) + 1
