"""Expressions of Python as a formatter would set them: on one line, or else part by part.

The lines are those of ruff and black for texts that hold no line break.
"""

from __future__ import annotations

import keyword
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias

import attrs

from slogen.units import number

if TYPE_CHECKING:
    from collections.abc import Iterator

WIDTH = 88
_INDENT = "    "
_WORD = re.compile(r"[^a-z0-9]+")


@attrs.frozen
class Name:
    """A name that is used, or a value that is written as it stands."""

    text: str


@attrs.frozen
class Call:
    """A call, with arguments without names and with names."""

    function: str
    positional: tuple[Code, ...] = ()
    named: Mapping[str, Code] = attrs.field(factory=dict)


Code: TypeAlias = (
    "Name | Call | str | bool | int | Decimal | tuple[Code, ...] | Mapping[str, Code] | None"
)


def assignment(name: str, value: Code) -> str:
    r"""Return the lines that give a value a name.

    >>> assignment("shop", Call("Service", ("shop",), {"owner": "team-shop"}))
    'shop = Service("shop", owner="team-shop")'
    """
    return "\n".join(_set(f"{name} = ", value, "", 0))


def identifier(text: str) -> str:
    """Return a name of Python for a text.

    >>> identifier("backend-api"), identifier("2nd"), identifier("class")
    ('backend_api', 'the_2nd', 'class_')
    """
    name = _WORD.sub("_", text.lower()).strip("_") or "unnamed"
    name = f"the_{name}" if name[0].isdigit() else name
    return f"{name}_" if keyword.iskeyword(name) or keyword.issoftkeyword(name) else name


def _set(before: str, value: Code, after: str, depth: int) -> Iterator[str]:
    """Yield the lines of a value between two texts.

    Args:
        before: What stands before it on its first line.
        value: The value.
        after: What stands behind it on its last line.
        depth: How far its first line is indented.
    """
    line = f"{_INDENT * depth}{before}{on_one_line(value)}{after}"
    parts = list(_parts(value))
    if len(line) <= WIDTH or not parts:
        yield line
        return
    opening, closing = _brackets(value)
    yield f"{_INDENT * depth}{before}{opening}"
    for name, part in parts:
        yield from _set(name, part, ",", depth + 1)
    yield f"{_INDENT * depth}{closing}{after}"


def on_one_line(value: Code) -> str:
    """Return an expression on one line.

    >>> on_one_line(("a", Decimal("14.40"), None)), on_one_line(("a",)), on_one_line({"a": True})
    ('("a", 14.4, None)', '("a",)', '{"a": True}')
    """
    match value:
        case Name():
            return value.text
        case str():
            return quoted(value)
        case bool() | None:
            return str(value)
        case Decimal() if Decimal(repr(float(value))) != value:
            return quoted(number(value))  # a float would lose digits
        case int() | Decimal():
            return number(value)
        case _:
            opening, closing = _brackets(value)
            inner = ", ".join(f"{name}{on_one_line(part)}" for name, part in _parts(value))
            lone = "," if isinstance(value, tuple) and len(value) == 1 else ""
            return f"{opening}{inner}{lone}{closing}"


def quoted(text: str) -> str:
    r"""Return a text as a literal, in the quotes that need fewer escapes.

    >>> print(quoted('code=~"5.."'), quoted("it's"), quoted("a\\.b"), quoted("a\nb"))
    'code=~"5.."' "it's" "a\\.b" "a\nb"
    """
    quote = "'" if '"' in text and text.count('"') > text.count("'") else '"'
    escaped = text.replace("\\", "\\\\").replace(quote, f"\\{quote}")
    return f"{quote}{''.join(map(_printed, escaped))}{quote}"


def _printed(character: str) -> str:
    if character.isprintable():
        return character
    return character.encode("unicode_escape").decode()


def _parts(value: Code) -> Iterator[tuple[str, Code]]:
    """Yield what stands within brackets, with what stands before each part."""
    match value:
        case Call():
            yield from (("", part) for part in value.positional)
            yield from ((f"{name}=", part) for name, part in value.named.items())
        case tuple():
            yield from (("", part) for part in value)
        case Mapping():
            yield from ((f"{quoted(name)}: ", part) for name, part in value.items())


def _brackets(value: Code) -> tuple[str, str]:
    if isinstance(value, Call):
        return f"{value.function}(", ")"
    return ("(", ")") if isinstance(value, tuple) else ("{", "}")
