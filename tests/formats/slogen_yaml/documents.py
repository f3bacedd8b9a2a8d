"""Documents of slogen YAML that are right, made from the words of the loader.

A document is what JSON holds, which is YAML as well.
"""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from slogen.formats.slogen_yaml.keys import (
    API_VERSION,
    DEFAULTS,
    KINDS,
    key_names,
    keys_of,
)
from slogen.formats.slogen_yaml.values import (
    AMOUNT,
    COMPARISON,
    DELAY,
    DURATION,
    FACTOR,
    SHARE,
    THRESHOLD,
    VERSION,
)
from slogen.formats.yaml.shapes import (
    Choice,
    Count,
    Many,
    Nested,
    Plain,
    Shape,
    Switch,
    Table,
    Tables,
    Tagged,
    Texts,
)
from slogen.model import SLO, Alert, AlertPolicy, Events, Service, Settings, Tier

if TYPE_CHECKING:
    from collections.abc import Callable

    from slogen.formats.yaml.objects import Key

Document = Any
Values = st.SearchStrategy[Document]

BASE = "base.yaml"
"""A file that documents can inherit; it holds `POLICY`."""
POLICY = "house"
INDICATOR = "requests"
_LABELS = ("team", "pod", "environment")
SCALARS: dict[Plain, tuple[Document, ...]] = {
    DURATION: ("30s", "1m", "90s", "2m", "1y2w3d4h5m6s7ms"),
    DELAY: ("0s", "0", "00m", "5m", "1h30m", "1y2w3d4h5m6s7ms"),
    THRESHOLD: ("200ms", " 2.5ms", "1h30m", "250us", "1.5ns", "1y2w3d4h5m6s7ms"),
    SHARE: ("99.9%", "50 %", " 25% ", "0.5", "5e-1", ".5", 0.5),
    FACTOR: ("14.4", 14.4, 6, "1.", "1e1"),
    AMOUNT: ("1000", 0, 2.5, " 12 "),
    COMPARISON: ("<= 300", "<300", " == 1 ", "!=  -2e3"),
    VERSION: ("2.42", "3.5.1"),
}
_TEXTS: dict[str, tuple[str, ...]] = {
    "total": ('http_requests_total{job="shop"}', "http_requests_total"),
    "bad": ("errors_total", "rate(errors_total[$window])"),
    "good": ("http_served_total",),
    "bad_where": ('code=~"5.."', 'code="500",method="GET"'),
    "good_where": ('code!~"5.."',),
    "histogram": ("http_request_duration_seconds",),
    "query": ("time() - max(updated_timestamp)", "max(rate(x_total[$window]))"),
    "gauge": ('up{job="shop"}',),
    "runbook": ("https://runbooks.example.com/shop", ""),
    "grafana": ("https://grafana.example.com",),
    "based_on": (POLICY,),
    "name": ("availability", "a b", "Ä"),
    "id": ("shop-availability",),
}
_ONE_OF: dict[type, tuple[str, ...]] = {
    Events: ("bad", "good", "bad_where", "good_where"),
    Tier: ("burn_rate", "spends"),
}
_FITTING: dict[type, dict[str, tuple[Document, ...]]] = {
    SLO: {"window": ("30d", "7d12h", "1h")},
    Tier: {"long": ("1h", "6h", "3d"), "short": ("5m", "2m")},
}
_UNIT: tuple[type, str] = (KINDS["latency"], "unit")


def documents() -> Values:
    """Return documents that the loader accepts."""
    return st.one_of(_document(inherits=False), _document(inherits=True))


def objects(cls: type) -> Values:
    """Return what stands for the arguments of a class."""
    alternatives = _ONE_OF.get(cls, ())
    required: dict[str, Values] = {}
    optional: dict[str, Values] = {}
    for key in key_names(cls):
        if key not in alternatives:
            word = next((word for word in keys_of(cls) if word.name == key), None)
            place = required if word and word.is_required else optional
            place[key] = _value(cls, key, word)
    whole = st.fixed_dictionaries(required, optional=optional)
    if cls is AlertPolicy:
        return whole.map(_of_tiers_that_there_are)
    if not alternatives:
        return whole
    words = {word.name: word for word in keys_of(cls)}
    sides = [st.fixed_dictionaries({key: _value(cls, key, words.get(key))}) for key in alternatives]
    return st.builds(lambda one, other: {**one, **other}, whole, st.one_of(sides))


def _of_tiers_that_there_are(policy: dict[str, Document]) -> dict[str, Document]:
    """Leave out how a preset's tiers are sent where all tiers may be the policy's own."""
    left_out = {"page", "ticket"} if policy.get("tiers") else set()
    return {key: value for key, value in policy.items() if key not in left_out}


def indicators() -> Values:
    """Return indicators of all kinds."""
    kinds = [st.fixed_dictionaries({tag: st.deferred(_of(cls))}) for tag, cls in KINDS.items()]
    return st.one_of(kinds)


def hosted(cls: type, value: Document) -> Document:
    """Return a document, right but for the value perhaps, in which it is read as a class."""
    sli: Document = {"up": {"gauge": "up"}}
    slo: Document = {"name": "a", "objective": "99%", "window": "30d", "sli": sli}
    service: Document = {"name": "shop", "slos": [slo]}
    file: Document = {"apiVersion": API_VERSION, "services": [service]}
    tags = {kind: tag for tag, kind in KINDS.items()}
    if cls in tags:
        slo["sli"] = {tags[cls]: value}
    elif cls is Service:
        file["services"] = [{**value, "slos": [slo]} if isinstance(value, dict) else value]
    elif cls is SLO:
        service["slos"] = [value]
    elif cls is Settings:
        file["settings"] = value
    else:
        policy = {Alert: {"exhausted": value}, Tier: {"tiers": [value]}}.get(cls, value)
        file["policies"] = {POLICY: {}, "own": policy}
    return file


def _of(cls: type) -> Callable[[], Values]:
    return lambda: objects(cls)


def _value(cls: type, key: str, word: Key | None) -> Values:
    """Return what can stand behind a key of a class."""
    if key in _FITTING.get(cls, {}):
        return st.sampled_from(_FITTING[cls][key])
    if (cls, key) == _UNIT:
        return st.just("s")
    if key in _TEXTS:
        return st.sampled_from(_TEXTS[key])
    assert word is not None, key
    return _of_shape(word.shape)


def _of_shape(shape: Shape) -> Values:  # noqa: C901, PLR0911 (a shape each)
    match shape:
        case Plain():
            return st.sampled_from(SCALARS.get(shape, ("text", "x")))
        case Count():
            return st.sampled_from((1, 3, 3.0, 10**14))
        case Switch():
            return st.booleans()
        case Choice():
            return st.sampled_from(shape.words)
        case Texts():
            several = st.lists(st.sampled_from(_LABELS), unique=True)
            return st.one_of(st.sampled_from(_LABELS), several)
        case Table():
            names = st.sampled_from(shape.names or _LABELS)
            return st.dictionaries(names, st.sampled_from(("x", "a b")), max_size=2)
        case Tables():
            tables = _of_shape(Table())
            return st.dictionaries(st.sampled_from(shape.names), tables, max_size=2)
        case Tagged():
            return st.one_of(st.just(INDICATOR), indicators())
        case Nested():
            return _nested(shape)
        case Many():
            return st.lists(st.deferred(_of(shape.cls)), max_size=2)


def _nested(shape: Nested) -> Values:
    whole = st.deferred(_of(shape.cls))
    named = (POLICY,) if shape.is_named else ()
    return st.one_of(st.sampled_from((*shape.words, *named)), whole) if shape.words else whole


def _defaults() -> Values:
    words = {word.name: word for word in keys_of(SLO)}
    keys = {key: _value(SLO, key, words[key]) for key in DEFAULTS}
    return st.fixed_dictionaries({}, optional=keys)


def _service() -> Values:
    required = {
        "slis": st.fixed_dictionaries({INDICATOR: indicators()}, optional={"": indicators()}),
        "slos": st.lists(objects(SLO), max_size=2),
    }
    more = st.fixed_dictionaries(required, optional={"defaults": _defaults()})
    return st.builds(lambda one, other: {**one, **other}, objects(Service), more)


def _document(*, inherits: bool) -> Values:
    files = st.sampled_from((BASE, [BASE], [BASE, BASE]))
    policies = st.dictionaries(st.sampled_from(("own", "")), objects(AlertPolicy), max_size=1)
    house = st.fixed_dictionaries({POLICY: st.just({"low": True})})
    both = st.builds(lambda one, other: {**one, **other}, house, policies)
    required: dict[str, Values] = {
        "apiVersion": st.just(API_VERSION),
        **({"inherits": files} if inherits else {}),
    }
    optional: dict[str, Values] = {
        "settings": objects(Settings),
        "defaults": _defaults(),
        "services": st.lists(_service(), max_size=2),
    }
    if inherits:
        optional["policies"] = both
    else:
        required["policies"] = both
    whole = st.fixed_dictionaries(required, optional=optional)
    return st.builds(_with_defaults_used, whole, st.booleans())


def _with_defaults_used(document: Document, is_lent: bool) -> Document:  # noqa: FBT001 (drawn)
    """Let SLOs leave out what the defaults of the file or of their service give."""
    document = copy.deepcopy(document)
    for service in document.get("services", ()) if is_lent else ():
        given = {**document.get("defaults", {}), **service.get("defaults", {})}
        for slo in service["slos"]:
            for key in given.keys() & slo.keys():
                del slo[key]
    return document
