"""YAML as a person writes it: from dicts, lists and scalars to text.

No emitter sets parts apart with a blank line, and libyaml's falls back from a literal block to one
long line in quotes where a character is beyond its plane. What is written here is the same to
YAML 1.2 and to PyYAML, is never folded, and has quotes only where one of them needs them.

Source: YAML 1.2.2, sections 7.3.3, "Plain Style", and 8.1.2, "Literal Style".
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

from slogen.formats.yaml.scalars import is_text_everywhere
from slogen.units import number

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

Scalar = str | int | Decimal | bool
Tree: TypeAlias = "Scalar | Mapping[str, Tree] | list[Tree]"

_INDENT = "  "
_WIDEST_LIST = 80
_PLAIN = re.compile(r"(?!.*(?:: | #))[^-?:,\[\]{}#&*!|>'\"%@` ](?:.*[^ :])?")
_WORD = re.compile(r"[\w./%-]+")
_NAMED_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def written(tree: Mapping[str, Tree], apart: Collection[str] = ()) -> str:
    r"""Return a mapping as YAML.

    >>> print(written({"name": "shop", "slos": [{"name": "on", "objective": "99%"}]}), end="")
    name: shop
    slos:
      - name: "on"
        objective: 99%

    Args:
        tree: What to write.
        apart: The keys whose entries are set apart by blank lines.
    """
    return "".join(f"{line}\n" for line in _block(tree, apart))


def _block(tree: Mapping[str, Tree] | list[Tree], apart: Collection[str]) -> Iterator[str]:
    for entry in _entries(tree, apart):
        yield from entry


def _entries(
    tree: Mapping[str, Tree] | list[Tree], apart: Collection[str]
) -> Iterator[Iterable[str]]:
    """Yield the lines of each entry of a mapping or a list."""
    if isinstance(tree, Mapping):
        for key, value in tree.items():
            yield _behind(f"{_key(key)}:", value, apart, is_apart=key in apart)
        return
    for item in tree:
        if isinstance(item, Mapping) and item:
            first, *others = _block(item, apart)
            yield (f"- {first}", *map(_indented, others))
        else:
            yield _behind("-", item, apart)


def _indented(line: str) -> str:
    return f"{_INDENT}{line}" if line else ""


def _behind(
    head: str, value: Tree, apart: Collection[str], *, is_apart: bool = False
) -> Iterator[str]:
    """Yield the lines of a value behind its key, or behind the dash of an item."""
    if isinstance(value, (Mapping, list)):
        if (line := _on_one_line(value)) is not None:
            yield f"{head} {line}"
            return
        yield head
        for index, entry in enumerate(_entries(value, apart)):
            if index and is_apart:
                yield ""
            yield from map(_indented, entry)
    elif isinstance(value, str) and (lines := _literal(value)):
        yield f"{head} |" if value.endswith("\n") else f"{head} |-"
        yield from map(_indented, lines)
    else:
        yield f"{head} {scalar(value)}"


def _on_one_line(value: Mapping[str, Tree] | list[Tree]) -> str | None:
    """Return what is empty, or a list of a few words, as it stands on the line of its key."""
    if not value:
        return "{}" if isinstance(value, Mapping) else "[]"
    words = [item for item in value if isinstance(item, str) and _WORD.fullmatch(item)]
    if isinstance(value, Mapping) or len(words) < len(value):
        return None
    line = f"[{', '.join(map(scalar, words))}]"
    return line if len(line) <= _WIDEST_LIST else None


def scalar(value: Scalar) -> str:
    r"""Return a scalar on one line.

    >>> print(scalar("5%"), scalar("no"), scalar('{a="b"}'), scalar("a: b"), scalar("a\nb"))
    5% "no" '{a="b"}' "a: b" "a\nb"
    >>> scalar(Decimal("14.40")), scalar(True), scalar("14.4")
    ('14.4', 'true', '"14.4"')
    """
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return number(value)


@lru_cache(maxsize=4096)
def _text(text: str) -> str:
    if text.isprintable():
        if _PLAIN.fullmatch(text) and is_text_everywhere(text):
            return text
        if '"' in text or "\\" in text:
            return "'" + text.replace("'", "''") + "'"
    return f'"{"".join(map(_escaped, text))}"'


@lru_cache(maxsize=1024)
def _key(text: str) -> str:
    is_plain = _WORD.fullmatch(text) and _PLAIN.fullmatch(text) and is_text_everywhere(text)
    return text if is_plain else f'"{"".join(map(_escaped, text))}"'


def _escaped(character: str) -> str:
    if character in _NAMED_ESCAPES:
        return _NAMED_ESCAPES[character]
    if character.isprintable():
        return character
    code = ord(character)
    if code <= 0xFF:  # noqa: PLR2004 (what two digits can say)
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"  # noqa: PLR2004 (four digits)


def _literal(text: str) -> list[str]:
    """Return the lines of a text for a literal block; none where that would not show it as it is.

    Spaces at the end of a line cannot be seen and do not outlive most editors; with one at the
    beginning of the first line, a reader could not tell how far the block is indented.
    """
    lines = text.removesuffix("\n").split("\n")
    shows = all(line.isprintable() and not line.endswith(" ") for line in lines)
    is_block = "\n" in text and lines[0] and lines[-1] and not lines[0].startswith(" ")
    return lines if shows and is_block else []
