"""Entries of the library in YAML: a name and arguments behind the key `library`.

It is imported where a file has that key, and with it the library.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any, get_args

import attrs

from slogen.errors import Faults, InvalidValue
from slogen.formats.slogen_yaml.structure import read_argument
from slogen.formats.slogen_yaml.values import (
    AMOUNT,
    COMPARISON,
    CONDITIONS,
    DURATION,
    SELECTOR,
    SHARE,
    THRESHOLD,
)
from slogen.formats.yaml.faults import first_of, unknown_keys
from slogen.formats.yaml.nodes import ScalarNode
from slogen.formats.yaml.objects import Form, Key, Structurer
from slogen.formats.yaml.refusals import mapping, name_of
from slogen.formats.yaml.shapes import TEXT, Choice
from slogen.library import arguments, entries
from slogen.library.names import entry_remedy
from slogen.source import read_from

if TYPE_CHECKING:
    from collections.abc import Mapping

    from slogen.formats.yaml.nodes import Node
    from slogen.formats.yaml.shapes import Shape
    from slogen.library.entry import Entry
    from slogen.model import SLI

_ABOUT = "the name of one entry of the library with its arguments, such as {envoy_requests: ...}"
_PAGE = "docs/reference/library.md lists the entries"
_ARGUMENT = re.compile(r"^ {4}(\w+): (.*(?:\n {6,}.*)*)", re.MULTILINE)
_SHAPES: dict[Any, Shape] = {
    arguments.LabelValue: TEXT,
    arguments.Matchers: CONDITIONS,
    arguments.Metric: SELECTOR,
    arguments.Threshold: THRESHOLD,
    arguments.Age: DURATION,
    arguments.Amount: AMOUNT,
    arguments.Share: SHARE,
    arguments.GoodWhen: COMPARISON,
}


def library_indicator(node: Node) -> SLI:
    """Return the indicator that an entry of the library makes of its arguments.

    Raises:
        InputError: Whatever is wrong with them, all faults together.
    """
    known = entries()
    chosen = mapping(node, _ABOUT, _word_remedy(node, known))
    names = list(chosen.keys())
    if faults := first_of(unknown_keys(chosen, tuple(known), entry_remedy)):
        raise Faults(faults)
    if len(names) != 1:
        found = f"of {len(names)} entries" if names else "without an entry"
        raise InvalidValue(name_of(node), found, _ABOUT, _PAGE, origin=chosen)
    entry, given = known[names[0]], chosen[names[0]]
    made = _STRUCTURER.structure(given, entry.arguments)
    with read_from(given):
        return entry.indicator(made)


def _word_remedy(node: Node, known: Mapping[str, Entry]) -> str:
    """Return what to do about a word alone: an entry has arguments."""
    if not isinstance(node, ScalarNode):
        return ""
    if node.text not in known:
        return entry_remedy(node.text, tuple(known))
    given = ", ".join(f"{key}: {value}" for key, value in known[node.text].example.items())
    return f"write its arguments behind it, such as {{{node.text}: {{{given}}}}}"


@cache
def entry_keys(entry: Entry) -> tuple[Key, ...]:
    """Return the keys that the arguments of an entry have in YAML."""
    said = {name: " ".join(text.split()) for name, text in _ARGUMENT.findall(entry.doc)}
    return tuple(
        Key(
            name=field.name,
            argument=field.name,
            shape=_shape(entry.annotations[field.name]),
            is_required=field.default is attrs.NOTHING,
            description=said.get(field.name, "").replace("``", "`"),  # python -OO has no docstrings
            default=field.default or None if isinstance(field.default, str) else None,
        )
        for field in attrs.fields(entry.arguments)
    )


def summary(entry: Entry) -> str:
    """Return what an entry counts, in its first sentence."""
    return " ".join(entry.doc.partition("\n\n")[0].split()).replace("``", "`")


def _shape(annotation: Any) -> Shape:  # noqa: ANN401 (a type, or what typing has instead)
    if annotation in _SHAPES:
        return _SHAPES[annotation]
    parts = get_args(annotation)
    if type(None) in parts:
        return _shape(next(part for part in parts if part is not type(None)))
    return Choice(parts)


@cache
def _form(cls: type) -> Form:
    entry = entries()[cls.__name__]

    def read(key: Key, node: Node) -> object:
        return read_argument(cls, key, node)

    return Form(keys=entry_keys(entry), read=read)


_STRUCTURER = Structurer(_form)
