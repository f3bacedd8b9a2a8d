"""The JSON Schema of slogen YAML, for editors and for whoever writes definitions by program.

All that the loader accepts, the schema accepts. What the loader refuses for its structure (another
type, an unknown key, a key that is missing, a word that is none of a few) the schema refuses, but
for what no schema can know: what a name refers to, and what inherited files hold. Ranges and
PromQL are the loader's business.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from slogen.formats.definitions.scalars import SCALARS
from slogen.formats.definitions.shapes import TEXT, Many, Nested, Tagged, Texts
from slogen.formats.definitions.words import (
    API_VERSION,
    DEFAULTS,
    FILE_KEYS,
    KINDS,
    PARTS,
    PRESETS,
    SERVICE_KEYS,
    keys_of,
    required_keys,
    summary,
    words_of,
)
from slogen.model import SLO, Alert, AlertPolicy, Events, Service, Settings, Tier

if TYPE_CHECKING:
    from collections.abc import Iterable

    from slogen.formats.definitions.shapes import JSON
    from slogen.formats.definitions.words import Word

DIALECT = "https://json-schema.org/draft/2020-12/schema"
ID = "urn:slogen:schema:v1"

_MORE = {
    "bad_where": 'Matchers that make bad events of the total, such as `code=~"5.."`.',
    "good_where": 'Matchers that make good events of the total, such as `code!~"5.."`.',
    "based_on": "The name of a policy; what this one does not say is taken from it.",
}
"""What keys mean that no argument has."""
_SLI = "SLI"
_DEFAULTS = "Defaults"


def schema() -> JSON:
    """Return the schema of a file of definitions, in JSON Schema 2020-12.

    >>> schema()["required"]
    ['apiVersion']
    """
    return {
        "$schema": DIALECT,
        "$id": ID,
        **_object("slogen YAML", "Definitions of SLOs as data.", _file(), ("apiVersion",)),
        "allOf": [_somewhere(key) for key in required_keys(SLO) if key in DEFAULTS],
        "$defs": {
            "Service": _service(),
            "SLO": _slo(),
            _DEFAULTS: _defaults(),
            _SLI: _sli(),
            **{cls.__name__: _of(cls) for cls in KINDS.values()},
            **{cls.__name__: _of(cls) for cls in (AlertPolicy, Alert, Tier, Settings)},
            **{shape.title: shape.definition() for shape in SCALARS},
        },
    }


def _object(title: str, description: str, keys: dict[str, JSON], required: Iterable[str]) -> JSON:
    """Return the schema of a mapping that has these keys and no others."""
    demanded = list(required)
    return {
        "title": title,
        "description": description,
        "type": "object",
        "properties": keys,
        **({"required": demanded} if demanded else {}),
        "additionalProperties": False,
    }


def _file() -> dict[str, JSON]:
    values: dict[str, JSON] = {
        "apiVersion": {"const": API_VERSION},
        "inherits": Texts().schema(),
        "settings": Nested(Settings).schema(),
        "defaults": _reference(_DEFAULTS),
        "policies": _named(Nested(AlertPolicy).schema(), PRESETS),
        "services": Many(Service).schema(),
    }
    return {key: {"description": told, **values[key]} for key, told in FILE_KEYS.items()}


def _service() -> JSON:
    values: dict[str, JSON] = {
        "slis": _named(_reference(_SLI)),
        "defaults": _reference(_DEFAULTS),
        "slos": Many(SLO).schema(),
    }
    own = {key: {"description": told, **values[key]} for key, told in SERVICE_KEYS.items()}
    keys = {**_keys(words_of(Service)), **own}
    return _object("Service", summary(Service), keys, (*required_keys(Service), "slos"))


def _slo() -> JSON:
    required = (key for key in required_keys(SLO) if key not in DEFAULTS)
    return _object("SLO", summary(SLO), _keys(words_of(SLO)), required)


def _defaults() -> JSON:
    # What an SLO is where nobody says it is no default of the defaults.
    words = (attrs.evolve(word, default=None) for word in words_of(SLO) if word.key in DEFAULTS)
    return _object(_DEFAULTS, "What SLOs take that do not say it themselves.", _keys(words), ())


def _sli() -> JSON:
    kinds = {
        tag: {"description": summary(cls), **Nested(cls).schema()} for tag, cls in KINDS.items()
    }
    description = "A service level indicator: what is counted, with its kind as the only key."
    return {**_object(_SLI, description, kinds, ()), "minProperties": 1, "maxProperties": 1}


def _of(cls: type) -> JSON:
    """Return the schema of the arguments of a class."""
    keys = _keys(words_of(cls))
    more = (key for key in keys_of(cls) if key not in keys)
    keys |= {key: {"description": _MORE[key], **TEXT.schema()} for key in more}
    whole = _object(cls.__name__, summary(cls), keys, required_keys(cls))
    alternatives = {Events: (*PARTS, *PARTS.values()), Tier: ("burn_rate", "spends")}.get(cls, ())
    one_of = {"oneOf": [{"required": [key]} for key in alternatives]}
    return {**whole, **one_of} if alternatives else whole


def _keys(words: Iterable[Word]) -> dict[str, JSON]:
    return {word.key: _key(word) for word in words}


def _key(word: Word) -> JSON:
    told = {"description": word.description, **word.shape.schema()}
    if isinstance(word.shape, Tagged):
        told["description"] += " A text is the name of one of the service's `slis`."
    if isinstance(word.shape, Nested) and word.shape.is_named:
        told["description"] += " Another text is the name of one of the `policies`."
    return told if word.default is None else {**told, "default": word.default}


def _named(one: JSON, taken: Iterable[str] = ()) -> JSON:
    """Return the schema of names with what they stand for."""
    names = {"propertyNames": {"not": {"enum": list(taken)}}} if taken else {}
    return {"type": "object", **names, "additionalProperties": one}


def _reference(title: str) -> JSON:
    return {"$ref": f"#/$defs/{title}"}


def _somewhere(key: str) -> JSON:
    """Return that every SLO has a key, unless the file, its service or another file gives it."""
    given = {"required": ["defaults"], "properties": {"defaults": {"required": [key]}}}
    slos = {"properties": {"slos": {"items": {"required": [key]}}}}
    services = {"items": {"if": given, "else": slos}}
    return {
        "if": {"anyOf": [{"required": ["inherits"]}, given]},
        "else": {"properties": {"services": services}},
    }
