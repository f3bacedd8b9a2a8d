"""Where the keys and the values of a TOML file stand, which ``tomllib`` does not tell.

The text is TOML for certain, since ``tomllib`` has parsed it before; so a scanner will do that
finds the end of each key and each value and leaves their meaning alone. In its terms::

    document = { header | pair }
    header   = "[" key "]" | "[[" key "]]"
    pair     = key "=" value
    key      = part { "." part }
    value    = string | "[" ... "]" | "{" pair { "," pair } "}" | other
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from functools import lru_cache
from typing import TYPE_CHECKING

import attrs

from slogen.source import Position

if TYPE_CHECKING:
    from collections.abc import Mapping

Keys = tuple[str, ...]
_Span = tuple[int, int]

_LINE_STRING = r"""(?:"(?:\\.|[^"\\])*"|'[^']*')"""
# Up to two quotes more may stand before the three that close a string of several lines.
_STRING = rf"""(?:\"{{3}}(?:\\.|[^\\])*?\"{{3,5}}|'''.*?'{{3,5}}|{_LINE_STRING})"""
_BLANK = r"(?:[ \t\r\n]+|\#[^\n]*)*"
_PART = re.compile(rf"{_LINE_STRING}|[A-Za-z0-9_-]+", re.DOTALL)
_KEY = re.compile(rf"(?:{_PART.pattern})(?:[ \t]*\.[ \t]*(?:{_PART.pattern}))*", re.DOTALL)
_OPENING = re.compile(r"\[\[?[ \t]*")
_CLOSING = re.compile(r"[ \t]*\]\]?")
_EQUALS = re.compile(r"[ \t]*=[ \t]*")
_SCALAR = re.compile(rf"{_STRING}|[^,\]}}#\r\n]*[^,\]}}#\s]", re.DOTALL)
_TO_BRACKET = re.compile(rf"(?:{_STRING}|\#[^\n]*|[^]\[}}{{\"'#]+)*", re.DOTALL)
_BETWEEN = re.compile(rf"{_BLANK},?{_BLANK}")


@lru_cache(maxsize=4)
def places(text: str, file: str) -> Mapping[Keys, tuple[Position, Position]]:
    r"""Return the places of each key and of its value, by the path of keys that leads there.

    A table that has a header, or is the first part of a dotted key, has its name for a value. What
    stands in an array has its index there, as a text, for a key. Kept for a while, since a file
    with one fault often has more.

    >>> key, value = places("[defaults]\nowner = 5 # why", "slogen.toml")["defaults", "owner"]
    >>> str(key), str(value), value.end_column
    ('slogen.toml:2:1', 'slogen.toml:2:9', 10)
    """
    scanner = _Scanner(text)
    scanner.document()
    lines = Lines.of(text, file)
    return {
        path: (lines.position(*key), lines.position(*value))
        for path, (key, value) in scanner.spans.items()
    }


@attrs.frozen
class Lines:
    """The lines of a TOML file; they end with a line feed and with nothing else.

    Attributes:
        starts: The index of each line's first character.
    """

    file: str
    starts: tuple[int, ...]

    @classmethod
    def of(cls, text: str, file: str) -> Lines:
        """Return the lines of a text."""
        return cls(file, (0, *(match.end() for match in re.finditer("\n", text))))

    def position(self, begin: int, end: int | None = None) -> Position:
        """Return the place of what stands from one index to another; no end if that is below."""
        line = bisect_right(self.starts, begin)
        start = self.starts[line - 1]
        below = end is None or bisect_right(self.starts, end) != line
        return Position(
            self.file, line, begin - start + 1, None if below or end is None else end - start + 1
        )


@attrs.define
class _Scanner:
    """A walk over a text, in which every method takes an index and returns the one behind."""

    text: str
    spans: dict[Keys, tuple[_Span, _Span]] = attrs.field(factory=dict)
    inline: list[tuple[Keys, int]] = attrs.field(factory=list)
    tables: dict[Keys, int] = attrs.field(factory=dict)

    def document(self) -> None:
        """Scan it all; tables and arrays on a line wait for their turn: no depth is too deep."""
        table: Keys = ()
        at = self._behind(_BETWEEN, 0)
        while at < len(self.text):
            if self.text[at] == "[":
                table, at = self._header(at)
            else:
                at = self._pair(at, table)
            at = self._behind(_BETWEEN, at)
        while self.inline:
            path, begin = self.inline.pop()
            inside = self._inline_table if self.text[begin] == "{" else self._array
            inside(path, begin)

    def _header(self, at: int) -> tuple[Keys, int]:
        """Return the path of a table; in an array of tables the last one so far is meant."""
        parts, end = self._key(self._behind(_OPENING, at), ())
        table: Keys = ()
        for path, span in parts.items():
            table = (*table, path[-1])
            self.spans.setdefault(table, (span, span))
            if len(path) == len(parts) and self.text.startswith("[[", at):
                self.tables[table] = self.tables.get(table, -1) + 1
            if table in self.tables:
                table = (*table, str(self.tables[table]))
                self.spans.setdefault(table, (span, span))
        return table, self._behind(_CLOSING, end)

    def _pair(self, at: int, table: Keys) -> int:
        parts, end = self._key(at, table)
        begin = self._behind(_EQUALS, end)
        end = self._value(begin)
        path, key = parts.popitem()
        for above, span in parts.items():
            self.spans.setdefault(above, (span, span))
        self.spans.setdefault(path, (key, (begin, end)))
        self._wait(path, begin)
        return end

    def _wait(self, path: Keys, begin: int) -> None:
        """Let what stands inside a value be scanned later."""
        if self.text[begin] in "[{":
            self.inline.append((path, begin))

    def _key(self, at: int, table: Keys) -> tuple[dict[Keys, _Span], int]:
        """Return the path to each part of a dotted key, the longest last."""
        end = self._behind(_KEY, at)
        parts: dict[Keys, _Span] = {}
        for part in _PART.finditer(self.text, at, end):
            table = (*table, _name(part[0]))
            parts[table] = part.span()
        return parts, end

    def _value(self, at: int) -> int:
        if self.text[at] not in "[{":
            return self._behind(_SCALAR, at)
        depth = 0
        while True:
            depth += 1 if self.text[at] in "[{" else -1
            if depth == 0:
                return at + 1
            at = self._behind(_TO_BRACKET, at + 1)

    def _inline_table(self, table: Keys, at: int) -> None:
        at = self._behind(_BETWEEN, at + 1)
        while self.text[at] != "}":
            at = self._behind(_BETWEEN, self._pair(at, table))

    def _array(self, array: Keys, at: int) -> None:
        at = self._behind(_BETWEEN, at + 1)
        index = 0
        while self.text[at] != "]":
            end = self._value(at)
            path = (*array, str(index))
            self.spans[path] = ((at, end), (at, end))
            self._wait(path, at)
            at = self._behind(_BETWEEN, end)
            index += 1

    def _behind(self, pattern: re.Pattern[str], at: int) -> int:
        match = pattern.match(self.text, at)
        assert match is not None, self.text[at:]  # noqa: S101 (tomllib has parsed it)
        return match.end()


def _name(part: str) -> str:
    """Return what a part of a key means: quoted, it is written like a string."""
    return str(tomllib.loads(f"name = {part}")["name"]) if part[0] in "\"'" else part
