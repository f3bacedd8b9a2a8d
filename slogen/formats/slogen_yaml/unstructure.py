"""From objects of the model to trees of YAML, by cattrs: what `structure` reads, said again.

What equals its default is left out. Each value is said as the docs say it: ``99.9%``, ``30d``.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import attrs
from cattrs import Converter
from cattrs.gen import make_dict_unstructure_fn, override

from slogen.formats.slogen_yaml.keys import KINDS, NAMINGS, PARTS, PRESETS, keys_of
from slogen.model import (
    SLI,
    Alert,
    AlertPolicy,
    Events,
    Latency,
    Objective,
    Settings,
    Tier,
    Window,
)
from slogen.model.sli import Comparison
from slogen.model.sli.latency import unit_of
from slogen.naming import Naming
from slogen.promql.line_breaks import operands
from slogen.promql.query import Query
from slogen.promql.selector import Selector
from slogen.units import Duration, length, percentage, ratio

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from slogen.formats.yaml.writing import Tree

_LONGEST_QUERY = 88
"""How many characters of PromQL stand on the line of their key."""
_FIRST: dict[type, tuple[str, ...]] = {
    Tier: ("severity", "name", "long", "short", "burn_rate", "spends")
}
"""The keys that a reader looks for first, where they are not the first arguments."""
_NAMES = {naming: name for name, naming in NAMINGS.items()}


def unstructured(made: attrs.AttrsInstance) -> dict[str, Tree]:
    """Return what makes an object of a class of the model, by its keys.

    >>> unstructured(Tier("page", for_="2m", long="1h", spends="2%"))
    {'severity': 'page', 'long': '1h', 'spends': '2%', 'for': '2m'}
    """
    cls = type(made)
    tree: dict[str, Tree] = _function(cls)(made)
    if isinstance(made, Events):
        tree = {key: value for part in tree for key, value in [_part(made, part, tree[part])]}
    if isinstance(made, Latency) and made.unit == unit_of(made.histogram.metric):
        tree.pop("unit")
    if isinstance(made, AlertPolicy) and not tree:
        return {"preset": made.preset}
    order = _FIRST.get(cls, ())
    first = {key: tree[key] for key in order if key in tree}
    return {**first, **{key: value for key, value in tree.items() if value != {}}}


@cache
def _function(cls: type) -> Callable[[Any], dict[str, Tree]]:
    """Return the function from an object of a class to what differs from its defaults."""
    words = {key.argument: key.name for key in keys_of(cls)}
    arguments: dict[str, Any] = {
        field.name: override(rename=words[field.name], unstruct_hook=_hook(cls, field.name))
        if field.name in words
        else override(omit=True)
        for field in attrs.fields(cls)
    }
    made: Callable[[Any], dict[str, Tree]] = make_dict_unstructure_fn(
        cls, Converter(), _cattrs_omit_if_default=True, **arguments
    )
    return made


def _hook(cls: type, argument: str) -> Callable[[Any], Tree]:
    if (cls, argument) == (Latency, "under"):
        return length
    return _itself if (cls, argument) == (Tier, "burn_rate") else _value


def _value(value: object) -> Tree:
    """Return an argument as it is said in YAML."""
    return _SAID[type(value)](value)


def _alert(value: Alert) -> Tree:
    return unstructured(value) or True


def policy(value: AlertPolicy) -> Tree:
    """Return an alert policy: the word of a preset, or what it consists of."""
    for name, preset in _presets().items():
        if value == preset:
            return name
    return unstructured(value)


@cache
def _presets() -> dict[str, AlertPolicy]:
    return {name: make() for name, make in PRESETS.items()}


def indicator(value: SLI) -> dict[str, Tree]:
    """Return an indicator behind its kind."""
    return {value.kind: unstructured(value)}


def _part(events: Events, key: str, tree: Tree) -> tuple[str, Tree]:
    """Return the bad or the good events as conditions on the total, where they are such."""
    total, part = events.total, getattr(events, key)
    if key not in PARTS or not isinstance(total, Selector) or not isinstance(part, Selector):
        return key, tree
    common = len(total.matchers)
    if part.metric != total.metric or part.matchers[:common] != total.matchers:
        return key, tree
    return f"{key}_where", ",".join(map(str, part.matchers[common:]))


def _itself(value: Tree) -> Tree:
    return value


def _switched_off(_: None) -> Tree:
    return False


def _list(values: tuple[object, ...]) -> Tree:
    return [_value(value) for value in values]


def _table(values: Mapping[str, object]) -> Tree:
    return {key: _value(value) for key, value in values.items()}


def _delay(value: Duration) -> Tree:
    return str(value) if value else "0s"


def _naming(value: Naming) -> Tree:
    return _NAMES[value]


def _prose(text: str) -> str:
    """Return a text; one of several lines ends its last one, too, which slogen takes away again."""
    return f"{text}\n" if "\n" in text else text


def _share(value: Decimal) -> Tree:
    """Return a part of the budget as a percentage, if that says all of it."""
    text = percentage(value)
    return text if ratio(text) == value else value


def _query(query: Query) -> str:
    """Return PromQL; what is long gets a line for each operand of its outermost operators."""
    text = query.text
    return text if len(text) <= _LONGEST_QUERY else "\n".join((*operands(text), ""))


_SAID: dict[type, Callable[[Any], Tree]] = {
    type(None): _switched_off,
    bool: _itself,
    int: _itself,
    str: _prose,
    Decimal: _share,
    tuple: _list,
    MappingProxyType: _table,
    Duration: _delay,
    Naming: _naming,
    Query: _query,
    **dict.fromkeys((Comparison, Objective, Selector, Window), str),
    **dict.fromkeys(KINDS.values(), indicator),
    **dict.fromkeys((Settings, Tier), unstructured),
    Alert: _alert,
    AlertPolicy: policy,
}
"""How an argument is said, by its type."""
