r"""Which texts the regexes of matchers match, as far as that can be said without running RE2.

Only regexes that RE2 and Python read alike are judged: literals, ``.``, simple classes, groups and
a few repetitions. Of all others nothing is said.
"""

from __future__ import annotations

import itertools
import re
from functools import lru_cache
from typing import TYPE_CHECKING

from slogen.promql.re2_grammar import class_items, regex_tokens

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slogen.promql.re2_grammar import RegexToken

_LONGEST_VALUE, _MOST_REPEATS = 200, 3
"""What Python's engine may have to try: it goes back and tries again, where RE2 never does."""
_CLASS = re.compile(r"\[\^?(?!.*--)[\w./: -]+\]", re.ASCII)
_SAME_ESCAPE = re.compile(r"\\[dDwW.*+?|(){}\[\]^$\\/-]")
_LITERAL_ESCAPE = re.compile(r"\\[.*+?|(){}\[\]^$\\/-]")
_SPECIAL = {".": ".", "^": "^", "$": r"\Z"}
"""Single characters that mean more than themselves, as Python spells them."""
_ANY = ("0", "a")
"""What stands for any character in examples."""
_EVERYTHING = frozenset({".*", "(.*)", "(?:.*)", "^.*", ".*$", "^.*$", ".*?"})


def full_match(regex: str, value: str) -> bool | None:
    """Tell whether a regex matches the whole of a value; None if that is not known.

    >>> full_match("5..", "503"), full_match("5..", "200"), full_match("(a*)*b", "a")
    (True, False, None)
    """
    pattern = _pattern(regex)
    if pattern is None or len(value) > _LONGEST_VALUE:
        return None
    return pattern.fullmatch(value) is not None


def matches_everything(regex: str) -> bool:
    """Tell whether a regex is known to match every text, the empty one included.

    >>> matches_everything(".*"), matches_everything(".*|x"), matches_everything(".+")
    (True, True, False)
    """
    pieces = ("".join(token.text for token in piece) for piece in _alternatives(regex))
    return any(piece in _EVERYTHING for piece in pieces)


def values_of(regex: str) -> tuple[str, ...]:
    r"""Return the texts that a regex matches, if it is a list of them; else nothing.

    >>> values_of("500|50\\.3"), values_of("5..")
    (('500', '50.3'), ())
    """
    texts = [_literal(piece) for piece in _alternatives(regex)]
    known = [text for text in texts if text is not None]
    return tuple(known) if len(known) == len(texts) else ()


def examples(regex: str) -> Iterator[str]:
    r"""Yield some texts that a regex matches: none where it is more than a list of simple ones.

    >>> list(examples("5..|-1")), list(examples("a(b|c)"))
    (['500', '5aa', '-1'], [])
    """
    for piece in _alternatives(regex):
        if all(token.kind in {"quoted", "single", "class", "repeat"} for token in piece):
            texts = ("".join(_example(token, any_) for token in piece) for any_ in _ANY)
            yield from (text for text in dict.fromkeys(texts) if full_match(regex, text))


def _example(token: RegexToken, any_: str) -> str:
    """Return a text that a token matches, if it is a simple one; a repeat is left out."""
    if token.kind == "repeat":
        return ""
    if token.kind == "class":
        first = class_items(token.text)[0]
        return str(first["low"] or "")
    character = _character(token)
    return any_ if character is None else character


def are_disjoint(regex: str, other: str) -> bool:
    """Tell whether two regexes are known to match no text in common: they begin differently.

    >>> are_disjoint("4..", "5.."), are_disjoint("4..|5..", "5..")
    (True, False)
    """
    pairs = itertools.product(_beginnings(regex), _beginnings(other))
    return all(not (one.startswith(two) or two.startswith(one)) for one, two in pairs)


@lru_cache(maxsize=1024)
def _alternatives(regex: str) -> tuple[tuple[RegexToken, ...], ...]:
    """Return what stands between the bars of a regex, other than within groups."""
    pieces: list[list[RegexToken]] = [[]]
    depth = 0
    for token in regex_tokens(regex):
        depth += (token.kind == "open") - (token.kind == "close")
        if token.kind == "bar" and not depth:
            pieces.append([])
        else:
            pieces[-1].append(token)
    return tuple(map(tuple, pieces))


def _literal(piece: tuple[RegexToken, ...]) -> str | None:
    """Return the one text that an alternative matches; None if there are more."""
    characters = [_character(token) for token in piece]
    return None if None in characters else "".join(map(str, characters))


def _character(token: RegexToken) -> str | None:
    """Return the text that a token stands for; None if it stands for more than one."""
    if token.kind == "quoted":
        return token.text[2:-2]
    if token.kind != "single" or token.text in _SPECIAL:
        return None
    if not token.text.startswith("\\"):
        return token.text
    return token.text[1:] if _LITERAL_ESCAPE.fullmatch(token.text) else None


def _beginnings(regex: str) -> tuple[str, ...]:
    """Return how the texts begin that each alternative matches; empty where that is not known."""
    if any(token.kind == "flags" for token in regex_tokens(regex)):
        return ("",)
    return tuple("".join(_begins(piece)) for piece in _alternatives(regex))


def _begins(piece: tuple[RegexToken, ...]) -> Iterator[str]:
    following = (*piece[1:], None)
    for token, after in zip(piece, following, strict=False):
        character = _character(token)
        if character is None or (after is not None and after.kind == "repeat"):
            return
        yield character


@lru_cache(maxsize=1024)
def _pattern(regex: str) -> re.Pattern[str] | None:
    """Return a regex for Python that matches the same; None if that is not known."""
    lexed = regex_tokens(regex)
    if sum(token.kind == "repeat" for token in lexed) > _MOST_REPEATS:
        return None
    if any(
        token.kind == "close" and after.kind == "repeat"
        for token, after in itertools.pairwise(lexed)
    ):
        return None
    texts = [_for_python(token) for token in lexed]
    known = [text for text in texts if text is not None]
    try:
        pattern = re.compile("".join(known), re.ASCII | re.DOTALL)
    except re.error:  # RE2 repeats what is no character, such as "^*".
        return None
    return pattern if len(known) == len(texts) else None


def _for_python(token: RegexToken) -> str | None:
    """Return a token in Python's spelling; None if Python has none that is sure to be the same."""
    text: str | None = None
    match token.kind:
        case "quoted":
            text = re.escape(token.text[2:-2])
        case "class" if _CLASS.fullmatch(token.text):
            text = token.text
        case "single" if token.text.startswith("\\"):
            text = token.text if _SAME_ESCAPE.fullmatch(token.text) else None
        case "single":
            text = _SPECIAL.get(token.text) or re.escape(token.text)
        case "open" if token.text in {"(", "(?:"}:
            text = "("
        case "close" | "repeat" | "bar":
            text = token.text
    return text
