"""The words of slogen YAML: which keys a class of the model has, and what stands behind them.

Python and YAML use the same words: an argument is a key, a class is a tag in snake case. So the
keys come from the classes themselves, and their descriptions from the docstrings.
"""

from __future__ import annotations

import inspect
import re
import types
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin

import attrs

from slogen.formats.definitions.shapes import (
    LENGTH,
    NUMBER,
    TEXT,
    Choice,
    Count,
    Many,
    Nested,
    Shape,
    Switch,
    Table,
    Texts,
)
from slogen.model import (
    SLI,
    SLO,
    Alert,
    AlertPolicy,
    Events,
    Latency,
    Objective,
    Service,
    Settings,
    Tier,
    Window,
)
from slogen.model.policy import Preset
from slogen.model.sli import Comparison
from slogen.naming import Naming
from slogen.promql.query import Query
from slogen.promql.selector import Selector
from slogen.units import Duration

API_VERSION = "slogen/v1"
KINDS: dict[str, type] = {cls.kind: cls for cls in get_args(SLI)}
"""The classes of indicators by their tag."""
PRESETS: tuple[Preset, ...] = get_args(Preset)
NAMINGS = {"slogen": Naming(), "sloth": Naming.sloth()}
DEFAULTS = ("alerts", "group_by", "objective", "window")
"""What SLOs can take from the file or from their service."""
PARTS = ("bad", "good")
"""What can be said as a part of ``total``, with ``_where``."""

_ENTRY = re.compile(r"^ {4}(\w+): (.*(?:\n {6,}.*)*)", re.MULTILINE)
_SHAPES: dict[Any, Shape] = {
    str: TEXT,
    Selector: TEXT,
    Query: TEXT,
    Comparison: TEXT,
    Duration: LENGTH,
    Window: LENGTH,
    Objective: NUMBER,
    Decimal: NUMBER,
    int: Count(),
    bool: Switch(),
    Naming: Choice(tuple(NAMINGS)),
    Settings: Nested(Settings),
    AlertPolicy: Nested(AlertPolicy, PRESETS, is_named=True),
    Alert: Nested(Alert, (True, False)),
    SLI: Nested(SLO, is_named=True),
}
_SPECIAL: dict[tuple[type, str], Shape] = {(Latency, "under"): LENGTH}
_NOT_WRITTEN = {Service: {"origin"}, SLO: {"origin", "service"}}


@attrs.frozen
class Word:
    """A key of a class.

    Attributes:
        key: As it stands in YAML.
        argument: As it is called in Python.
        shape: What stands behind it.
        is_required: Whether it has to be there.
        description: What it means.
    """

    key: str
    argument: str
    shape: Shape
    is_required: bool
    description: str


@cache
def words_of(cls: type) -> tuple[Word, ...]:
    """Return the keys that a class of the model has in YAML.

    >>> [word.key for word in words_of(Tier)][:4]
    ['severity', 'name', 'for', 'keep_firing_for']
    """
    hidden = _NOT_WRITTEN.get(cls, {"origin"})
    told = descriptions(cls)
    return tuple(
        Word(
            key=field.name.rstrip("_"),
            argument=field.name,
            shape=_SPECIAL.get((cls, field.name)) or _shape(field.type),
            is_required=field.default is attrs.NOTHING or (cls, field.name) == (Tier, "severity"),
            description=told.get(field.name, ""),
        )
        for field in attrs.fields(attrs.resolve_types(cls))
        if field.name not in hidden
    )


@cache
def keys_of(cls: type) -> tuple[str, ...]:
    """Return every key that a class may have in YAML."""
    wheres = tuple(f"{part}_where" for part in PARTS) if cls is Events else ()
    return (*(word.key for word in words_of(cls)), *wheres)


@cache
def required_keys(cls: type) -> tuple[str, ...]:
    """Return the keys that have to be there."""
    return tuple(word.key for word in words_of(cls) if word.is_required)


@cache
def descriptions(cls: type) -> dict[str, str]:
    """Return what a docstring says about each attribute; a derived class says it for its base."""
    told: dict[str, str] = {}
    for base in reversed(cls.__mro__):
        text = inspect.cleandoc(base.__doc__ or "") if base is not object else ""
        section = text.partition("Attributes:\n")[2].partition("\n\n")[0]
        told |= {name: _plain(words) for name, words in _ENTRY.findall(section)}
    return told


def _plain(text: str) -> str:
    """Return a text of a docstring on one line, with single backticks."""
    return " ".join(text.split()).replace("``", "`")


def _shape(annotation: Any) -> Shape:  # noqa: ANN401 (a type, or what typing has instead)
    """Return what stands behind an argument of some type in YAML."""
    if annotation == SLI:
        return _SHAPES[SLI]
    if get_origin(annotation) in {Union, types.UnionType}:
        one, *_ = (each for each in get_args(annotation) if each is not type(None))
        return _shape(one)
    if get_origin(annotation) is Literal:
        return Choice(get_args(annotation))
    if get_origin(annotation) is Mapping:
        return Table()
    if get_origin(annotation) is tuple:
        item = get_args(annotation)[0]
        return Texts() if item is str else Many(item)
    return _SHAPES[annotation]
