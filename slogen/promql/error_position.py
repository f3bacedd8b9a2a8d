"""Where a text stops being PromQL: promql-parser gives no positions."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

from slogen.errors import InvalidPromQL
from slogen.promql.lexing import WINDOW, placed_tokens
from slogen.promql.parsing import parse
from slogen.source import Occurrence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slogen.promql.lexing import PlacedToken

# What the parser and slogen's own checks put into quotes, or say last.
_NAMED = re.compile(r"'([^']+)'|the regex (\".*\") is|: ([\w.]+)$|the (?:number|duration) (\S+) is")
# What is wrong with more than how an expression is written.
_MEANING = re.compile(r"expected type|argument|unknown function|not RE2|out of range")
_MOST_TOKENS = 200
_PAIRS = {"(": ")", "[": "]", "{": "}"}
_ENDINGS = ("", "x", "(x)", "5m", '="x"', '"x"', "1", "()")
"""What could stand behind the beginning of an expression, before its brackets close."""
_OPERANDS = ("", "x", "(x)", "(x)x", "(x)(x)")
"""What could stand behind the brackets."""


def error_position(text: str, reason: str, before: str = "", after: str = "") -> Occurrence | None:
    """Return the part of a text that a reason speaks of, or where the text stops being PromQL.

    >>> error_position("foo bar", "invalid promql query")
    Occurrence(text='bar', before=0)

    Args:
        text: What is not PromQL.
        reason: What the parser says.
        before: What has to stand in front of the text to make it an expression.
        after: What has to stand behind it.
    """
    found = placed_tokens(text)
    if len(found) > _MOST_TOKENS:
        return None
    span = _named(found, reason) or _unclosed(found, reason) or _impossible(found, before, after)
    return Occurrence.of(text, span.begin, span.end) if span else None


def _named(found: tuple[PlacedToken, ...], reason: str) -> PlacedToken | None:
    """Return the first token that the reason names."""
    names = {name for match in _NAMED.finditer(reason) for name in match.groups() if name}
    if "$" in names:
        names |= {span.text for span in found if span.kind == "placeholder"} - {WINDOW}
    return next((span for span in found if span.text in names), None)


def _unclosed(found: tuple[PlacedToken, ...], reason: str) -> PlacedToken | None:
    """Return the innermost bracket that does not close, if that is the reason."""
    if "unclosed" not in reason and "end of input" not in reason:
        return None
    still_open = _open(found)
    return still_open[-1] if still_open else None


def _open(found: tuple[PlacedToken, ...]) -> list[PlacedToken]:
    still_open: list[PlacedToken] = []
    for span in found:
        if span.text in _PAIRS:
            still_open.append(span)
        elif span.text in _PAIRS.values() and still_open:
            still_open.pop()
    return still_open


def _impossible(found: tuple[PlacedToken, ...], before: str, after: str) -> PlacedToken | None:
    """Return the first token behind which nothing could make the text an expression."""
    begun = before
    for number, span in enumerate(found, start=1):
        begun += "5m" if span.text == WINDOW else span.text
        closing = "".join(_PAIRS[one.text] for one in reversed(_open(found[:number])))
        if span.kind != "space" and not any(_could_be(begun, closing + after)):
            return span
    return None


def _could_be(begun: str, closing: str) -> Iterator[bool]:
    """Yield whether a beginning is written like PromQL with each of the endings."""
    for operand, ending in itertools.product(_OPERANDS, _ENDINGS):
        try:
            parse(f"{begun} {ending}{closing}{operand}")
        except InvalidPromQL as fault:
            yield bool(_MEANING.search(fault.found))
        else:
            yield True
