"""Nodes become objects of any class, as an importer of another format would make them."""

from __future__ import annotations

import attrs
import pytest

from slogen.errors import InputError, InvalidValue
from slogen.formats.yaml.faults import in_reading_order
from slogen.formats.yaml.objects import Form, Structurer
from slogen.formats.yaml.reading import read
from slogen.formats.yaml.shapes import (
    TEXT,
    Choice,
    Count,
    Many,
    Nested,
    Plain,
    Shape,
    Switch,
    Table,
    Texts,
)
from slogen.source import Origin, caller

NUMBER = Plain(("int", "float"), "a number such as 99.9")


def _below(value: str) -> str:
    if float(value) >= 100:
        raise InvalidValue(
            "objective", value, "less than 100", origin=caller(), argument="objective"
        )
    return value


@attrs.frozen(kw_only=True)
class Alerting:
    """How somebody is paged."""

    name: str
    labels: dict[str, str] = attrs.field(factory=dict)


@attrs.frozen(kw_only=True)
class Target:
    """An objective."""

    name: str
    objective: str = attrs.field(converter=_below)
    alerting: Alerting | None = None
    origin: Origin | None = attrs.field(factory=caller, eq=False)


@attrs.frozen(kw_only=True)
class Spec:
    """A file."""

    service: str
    slos: tuple[Target, ...]


FORMS = {
    Spec: Form.of(Spec, {"service": TEXT, "slos": Many(Target)}),
    Target: Form.of(Target, {"name": TEXT, "objective": NUMBER, "alerting": Nested(Alerting)}),
    Alerting: Form.of(Alerting, {"name": TEXT, "labels": Table()}),
}
RIGHT = """\
service: shop
slos:
  - name: a
    objective: 99.9
    alerting: {name: page, labels: {team: core}}
"""
WRONG = """\
servic: shop
slos:
  - name: 5
    objectiv: 99.9
  - name: b
    objective: 101
  - objective: text
    alerting: page
"""


def structured(text: str) -> Spec:
    """Return the object that a text describes."""
    root = read(text.encode(), "a.yaml").root
    assert root is not None
    return Structurer(FORMS.__getitem__).structure(root, Spec)


def heads(text: str) -> list[str]:
    """Return the first lines of all faults of a text, in reading order."""
    with pytest.raises(InputError, match=r".") as caught:
        structured(text)
    return [str(fault.diagnostic).split("\n")[0] for fault in in_reading_order(caught.value.each())]


def test_makes_objects_in_objects() -> None:
    """Lists of objects and objects in objects are made in one go."""
    alerting = Alerting(name="page", labels={"team": "core"})

    assert structured(RIGHT) == Spec(
        service="shop", slos=(Target(name="a", objective="99.9", alerting=alerting),)
    )


def test_an_object_knows_its_place() -> None:
    """An argument ``origin`` is the mapping in the file, and points at its keys."""
    (target,) = structured(RIGHT).slos

    assert target.origin is not None
    assert str(target.origin.position("objective")) == "a.yaml:4:16"


def test_reports_every_fault() -> None:
    """Unknown and missing keys, types and what a class refuses are reported together, in order."""
    assert heads(WRONG) == [
        "a.yaml:1:1: error: servic is no key that slogen knows here",
        "a.yaml:3:11: error: name is the number 5",
        "a.yaml:4:5: error: objectiv is no key that slogen knows here",
        "a.yaml:6:16: error: objective is 101",
        "a.yaml:7:5: error: name is missing",
        'a.yaml:7:16: error: objective is the text "text"',
        'a.yaml:8:15: error: alerting is the text "page"',
    ]


def test_a_fault_without_a_place_comes_first() -> None:
    """What is about a whole file is read before what is about a line."""
    placed = InvalidValue("a", "1", "2", origin=read(b"a: 1", "a.yaml").root)
    bare = InvalidValue("b", "1", "2")

    assert in_reading_order([placed, bare]) == [bare, placed]


@pytest.mark.parametrize(
    ("shape", "allowed"),
    [
        (TEXT, "a text"),
        (Switch(), "true or false"),
        (Choice(("a", "b")), "a, b"),
        (Count(), "a whole number of at least 1, such as 3"),
        (Texts(), "a list"),
        (Many(Target), "a list"),
        (Table(), "a mapping"),
        (Nested(Target), "a mapping"),
    ],
)
def test_says_what_may_stand_behind_a_key_that_is_missing(shape: Shape, allowed: str) -> None:
    """Of whatever shape a key is, the fault says what is allowed."""
    root = read(b"service: shop", "a.yaml").root
    assert root is not None
    form = Form.of(Spec, {"service": TEXT, "slos": shape})

    with pytest.raises(InputError, match=rf"^slos is missing\n  allowed: {allowed}$"):
        Structurer(lambda _: form).structure(root, Spec)
