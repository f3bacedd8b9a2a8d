"""What somebody could have meant who wrote a word that is not known."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_LONGEST_WORD = 60
_MOST_CANDIDATES = 1_000


def nearest(word: str, known: Iterable[str]) -> str:
    """Return the known word that another one almost is; if there is none, the empty text."""
    import difflib  # noqa: PLC0415 (start-up: few builds need it)

    candidates = list(itertools.islice(known, _MOST_CANDIDATES))
    near = difflib.get_close_matches(word[:_LONGEST_WORD], candidates, n=1)
    return near[0] if near else ""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return the remedy for a word that is almost a known one; else nothing.

    >>> did_you_mean("objectiv", ["name", "objective"]), did_you_mean("x", ["name"])
    ('did you mean "objective"?', '')
    """
    near = nearest(word, known)
    return f'did you mean "{near}"?' if near else ""
