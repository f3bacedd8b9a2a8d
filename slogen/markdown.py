"""Pieces of Markdown that show a text as it is, whatever it holds."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_SPECIAL = re.compile(r"[\\`*_{}\[\]<>#|&~]")
_TICKS = re.compile("`+")


def escaped(text: str) -> str:
    r"""Return a text in which no sign is Markdown's or HTML's.

    >>> print(escaped("a|b_c"))
    a\|b\_c
    """
    return _SPECIAL.sub(r"\\\g<0>", text)


def code(text: str) -> str:
    """Return a text as code on one line; there may be backticks in a query's strings.

    >>> code("up"), code("a `b`")
    ('`up`', '`` a `b` ``')
    """
    marks = fence(text, 1)
    space = " " if "`" in text else ""
    return f"{marks}{space}{text}{space}{marks}"


def fence(text: str, least: int = 3) -> str:
    """Return the backticks that stand around code: more than any part of it has in a row."""
    longest = max(map(len, _TICKS.findall(text)), default=0)
    return "`" * max(least, longest + 1)


def row(cells: Iterable[str]) -> str:
    """Return a row of a table, whose cells are Markdown."""
    return f"| {' | '.join(cells)} |"
