"""The JSON Schema of slogen YAML, for editors and for whoever writes definitions by program.

All that the loader accepts, the schema accepts. What the loader refuses for its structure (another
type, an unknown key, a key that is missing, a word that is none of a few) the schema refuses, but
for what no schema can know: what a name refers to, and what inherited files hold. Ranges and
PromQL are the loader's business.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from slogen.formats.slogen_yaml.keys import (
    API_VERSION,
    DEFAULTS,
    FILE_KEYS,
    KINDS,
    LIBRARY,
    PARTS,
    PRESETS,
    SERVICE_KEYS,
    key_names,
    keys_of,
    required_keys,
    summary,
)
from slogen.formats.slogen_yaml.values import SCALARS
from slogen.formats.yaml.shapes import TEXT, Many, Nested, Tagged, Texts
from slogen.model import SLO, Alert, AlertPolicy, Events, Service, Settings, Tier

if TYPE_CHECKING:
    from collections.abc import Iterable

    from slogen.formats.yaml.objects import Key
    from slogen.formats.yaml.shapes import JSON

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
_LIBRARY = "Library"
_ABOUT_LIBRARY = "An entry of the library: a ready indicator for something that people run."


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
            **_library(),
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
    return {key: {"description": said, **values[key]} for key, said in FILE_KEYS.items()}


def _service() -> JSON:
    values: dict[str, JSON] = {
        "slis": _named(_reference(_SLI)),
        "defaults": _reference(_DEFAULTS),
        "slos": Many(SLO).schema(),
    }
    own = {key: {"description": said, **values[key]} for key, said in SERVICE_KEYS.items()}
    keys = {**_keys(keys_of(Service)), **own}
    return _object("Service", summary(Service), keys, (*required_keys(Service), "slos"))


def _slo() -> JSON:
    required = (key for key in required_keys(SLO) if key not in DEFAULTS)
    return _object("SLO", summary(SLO), _keys(keys_of(SLO)), required)


def _defaults() -> JSON:
    # What an SLO is where nobody says it is no default of the defaults.
    keys = (attrs.evolve(key, default=None) for key in keys_of(SLO) if key.name in DEFAULTS)
    return _object(_DEFAULTS, "What an SLO has if it does not say it itself.", _keys(keys), ())


def _sli() -> JSON:
    kinds = {
        tag: {"description": summary(cls), **Nested(cls).schema()} for tag, cls in KINDS.items()
    }
    kinds[LIBRARY] = {"description": _ABOUT_LIBRARY, **_reference(_LIBRARY)}
    description = "A service level indicator: what is counted, with its kind as the only key."
    return {**_object(_SLI, description, kinds, ()), "minProperties": 1, "maxProperties": 1}


def _library() -> dict[str, JSON]:
    """Return the schema of the key `library`, and those of the arguments of each entry."""
    from slogen.formats.slogen_yaml.library import entry_keys  # noqa: PLC0415 (start-up)
    from slogen.formats.slogen_yaml.library import summary as summary_of  # noqa: PLC0415 (start-up)
    from slogen.library import entries  # noqa: PLC0415 (start-up)

    known = entries().values()
    names: dict[str, JSON] = {
        entry.name: {"description": summary_of(entry), **_reference(entry.name)} for entry in known
    }
    whole = {**_object(_LIBRARY, _ABOUT_LIBRARY, names, ()), "minProperties": 1, "maxProperties": 1}
    arguments = {
        entry.name: _object(
            entry.name,
            summary_of(entry),
            _keys(entry_keys(entry)),
            (key.name for key in entry_keys(entry) if key.is_required),
        )
        for entry in known
    }
    return {_LIBRARY: whole, **arguments}


def _of(cls: type) -> JSON:
    """Return the schema of the arguments of a class."""
    keys = _keys(keys_of(cls))
    more = (key for key in key_names(cls) if key not in keys)
    keys |= {key: {"description": _MORE[key], **TEXT.schema()} for key in more}
    whole = _object(cls.__name__, summary(cls), keys, required_keys(cls))
    alternatives = {Events: (*PARTS, *PARTS.values()), Tier: ("burn_rate", "spends")}.get(cls, ())
    one_of = {"oneOf": [{"required": [key]} for key in alternatives]}
    return {**whole, **one_of} if alternatives else whole


def _keys(keys: Iterable[Key]) -> dict[str, JSON]:
    return {key.name: _key(key) for key in keys}


def _key(key: Key) -> JSON:
    said = {"description": key.description, **key.shape.schema()}
    if isinstance(key.shape, Tagged):
        said["description"] += " A text is the name of one of the service's `slis`."
    if isinstance(key.shape, Nested) and key.shape.is_named:
        said["description"] += " Another text is the name of one of the `policies`."
    return said if key.default is None else {**said, "default": key.default}


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
