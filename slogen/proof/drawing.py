r"""Texts that a regex of RE2 may match: its literal alternatives, and what is drawn from it.

rstr draws, and reads the regex with Python's own parser. That knows less than RE2 (``\pL`` and
``\Q..\E`` are errors to it) and reads some things differently (``[[:alpha:]]``), so what comes out
is to be tried before it is used. The same regex gives the same texts on every machine.
"""

from __future__ import annotations

import random
import re
import string
import warnings
import zlib
from itertools import accumulate
from typing import TYPE_CHECKING, TypeVar

from slogen.promql.re2_grammar import RegexToken, code, regex_tokens

if TYPE_CHECKING:
    from collections.abc import Iterator

    from _typeshed import SupportsLenAndGetItem

_ANCHORS = {"^", "$", r"\A", r"\z"}
_SETS_AND_BORDERS = "dDsSwWpPbB"
_ALPHABETS = (string.digits, string.ascii_lowercase, string.ascii_uppercase, "-_./:")

_MOST_PIECES = 500
_MOST_REPEATS = 200
_DEEPEST_GROUP = 20
_MOST_TRIES = 200
_MOST_CHARACTERS = 20_000
_MOST_CHOICES = 100
_MORE_THAN_LEAST = 3

_T = TypeVar("_T")


def alternatives(regex: str) -> Iterator[str]:
    r"""Yield the alternatives of a regex that are nothing but text.

    >>> list(alternatives(r"GET|P(OS|U)T|^10\.0$"))
    ['GET', '10.0']
    """
    depth = 0
    texts: list[str | None] = []
    for token in (*regex_tokens(regex), RegexToken("bar", "|")):
        depth += _deeper(token)
        if token.kind == "bar" and not depth:
            known = [text for text in texts if text is not None]
            if len(known) == len(texts):
                yield "".join(known)
            texts.clear()
        else:
            texts.append(_text(token))


def drawn(regex: str) -> Iterator[str]:
    """Yield texts that are drawn from a regex; few or none if that would be much work.

    >>> next(drawn("api-[a-z][0-9]{2}"))
    'api-y90'

    Raises:
        ModuleNotFoundError: If rstr is not installed.
    """
    read = regex_tokens(regex)
    if _is_laborious(read):
        return
    # Python learns \z with 3.14 only, and what is drawn has no text around it anyway.
    text = "".join(token.text for token in read if token.text not in _ANCHORS)
    seed = zlib.crc32(regex.encode())
    characters = 0
    for attempt in range(_MOST_TRIES):
        choices = _Readable(seed + attempt)
        choices.is_strict = attempt < _MOST_TRIES // 2
        drawing = _draw(text, choices)
        if drawing is None or characters > _MOST_CHARACTERS:
            return
        characters += len(text) + len(drawing)
        yield drawing


def _text(token: RegexToken) -> str | None:
    """Return the text that a token stands for, if there is one only."""
    if token.text in _ANCHORS:
        return ""
    if token.kind == "quoted":
        return token.text[2:-2]
    is_set = token.text == "." or (token.text[0] == "\\" and token.text[1] in _SETS_AND_BORDERS)
    return chr(code(token.text)) if token.kind == "single" and not is_set else None


def _deeper(token: RegexToken) -> int:
    return (token.kind == "open") - (token.kind == "close")


def _is_laborious(read: tuple[RegexToken, ...]) -> bool:
    """Return whether to draw could take long, or more of the stack than there may be."""
    repeats = [re.findall("[0-9]+", token.text)[:1] for token in read if token.kind == "repeat"]
    return (
        len(read) > _MOST_PIECES
        or sum(int(least) for counts in repeats for least in counts) > _MOST_REPEATS
        or max(accumulate(map(_deeper, read)), default=0) > _DEEPEST_GROUP
        # rstr lists all characters of a range, and Unicode has a million.
        or any(token.kind == "class" and not token.text.isascii() for token in read)
    )


def _draw(regex: str, choices: random.Random) -> str | None:
    """Return what the choices make of a regex; nothing if it cannot be read as Python's."""
    import rstr  # noqa: PLC0415 (most values are found without it)

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return str(rstr.Rstr(choices).xeger(regex))
        except (re.error, LookupError):
            return None


class _Readable(random.Random):
    """Choices that read well, in an order that no hash decides.

    Of characters the first of digits, small letters, capitals and simple signs that may stand are
    chosen, or any of all these where it is not strict. Repetitions stay short, and nothing that may
    stand is left out where it is strict. Only ``random()`` is asked, whose numbers are the same in
    every version of Python.
    """

    is_strict = True
    repeats = 0

    def choice(self, seq: SupportsLenAndGetItem[_T]) -> _T:
        """Return one of characters, or of alternatives."""
        options = sorted((seq[place] for place in range(len(seq))), key=_rank)
        alphabet = _rank(options[0])[0]
        if not self.is_strict:
            alphabet = max(alphabet, len(_ALPHABETS) - 1)
        options = [option for option in options if _rank(option)[0] <= alphabet]
        return options[int(self.random() * len(options))]

    def randint(self, a: int, b: int) -> int:
        """Return how often something is repeated."""
        self.repeats += 1
        if self.repeats > _MOST_CHOICES:
            return a
        least = max(a, min(b, 1)) if self.is_strict else a
        more = max(min(b - least, _MORE_THAN_LEAST), 0)
        return least + int(self.random() * (more + 1))


def _rank(option: object) -> tuple[int, str]:
    """Return which alphabet a character belongs to; what is none keeps its place in the first."""
    if not isinstance(option, str):
        return 0, ""
    for place, alphabet in enumerate(_ALPHABETS):
        if option in alphabet:
            return place, option
    return len(_ALPHABETS), option
