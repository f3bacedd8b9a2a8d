r"""The grammar of RE2, as Go's ``regexp/syntax`` reads it for Prometheus.

    regex  = { item [ repeat ] | flags | "|" }
    item   = single | class | quoted | group
    single = character | escape | set | "." | "^" | "$" | "\A" | "\b" | "\B" | "\z"
    class  = "[" [ "^" ] { set | posix | character [ "-" character ] } "]"
    quoted = "\Q" ... "\E"
    group  = ( "(" | "(?i:" | "(?P<name>" ) regex ")"
    flags  = "(?i)" and the like, of the letters i, m, s and U
    repeat = ( "*" | "+" | "?" | "{2}" | "{2,}" | "{2,3}" ) [ "?" ]

Braces around anything else are characters: ``/users/{id}`` repeats nothing. Of ``\p{Name}`` the
general categories are known; what looks like the name of a script is taken for one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NamedTuple, cast

import attrs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MOST_REPEATS = 1_000
"""How often RE2 repeats at most, nested repetitions multiplied."""

RegexKind = Literal["quoted", "single", "class", "flags", "open", "close", "repeat", "bar", "odd"]

# A backslash makes a character of any ASCII sign, "_" included.
_ESCAPE = (
    r"\\(?:x\{[0-9A-Fa-f]+\}|x[0-9A-Fa-f]{2}|0[0-7]{0,2}|[1-7][0-7]{1,2}|[afnrtv]"
    r"|[\x00-/:-@\[-`{-\x7f])"
)
_CATEGORY = r"C[cfos]?|L[lmotu]?|M[cen]?|N[dlo]?|P[cdefios]?|S[ckmo]?|Z[lps]?|Any"
_SCRIPT = r"Yi|[A-Z][a-z]{2,}[A-Za-z_]*"
_SET = rf"\\(?:[dDsSwW]|[pP](?:[CLMNPSZ]|\{{\^?(?:{_CATEGORY}|{_SCRIPT})\}}))"
_POSIX = (
    r"\[:\^?(?:alnum|alpha|ascii|blank|cntrl|digit|graph|lower|print|punct|space|upper|word"
    r"|xdigit):\]"
)
_MEMBER = rf"(?:{_ESCAPE}|[^\]\\])"
# A hyphen stands for itself behind a set and at the end of a class, else for a range.
_REST = rf"(?:-{_MEMBER}|(?!-[^\]]))"
_NO_POSIX = r"(?!\[:[^\[\]]*:\])"
_FIRST = rf"(?:{_POSIX}|{_NO_POSIX}(?:{_SET}|(?:{_ESCAPE}|[^\\]){_REST}))"
_NEXT = rf"(?:{_POSIX}|{_NO_POSIX}(?:{_SET}|{_MEMBER}{_REST}))"
_FLAGS = r"[imsU]*(?:-[imsU]+)?"
_COUNT = r"(?:0|[1-9][0-9]*)"
_PIECE = re.compile(
    rf"""
    (?P<quoted>\\Q.*?\\E)
    |(?P<class>\[\^?+{_FIRST}{_NEXT}*+\])
    |(?P<flags>\(\?{_FLAGS}\))
    |(?P<open>\((?:\?P<[0-9A-Za-z_]+>|\?{_FLAGS}:|(?!\?)))
    |(?P<close>\))
    |(?P<repeat>(?:[*+?]|\{{{_COUNT}(?:,{_COUNT}?)?\}})\??)
    |(?P<bar>\|)
    |(?P<single>{_ESCAPE}|{_SET}|\\[ABbz]|[^\\(\[])
    |(?P<odd>\\(?:[pPx](?:\{{[^}}]*\}}?|.)?|.)?|\(\?(?:P<[^>]*>?|<[=!]|.)?|\[)
    """,
    re.VERBOSE | re.DOTALL,
)
_CLASS_ITEM = re.compile(
    rf"(?P<set>{_POSIX}|{_SET})|(?P<low>{_ESCAPE}|.)(?:-(?P<high>{_MEMBER}))?", re.DOTALL
)
_CONTROLS = {"a": 7, "f": 12, "n": 10, "r": 13, "t": 9, "v": 11}
_LARGEST_CODE = 0x10FFFF


class NotRE2(ValueError):
    """A text is no regex of RE2; the message says why."""


class RegexToken(NamedTuple):
    """A token of a regex: an item, or what stands around or behind items."""

    kind: RegexKind
    text: str


@attrs.define
class _Group:
    """How often the items of a group are repeated at most, and the last one, if there is one."""

    largest: int = 1
    last: int | None = None

    def add(self, repeats: int) -> None:
        self.last = repeats
        self.largest = max(self.largest, repeats)


def regex_tokens(regex: str) -> tuple[RegexToken, ...]:
    """Return the tokens of a regex; their texts joined are the regex.

    Raises:
        NotRE2: If it is none.
    """
    matches = _PIECE.finditer(regex)
    return tuple(
        _checked(RegexToken(cast("RegexKind", match.lastgroup), match[0]) for match in matches)
    )


def class_items(class_: str) -> list[re.Match[str]]:
    """Return what stands in a class: matches with a ``set``, or a ``low`` and maybe a ``high``."""
    opening = "[^" if class_.startswith("[^") else "["
    return list(_CLASS_ITEM.finditer(class_, len(opening), len(class_) - 1))


def code(character: str) -> int:
    """Return the number of a character, written as such or as an escape sequence.

    Raises:
        NotRE2: If Unicode has no such number.
    """
    sequence = character[1:]
    if not sequence:
        return ord(character)
    if sequence[0] == "x":
        number = int(sequence[1:].strip("{}"), 16)
        if number > _LARGEST_CODE:
            raise NotRE2(f'there is no character "{character}"')
        return number
    if sequence[0].isdecimal():
        return int(sequence, 8)
    return _CONTROLS.get(sequence, ord(sequence))


def _checked(found: Iterable[RegexToken]) -> Iterator[RegexToken]:
    """Yield the tokens; at the first that is wrong nothing more is read, which could take long."""
    groups = [_Group()]
    before = RegexToken("open", "")
    for token in found:
        match token.kind:
            case "open":
                groups.append(_Group())
            case "close":
                _close(groups)
            case "bar":
                groups[-1].last = None
            case "repeat":
                groups[-1].add(_repeats(groups[-1].last, before, token.text))
            case "odd":
                raise NotRE2(_reason(token.text))
            case "single" | "class" | "quoted" if token.text != r"\Q\E":
                _check_item(token)
                groups[-1].add(1)
        before = token
        yield token
    if len(groups) > 1:
        raise NotRE2("a parenthesis does not close")


def _close(groups: list[_Group]) -> None:
    inner = groups.pop()
    if not groups:
        raise NotRE2("a parenthesis closes that was not opened")
    groups[-1].add(inner.largest)


def _repeats(last: int | None, before: RegexToken, sign: str) -> int:
    """Return how often an item is repeated that was repeated ``last`` times already."""
    if last is None:
        raise NotRE2(f'there is nothing that "{sign}" could repeat')
    if before.kind == "repeat":
        raise NotRE2(f'"{sign}" repeats what "{before.text}" repeats already')
    least, _, most = sign.rstrip("?").strip("{}").partition(",")
    if not least.isdecimal():
        return last
    low, high = _count(least), _count(most or least)
    if high < low:
        raise NotRE2(f'the range of "{sign}" is empty')
    if last * max(high, 1) > MOST_REPEATS:
        raise NotRE2(f'"{sign}" makes something repeat more than {MOST_REPEATS} times')
    return last * max(high, 1)


def _count(digits: str) -> int:
    """Return a number; one that Python would not read becomes another that is too large."""
    return int(digits[: len(str(MOST_REPEATS)) + 1])


def _check_item(token: RegexToken) -> None:
    if token.kind == "single" and token.text.startswith(r"\x"):
        code(token.text)
    for item in class_items(token.text) if token.kind == "class" else ():
        if item["low"] and code(item["high"] or item["low"]) < code(item["low"]):
            raise NotRE2(f'the range "{item[0]}" is empty')


def _reason(odd: str) -> str:
    """Return what is wrong with the beginning of something that RE2 does not know."""
    if odd == "[":
        return "a bracket does not close, or is no class of characters"
    if odd in {"(?=", "(?!", "(?<=", "(?<!"}:
        return f'it cannot look around, as "{odd}" does'
    if odd.startswith("("):
        return f'no group begins with "{odd}"'
    if odd[1:].isdecimal():
        return f'it has no back-references, such as "{odd}"'
    return f'there is no escape sequence "{odd}"'
