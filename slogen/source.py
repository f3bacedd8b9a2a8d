"""Where things stand in the user's files."""

from __future__ import annotations

import ast
import itertools
import linecache
import os
import sys
from functools import lru_cache
from pathlib import Path
from types import CodeType, FrameType
from typing import Protocol

import attr
import attrs

_PACKAGE = f"{Path(__file__).parent}{os.sep}"
# Some converters of attrs are functions in its own files, others in code that it generates.
_ATTRS = (f"{Path(attr.__file__).parent}{os.sep}", "<attrs generated")
_WIDEST_LINE = 160
_Place = tuple[int | None, int | None, int | None, int | None]


class Origin(Protocol):
    """Something that knows where an object was written down."""

    def position(self, argument: str | None = None) -> Position | None:
        """Return the place of the object, or that of one of its arguments."""


@attrs.frozen
class Position:
    """A place in a file; lines and columns count from 1, and ``end_column`` is exclusive.

    >>> str(Position("slos.py", 3, 5))
    'slos.py:3:5'
    """

    file: str
    line: int
    column: int
    end_column: int | None = None

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"

    def position(self, argument: str | None = None) -> Position:  # noqa: ARG002 (a place has no arguments)
        """Return this place: a position is its own origin."""
        return self

    def excerpt(self) -> tuple[str, ...]:
        """Return the source line and a line of carets below it; nothing if it cannot be read."""
        linecache.checkcache(self.file)
        text = linecache.getline(self.file, self.line).rstrip("\n")
        if not text.strip() or len(text) > _WIDEST_LINE:
            return ()
        shown = text.expandtabs(1)
        end = self.end_column if self.end_column is not None else self.column + 1
        carets = "^" * max(1, min(end, len(shown) + 1) - self.column)
        gutter = f"{self.line:>5} | "
        return (f"{gutter}{shown}", f"{'':>5} | {'':>{self.column - 1}}{carets}")


@attrs.frozen
class CallSite:
    """The call in a Python file that made an object; line and column are worked out when asked for.

    Looking a line up in a code object takes time that grows with the file, so 10,000 objects made
    in one file would pay for it 10,000 times. Only diagnostics need the answer.
    """

    code: CodeType
    instruction: int

    def position(self, argument: str | None = None) -> Position | None:
        """Return the place of the call, or that of the value of one of its keyword arguments."""
        positions = itertools.islice(self.code.co_positions(), self.instruction // 2, None)
        line, end_line, column, end_column = next(positions, (None, None, None, None))
        if line is None:
            return None
        if column is None or end_column is None:
            return Position(shown(self.code.co_filename), line, 1)
        call = (line, column, end_line, end_column)
        if argument and (value := _value_of(self.code.co_filename, call, argument)):
            return _place_of(self.code.co_filename, value)
        one_line = end_column if end_line == line else None
        return _position(self.code.co_filename, line, column, one_line)


def caller() -> CallSite | None:
    """Return the innermost call that stands outside of slogen and of attrs."""
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
