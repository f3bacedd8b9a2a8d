"""What a plain scalar is to YAML 1.2, and whether YAML 1.1 takes it for something else.

slogen reads YAML 1.2, and numbers as text, so that ``99.9`` stays exact. PyYAML and many other
readers are of YAML 1.1: to them ``on`` is a truth value, ``012`` is ten and ``1:30`` ninety.

Sources: YAML 1.2.2, section 10.3.2, "Tag Resolution" of the core schema; the types of YAML 1.1 at
yaml.org/type, as far as PyYAML has them.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

ScalarKind = Literal["text", "int", "float", "bool", "null"]

_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_BOOLS = frozenset({"true", "True", "TRUE", "false", "False", "FALSE"})
_INT = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(
    r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:inf|Inf|INF)"
    r"|\.(?:nan|NaN|NAN)"
)
# What neither version could take for anything but a text begins otherwise.
_DOUBTFUL = re.compile(r"[-+.~0-9=<nNtTfFyYoO]|\Z")

_OLD_BOOL = re.compile(r"(?:yes|Yes|YES|no|No|NO|on|On|ON|off|Off|OFF)")
_OLD_INT = re.compile(r"[-+]?(?:0b[0-1_]+|0[0-7_]+|0x[0-9a-fA-F_]+|(?:0|[1-9][0-9_]*))")
_OLD_SIXTY = re.compile(r"[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?")
_OLD_FLOAT = re.compile(
    r"[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?"
    r"|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)"
)
_OLD_TIME = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
    r"|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt]|[ \t]+)[0-9]{1,2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]*)?"
    r"(?:[ \t]*(?:Z|[-+][0-9]{1,2}(?::[0-9]{2})?))?"
)

_OLD_KINDS = (
    ("bool", _OLD_BOOL),
    ("int", _OLD_INT),
    ("int", _OLD_SIXTY),
    ("float", _OLD_FLOAT),
    ("time", _OLD_TIME),
    ("value", re.compile("=|<<")),
)


@lru_cache(maxsize=4096)
def kind_of(text: str) -> ScalarKind:
    """Return what a plain scalar is in YAML 1.2.

    >>> kind_of("99.9"), kind_of("99.9%"), kind_of("on"), kind_of("true"), kind_of("")
    ('float', 'text', 'text', 'bool', 'null')
    """
    if not _DOUBTFUL.match(text):
        return "text"
    if text in _NULLS:
        return "null"
    if text in _BOOLS:
        return "bool"
    if _INT.fullmatch(text):
        return "int"
    return "float" if _FLOAT.fullmatch(text) else "text"


@lru_cache(maxsize=4096)
def older_meaning(text: str) -> str:
    """Return what a plain scalar is to PyYAML, where that is something else; else nothing.

    >>> older_meaning("off"), older_meaning("012"), older_meaning("1e3"), older_meaning("30d")
    ('a truth value', 'another number', 'a text', '')
    """
    if not _DOUBTFUL.match(text):
        return ""
    old, new = _older(text), kind_of(text)
    if old == new:
        return "another number" if old == "int" and _reads_otherwise(text) else ""
    return {
        "text": "a text",
        "int": "a number",
        "float": "a number",
        "bool": "a truth value",
        "null": "nothing",
        "time": "a date",
        "value": "no value that it can read",
    }[old]


def is_text_everywhere(text: str) -> bool:
    """Tell whether a text that stands plain in a file is a text to every reader.

    >>> is_text_everywhere("99.9%"), is_text_everywhere("no"), is_text_everywhere("1_000")
    (True, False, False)
    """
    return kind_of(text) == "text" and not older_meaning(text)


def _older(text: str) -> str:
    if text in _NULLS:
        return "null"
    if text in _BOOLS:
        return "bool"
    kinds = (kind for kind, pattern in _OLD_KINDS if pattern.fullmatch(text))
    return next(kinds, "text")


def _reads_otherwise(text: str) -> bool:
    """Tell whether a leading zero makes a decimal number an octal one."""
    digits = text.lstrip("+-")
    return digits[:1] == "0" and digits[1:2] not in {"", "x"} and digits.strip("0") != ""
