"""The schema and the loader agree: hypothesis in both ways, and every key with every type.

What the loader refuses and the schema accepts has one of these codes: ``invalid-value`` where a
value is out of range or a name is not defined, ``invalid-promql``, and ``missing-key`` for an
objective or a window that an inherited file might have given.
"""

from __future__ import annotations

import ast
import json
import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from jsonschema import Draft202012Validator

from slogen.errors import InputError, InvalidValue
from slogen.formats.slogen_yaml.document import Loader
from slogen.formats.slogen_yaml.keys import (
    API_VERSION,
    DEFAULTS,
    KINDS,
    key_names,
    keys_of,
)
from slogen.formats.slogen_yaml.schema import schema
from slogen.formats.slogen_yaml.structure import structure
from slogen.formats.yaml.nodes import MappingNode, ObjectNode
from slogen.formats.yaml.reading import read
from slogen.formats.yaml.shapes import Choice, Table, Tables
from slogen.model import SLO, Alert, AlertPolicy, Events, Service, Settings, Tier
from tests.formats.slogen_yaml.documents import BASE, POLICY, Document, documents, hosted
from tests.formats.slogen_yaml.mistakes import JUNK, nearly_right

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SMALLEST: dict[type, dict[str, Document]] = {
    Service: {"name": "shop"},
    SLO: {"name": "a", "objective": "99%", "window": "30d", "sli": {"up": {"gauge": "up"}}},
    Settings: {},
    AlertPolicy: {},
    Alert: {},
    Tier: {"severity": "page", "long": "1h", "burn_rate": 14.4},
    Events: {"total": "a_total", "bad": "b_total"},
    KINDS["latency"]: {"histogram": "a_seconds", "under": "1s"},
    KINDS["error_ratio"]: {"query": "up"},
    KINDS["time_slices"]: {"query": "up", "good_when": "< 1"},
    KINDS["up"]: {"gauge": "up"},
}
CLASSES = tuple(SMALLEST)
STRUCTURE = {"wrong-type", "unknown-key", "missing-key"}
SCHEMA = schema()
VALIDATOR = Draft202012Validator(SCHEMA)
_WORDS = {
    word.name: word.shape.words if isinstance(word.shape, Choice) else word.shape.names
    for cls in CLASSES
    for word in keys_of(cls)
    if isinstance(word.shape, Choice | Table | Tables)
}
# What is wrong with which keys stand together: that, too, is structure.
_TOGETHER = re.compile(
    r"of \d+ kinds|without a kind|given (without bad|both|beside (bad|good|spends)\b).*"
    r"|.*, which is a preset"
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a file that documents can inherit."""
    folder = tmp_path_factory.mktemp("definitions")
    base = {"apiVersion": API_VERSION, "policies": {POLICY: {"stale": False}}}
    (folder / BASE).write_text(json.dumps(base))
    return folder


def _faults(folder: Path, document: Document) -> list[InputError]:
    """Return what the loader says to a document, as JSON in a YAML file."""
    (folder / "slos.yaml").write_text(json.dumps(document, ensure_ascii=False), "utf-8")
    loader = Loader()
    loader.load(folder / "slos.yaml")
    return loader.faults


def _is_structure(fault: InputError, document: Document) -> bool:
    """Tell whether a fault is one that the schema has to see."""
    if not isinstance(fault, InvalidValue):
        return False
    if fault.code == "missing-key" and fault.subject in DEFAULTS and "inherits" in document:
        return False
    if fault.code in STRUCTURE or fault.subject == "apiVersion":
        return True
    words = _WORDS.get(fault.subject, ())
    is_stranger = bool(words) and _literal(fault.found) not in {None, *words}
    return is_stranger or bool(_TOGETHER.fullmatch(fault.found))


def _literal(found: str) -> object:
    """Return the value that a message shows; None if it says more than that."""
    try:
        return ast.literal_eval(found)
    except (SyntaxError, ValueError):
        return None


def _disagreements(folder: Path, document: Document) -> list[str]:
    """Return how the loader and the schema disagree on a document."""
    faults = _faults(folder, document)
    errors = [f"{error.json_path}: {error.message}" for error in VALIDATOR.iter_errors(document)]
    if errors and not faults:
        return errors
    seen = [str(fault) for fault in faults if _is_structure(fault, document)]
    return [] if errors else seen


def test_the_schema_is_one() -> None:
    """It is valid JSON Schema of the draft that it names."""
    Draft202012Validator.check_schema(SCHEMA)

    assert SCHEMA["$schema"] == Draft202012Validator.META_SCHEMA["$id"]


def _parts(part: object, path: str = "$") -> Iterator[tuple[str, object]]:
    """Yield every part of the schema with its path."""
    yield path, part
    for key, value in part.items() if isinstance(part, dict) else ():
        yield from _parts(value, f"{path}.{key}")
    for number, value in enumerate(part if isinstance(part, list) else ()):
        yield from _parts(value, f"{path}[{number}]")


def test_every_key_is_described() -> None:
    """An editor has something to show for each key, wherever it stands."""
    keys = [
        (f"{path}.{key}", value)
        for path, part in _parts(SCHEMA)
        if isinstance(part, dict) and part.get("type") == "object"
        for key, value in part.get("properties", {}).items()
    ]

    assert len(keys) > 80
    assert [path for path, value in keys if not value.get("description")] == []


def test_every_definition_is_referred_to() -> None:
    """No definition is left over, and none is missing."""
    references = {value for path, value in _parts(SCHEMA) if path.endswith(".$ref")}

    assert references == {f"#/$defs/{title}" for title in SCHEMA["$defs"]}


@pytest.mark.parametrize("cls", CLASSES, ids=lambda cls: cls.__name__)
def test_a_default_is_what_a_missing_key_means(cls: type) -> None:
    """A key with the default that the schema shows changes nothing."""
    right = {**SMALLEST[cls], **({"service": None} if cls is SLO else {})}
    defaults = _defaults(cls)

    assert _made(cls, {**right, **defaults}) == _made(cls, right)


def test_there_are_defaults() -> None:
    """What a person would want to know is said: which alerts there are without a word."""
    assert _defaults(SLO) == {"alerts": "standard"}
    assert _defaults(AlertPolicy) == {
        "min_bad_events": 3,
        "exhausted": True,
        "low": False,
        "low_below": "25%",
        "violated": False,
        "stale": True,
        "stale_groups": False,
        "incomplete": False,
    }


def _defaults(cls: type) -> dict[str, Document]:
    keys = SCHEMA["$defs"][cls.__name__]["properties"]
    return {key: value["default"] for key, value in keys.items() if "default" in value}


def _made(cls: type, value: Document) -> object:
    node = read(json.dumps(value).encode(), "slos.yaml").root
    assert isinstance(node, MappingNode)
    if "service" in node:
        node = node.with_entries(service=ObjectNode(node, Service("shop", origin=None)))
    return structure(node, cls)


@given(documents())
def test_right_documents_are_right_to_both(folder: Path, document: Document) -> None:
    """What is made from the loader's own words is accepted by the loader and by the schema."""
    faults = _faults(folder, document)

    assert not [str(fault) for fault in faults]
    VALIDATOR.validate(document)


@given(nearly_right())
def test_both_agree_on_documents_next_to_right(folder: Path, document: Document) -> None:
    """What the loader accepts the schema accepts; what it refuses for structure, it refuses."""
    assert _disagreements(folder, document) == []


@pytest.mark.parametrize("cls", CLASSES, ids=lambda cls: cls.__name__)
def test_both_agree_on_every_key_with_every_type(folder: Path, cls: type) -> None:
    """Each key of each class is given each kind of value in turn, and left out."""
    right = SMALLEST[cls]
    for key in (*key_names(cls), "stranger", ""):
        without = {name: value for name, value in right.items() if name != key}
        for candidate in (without, *({**without, key: junk} for junk in JUNK)):
            assert _disagreements(folder, hosted(cls, candidate)) == [], candidate


UP: Document = {"up": {"gauge": "up"}}
TWO_KINDS: Document = {**UP, "error_ratio": {"query": "up"}}


@pytest.mark.parametrize(
    ("cls", "value"),
    [
        (SLO, {**SMALLEST[SLO], "sli": {}}),
        (SLO, {**SMALLEST[SLO], "sli": TWO_KINDS}),
        (Events, {"total": "a"}),
        (Events, {"total": "a", "bad": "b", "good": "c"}),
        (Events, {"total": "a", "bad": "b", "bad_where": 'c="d"'}),
        (Events, {"total": "a", "bad": "b", "good_where": 'c="d"'}),
        (Events, {"total": "a", "bad_where": 'c="d"', "good_where": 'c="d"'}),
        (Tier, {"severity": "page", "long": "1h"}),
        (Tier, {"severity": "page", "long": "1h", "burn_rate": 2, "spends": "2%"}),
    ],
)
def test_both_refuse_keys_that_do_not_go_together(folder: Path, cls: type, value: Document) -> None:
    """Exactly one of several keys is structure, too."""
    document = hosted(cls, value)

    assert _faults(folder, document)
    assert not VALIDATOR.is_valid(document)


def test_both_refuse_a_policy_with_the_name_of_a_preset(folder: Path) -> None:
    """Nobody could refer to it."""
    document = {"apiVersion": API_VERSION, "policies": {"standard": {}}}

    assert _faults(folder, document)
    assert not VALIDATOR.is_valid(document)


@pytest.mark.parametrize("key", ["objective", "window"])
@pytest.mark.parametrize("place", ["nowhere", "slo", "service", "file"])
def test_somebody_has_to_give_an_objective_and_a_window(folder: Path, key: str, place: str) -> None:
    """An SLO may leave to the defaults of its service or of the file what it does not say."""
    given = {"objective": "99%", "window": "30d"}
    value = given.pop(key)
    places: dict[str, Document] = {
        "nowhere": {},
        "slo": {"name": "a", "sli": UP, **given},
        "service": {"name": "shop", "defaults": {}},
        "file": {"apiVersion": API_VERSION, "defaults": {}},
    }
    (places[place] if place in {"nowhere", "slo"} else places[place]["defaults"])[key] = value
    document = {**places["file"], "services": [{**places["service"], "slos": [places["slo"]]}]}
    is_right = place != "nowhere"

    assert bool(_faults(folder, document)) is not is_right
    assert VALIDATOR.is_valid(document) is is_right


def test_a_schema_cannot_know_what_an_inherited_file_gives(folder: Path) -> None:
    """What a file that inherits leaves out is missed by the loader alone."""
    service = {"name": "shop", "slos": [{"name": "a", "sli": UP}]}
    document = {"apiVersion": API_VERSION, "inherits": BASE, "services": [service]}

    assert {fault.code for fault in _faults(folder, document)} == {"missing-key"}
    assert VALIDATOR.is_valid(document)
