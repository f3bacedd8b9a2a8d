"""The words of slogen YAML: which keys a class of the model has, and what stands behind them.

Python and YAML use the same words: an argument is a key, a class is a tag in snake case. So the
keys come from the classes themselves, and their descriptions from the docstrings.
"""

from __future__ import annotations

import inspect
import re
import types
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin

import attrs

from slogen.formats.slogen_yaml.values import (
    COMPARISON,
    DELAY,
    DURATION,
    FACTOR,
    QUERY,
    SELECTOR,
    SHARE,
    THRESHOLD,
    VERSION,
    WINDOW,
)
from slogen.formats.yaml.objects import Key
from slogen.formats.yaml.shapes import (
    TEXT,
    Choice,
    Count,
    Many,
    Nested,
    Shape,
    Switch,
    Table,
    Tables,
    Tagged,
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
from slogen.model.sli import Comparison
from slogen.naming import ALERTS, Naming
from slogen.promql.query import Query
from slogen.promql.selector import Selector
from slogen.units import Duration, percentage

API_VERSION = "slogen/v1"
KINDS: dict[str, type] = {cls.kind: cls for cls in get_args(SLI)}
"""The classes of indicators by their tag."""
LIBRARY = "library"
"""The tag behind which an entry of the library stands."""
TAGS = (*KINDS, LIBRARY)
"""Every key that says what an indicator is."""
PRESETS: dict[str, Callable[[], AlertPolicy]] = {
    "standard": AlertPolicy.standard,
    "pages_only": AlertPolicy.pages_only,
    "tickets_only": AlertPolicy.tickets_only,
    "none": AlertPolicy.none,
}
"""The policies that a word stands for."""
PRESET_SWITCHES = ("standard", "none")
"""The presets that whoever writes true and false has in mind."""
NAMINGS = {"slogen": Naming(), "sloth": Naming.sloth()}
DEFAULTS = ("alerts", "group_by", "objective", "window")
"""What SLOs can take from the file or from their service."""
PARTS = {"bad": "bad_where", "good": "good_where"}
"""What can be said as a part of ``total``, and with which key."""
BASED_ON = "based_on"
"""What says in a policy which other one it takes the keys from that it does not have itself."""
FILE_KEYS = {
    "apiVersion": "The format of the file.",
    "inherits": "Files, relative to this one, from which it takes settings, defaults and "
    "policies. A later file wins over an earlier one, and this file over all.",
    "settings": "What holds for all services of the file.",
    "defaults": "What an SLO has if it does not say it itself.",
    "policies": "Alert policies by name, for `alerts` to refer to.",
    "services": "The services with their SLOs.",
}
"""What stands in a file, and what it means."""
SERVICE_KEYS = {
    "slis": "Indicators by name, for `sli` of the service's SLOs to refer to.",
    "defaults": "What an SLO of the service has if it does not say it itself; wins over the "
    "defaults of the file.",
    "slos": "The service's SLOs.",
}
"""What a service has in a file beside its arguments, and what it means."""

_ENTRY = re.compile(r"^ {4}(\w+): (.*(?:\n {6,}.*)*)", re.MULTILINE)
_SHAPES: dict[Any, Shape] = {
    str: TEXT,
    Selector: SELECTOR,
    Query: QUERY,
    Comparison: COMPARISON,
    Duration: DURATION,
    Window: WINDOW,
    Objective: SHARE,
    Decimal: SHARE,
    int: Count(),
    bool: Switch(),
    Naming: Choice(tuple(NAMINGS)),
    Settings: Nested(Settings),
    AlertPolicy: Nested(AlertPolicy, tuple(PRESETS), is_named=True),
    Alert: Nested(Alert, (True, False)),
    SLI: Tagged("SLI"),
}
_LEFT_OUT = 'leave it out; "preset: pages_only" has no tickets, "preset: tickets_only" has no pages'
_SPECIAL: dict[tuple[type, str], Shape] = {
    (Alert, "for_"): DELAY,
    (Alert, "keep_firing_for"): DELAY,
    (AlertPolicy, "page"): Nested(Alert, instead=_LEFT_OUT),
    (AlertPolicy, "preset"): Choice(tuple(PRESETS), PRESET_SWITCHES),
    (AlertPolicy, "ticket"): Nested(Alert, instead=_LEFT_OUT),
    (Latency, "under"): THRESHOLD,
    (Settings, "alert_names"): Table(tuple(sorted(ALERTS))),
    (Settings, "prometheus"): VERSION,
    (Tier, "burn_rate"): FACTOR,
}
"""What the type of an argument does not tell; a derived class has it from its base."""
_NOT_WRITTEN = {Service: {"origin"}, SLO: {"origin", "service"}}


@cache
def keys_of(cls: type) -> tuple[Key, ...]:
    """Return the keys that a class of the model has in YAML.

    >>> [key.name for key in keys_of(Tier)][:4]
    ['severity', 'name', 'for', 'keep_firing_for']
    """
    hidden = _NOT_WRITTEN.get(cls, {"origin"})
    said = descriptions(cls)
    return tuple(
        Key(
            name=field.name.rstrip("_"),
            argument=field.name,
            shape=_special(cls, field.name) or _shape(field.type),
            is_required=field.default is attrs.NOTHING or (cls, field.name) == (Tier, "severity"),
            description=said.get(field.name, ""),
            default=_default(field),
        )
        for field in attrs.fields(attrs.resolve_types(cls))
        if field.name not in hidden
    )


@cache
def key_names(cls: type) -> tuple[str, ...]:
    """Return every key that a class may have in YAML."""
    more = {Events: PARTS.values(), AlertPolicy: (BASED_ON,)}.get(cls, ())
    return (*(key.name for key in keys_of(cls)), *more)


@cache
def required_keys(cls: type) -> tuple[str, ...]:
    """Return the keys that have to be there."""
    return tuple(key.name for key in keys_of(cls) if key.is_required)


@cache
def descriptions(cls: type) -> dict[str, str]:
    """Return what a docstring says about each attribute; a derived class says it for its base."""
    said: dict[str, str] = {}
    for base in reversed(cls.__mro__):
        text = inspect.cleandoc(base.__doc__ or "") if base is not object else ""
        section = text.partition("Attributes:\n")[2].partition("\n\n")[0]
        said |= {name: _plain(words) for name, words in _ENTRY.findall(section)}
    return said


@cache
def summary(cls: type) -> str:
    """Return what a docstring says first about a class."""
    return _plain(inspect.cleandoc(cls.__doc__ or "").partition("\n\n")[0])


def _plain(text: str) -> str:
    """Return a text of a docstring on one line, with single backticks."""
    return " ".join(text.split()).replace("``", "`")


def _default(field: attrs.Attribute[Any]) -> str | int | None:
    """Return how YAML says the default of an argument."""
    value: Any = field.default
    if isinstance(value, attrs.Factory):  # type: ignore[arg-type]  # to mypy it is a function
        value = None if value.takes_self else value.factory()
    match value:
        case AlertPolicy():
            return value.preset
        case Alert():
            return True
        case None if field.type == Alert | None and field.name not in {"page", "ticket"}:
            return False
        case Decimal():
            return percentage(value)
        case str() | int() if value != "":
            return value
        case _:
            return None


def _special(cls: type, argument: str) -> Shape | None:
    found = [(base, argument) for base in cls.__mro__ if (base, argument) in _SPECIAL]
    return _SPECIAL[found[0]] if found else None


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
        names, texts = get_args(annotation)
        return Tables(get_args(names)) if get_origin(texts) is Mapping else Table(get_args(names))
    if get_origin(annotation) is tuple:
        item = get_args(annotation)[0]
        return Texts() if item is str else Many(item)
    return _SHAPES[annotation]
