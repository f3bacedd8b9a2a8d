r"""The tokens of PromQL: as much of its grammar as can be read without a tree.

    text        = { space | string | placeholder | number | word | sign }
    space       = white space | "#" ... end of line
    string      = '"' ... '"' | "'" ... "'" with the escapes of Go | "`" ... "`" as it stands
    placeholder = "$" name

promql-parser gives no positions, rejects a raw string with a backslash, and reads the two bytes
``"\xc3\xa9"`` as two characters where Go reads one: strings are decoded here, and handed on in the
one spelling that every reader understands.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NamedTuple, cast

from slogen.errors import InvalidPromQL
from slogen.promql.quoting import quote

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

WINDOW = "$window"
"""The placeholder for the window over which a query is read."""

TokenKind = Literal["space", "string", "placeholder", "number", "word", "sign"]

# The form feed is no space to Prometheus, but it is to promql-parser: folded, both agree.
_TOKEN = re.compile(
    r"""
    (?P<space>(?:[ \t\r\n\f]|\#[^\r\n]*)+)
    |(?P<string>"(?:[^"\\\n]|\\[^\n])*+"|'(?:[^'\\\n]|\\[^\n])*+'|`[^`]*`)
    |(?P<placeholder>\$\w*)
    |(?P<number>(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?[\w.]*)
    |(?P<word>[^\W0-9][\w:]*)
    |(?P<sign>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(rb"\\([0-7]{3}|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|.)", re.DOTALL)
_ESCAPED = {
    b"a": b"\a",
    b"b": b"\b",
    b"f": b"\f",
    b"n": b"\n",
    b"r": b"\r",
    b"t": b"\t",
    b"v": b"\v",
    b"\\": b"\\",
}
_OPENING, _CLOSING = frozenset("([{"), frozenset(")]}")
_SPACELESS_BEFORE, _SPACELESS_AFTER = _CLOSING | {",", ""}, _OPENING | {""}
_OPERATOR_SIGNS = frozenset("+-*/%^=<>!")
_OPERATOR_WORDS = frozenset({"and", "or", "unless", "atan2"})
_OCTAL_DIGITS = 3
_BEGINNING = 40
_MOST_SHOWN = 200


class Token(NamedTuple):
    """A piece of PromQL; strings are double-quoted, a space is one blank."""

    kind: TokenKind
    text: str


class PlacedToken(NamedTuple):
    """A piece of PromQL as it was written, and where it begins and ends."""

    kind: TokenKind
    text: str
    begin: int
    end: int


_UNREADABLE = "\ufffd"
_EDGE = Token("space", "")


def tokens(text: str, subject: str = "query") -> tuple[Token, ...]:
    """Return the tokens of a text, tidy: their texts joined are what `tidy` returns.

    Raises:
        InvalidPromQL: If a string does not end, or holds what is no text to Go.
    """
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise not_promql(text, subject, "it holds half a character (a lone surrogate)") from error
    found = [_token(match, subject) for match in _TOKEN.finditer(text)]
    if any(_UNREADABLE in token.text for token in found):
        raise not_promql(text, subject, "it holds U+FFFD, which Prometheus does not read")
    neighbours = zip([_EDGE, *found], found, [*found[1:], _EDGE], strict=False)
    return tuple(
        token
        for before, token, after in neighbours
        if token.kind != "space"
        or not (before.text in _SPACELESS_AFTER or after.text in _SPACELESS_BEFORE)
    )


def tidy(text: str, subject: str = "query") -> str:
    r"""Return PromQL on one line, without comments, its strings double-quoted.

    >>> print(tidy('sum(  # of all\n  rate(x{path=~`/\\d+`} [5m])\n) > 0'))
    sum(rate(x{path=~"/\\d+"} [5m])) > 0

    Raises:
        InvalidPromQL: If a string does not end, or holds what is no text to Go.
    """
    return "".join(token.text for token in tokens(text, subject))


def nesting(lexed: Iterable[Token]) -> int:
    """Return how deep brackets of any kind are nested."""
    depth = deepest = 0
    for token in lexed:
        if token.text in _OPENING:
            depth += 1
            deepest = max(deepest, depth)
        elif token.text in _CLOSING:
            depth = max(0, depth - 1)
    return deepest


def operators(lexed: Iterable[Token]) -> int:
    """Return the number of operators; those of two characters, and of matchers, count as well."""
    return sum(
        token.text in _OPERATOR_SIGNS or token.text.lower() in _OPERATOR_WORDS for token in lexed
    )


def durations(lexed: Iterable[Token]) -> Iterator[int]:
    """Yield the index of each token that stands for a duration: in brackets, or after ``offset``.

    >>> lexed = tokens("x[1h:5m] offset -7d + 30")
    >>> [lexed[index].text for index in durations(lexed)]
    ['1h', '5m', '7d']
    """
    before, in_brackets = "", False
    for index, token in enumerate(lexed):
        if token.kind == "space" or (before == "offset" and token.text in {"+", "-"}):
            continue
        if token.kind == "sign":
            in_brackets = token.text == "[" or (in_brackets and token.text != "]")
        elif before == "offset" or (in_brackets and before in {"[", ":"}):
            yield index
        before = token.text.lower()


def placed_tokens(text: str) -> tuple[PlacedToken, ...]:
    """Return the pieces of a text, whatever it is; a quote that does not close is a sign."""
    return tuple(
        PlacedToken(cast("TokenKind", match.lastgroup), match[0], *match.span())
        for match in _TOKEN.finditer(text)
    )


def not_promql(text: str, subject: str, reason: str) -> InvalidPromQL:
    """Return the fault of a text that is not PromQL; lone surrogates are shown as escapes."""
    shown = text if len(text) <= _MOST_SHOWN else f"{text[:_MOST_SHOWN]}..."
    shown = shown.encode(errors="backslashreplace").decode()
    return InvalidPromQL(
        subject, f"not PromQL: {reason}", "a PromQL expression", f"look at: {shown}"
    )


def _token(match: re.Match[str], subject: str) -> Token:
    kind, text = cast("TokenKind", match.lastgroup), match[0]
    if kind == "space":
        return Token("space", " ")
    if kind == "string":
        return Token("string", _requoted(text, match.string, subject))
    if kind == "sign" and text in "\"'`":
        reason = f"unterminated string {match.string[match.start() :][:_BEGINNING]}"
        raise not_promql(match.string, subject, reason)
    return Token(kind, text)


def _requoted(literal: str, text: str, subject: str) -> str:
    """Return a string literal in double quotes, with those escapes only that it needs."""
    mark, body = literal[0], literal[1:-1]
    if mark == "`" or "\\" not in body:
        return quote(body)
    try:
        value = _ESCAPE.sub(lambda escape: _unescaped(escape[1], mark.encode()), body.encode())
        return quote(value.decode())
    except ValueError as error:
        reason = f"invalid escape sequence in the string {literal[:_BEGINNING]}"
        raise not_promql(text, subject, reason) from error


def _unescaped(sequence: bytes, mark: bytes) -> bytes:
    r"""Return the bytes that an escape sequence stands for: in Go, ``\x`` and octals are bytes.

    Raises:
        ValueError: If it is not a sequence that Go knows between such quotation marks.
    """
    if sequence == mark or sequence in _ESCAPED:
        return _ESCAPED.get(sequence, mark)
    kind, digits = sequence[:1], sequence[1:]
    if kind in b"uU":
        return chr(int(digits, 16)).encode()
    if kind == b"x":
        return bytes([int(digits, 16)])
    if len(sequence) == _OCTAL_DIGITS:
        return bytes([int(sequence, 8)])
    raise ValueError(sequence)
