"""PromQL string literals."""

from __future__ import annotations

from functools import lru_cache

_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_LAST_FOUR_DIGITS = 0xFFFF


@lru_cache(maxsize=4096)
def quote(text: str) -> str:
    r"""Return a text as a double-quoted PromQL string.

    What does not print is escaped as Go does, so that the literal survives YAML and a terminal.

    >>> print(quote('a"b\\c'), quote("\x00\u2028"))
    "a\"b\\c" "\u0000\u2028"
    """
    if text.isascii() and text.isprintable() and '"' not in text and "\\" not in text:
        return f'"{text}"'
    return '"' + "".join(_escaped(character) for character in text) + '"'


def _escaped(character: str) -> str:
    if character in _ESCAPES:
        return _ESCAPES[character]
    if character == " " or character.isprintable():
        return character
    code = ord(character)
    return f"\\u{code:04x}" if code <= _LAST_FOUR_DIGITS else f"\\U{code:08x}"
