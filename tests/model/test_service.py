"""Services: names, owners and what all their SLOs share."""

from __future__ import annotations

from collections.abc import Hashable

import pytest

from slogen.errors import InvalidValue
from slogen.model import Service


def service(**arguments: object) -> Service:
    """Return a service with some arguments of one's own."""
    return Service(**{"name": "shop", **arguments})  # type: ignore[arg-type]


def test_a_name_is_enough() -> None:
    """All but the name is empty unless given."""
    made = Service("shop")

    assert made.name == "shop"
    assert (made.owner, made.tier, made.description, made.runbook) == ("", "", "", "")
    assert dict(made.labels) == {}


def test_keeps_what_is_given() -> None:
    """A service knows its owner, tier, description, runbook and labels."""
    made = service(
        owner="team-shop",
        tier="1",
        description="\nSells.\n",
        runbook="https://r",
        labels={"a": "b"},
    )

    assert (made.owner, made.tier, made.description) == ("team-shop", "1", "Sells.")
    assert made.runbook == "https://r"
    assert dict(made.labels) == {"a": "b"}


@pytest.mark.parametrize(
    ("argument", "value", "text"),
    [
        ("name", "", "is ''\n  allowed: 1 to 120 characters, no space at either end"),
        ("name", 5, "is 5\n  allowed: a text"),
        ("owner", "a\nb", "is 'a\\nb'\n  allowed: one line of printable characters"),
        ("tier", 1, "is 1\n  allowed: a text"),
        ("description", "a\tb", "is 'a\\tb'\n  allowed: lines of printable characters"),
        ("runbook", "x", "is 'x'\n  allowed: an address that begins with https:// or http://"),
        ("labels", "x", 'is \'x\'\n  allowed: a mapping such as {"team": "core"}'),
    ],
)
def test_refusals_name_the_argument(argument: str, value: object, text: str) -> None:
    """What is refused is blamed on the service's argument."""
    with pytest.raises(InvalidValue, match=rf"Service\.{argument} is") as caught:
        service(**{argument: value})

    assert str(caught.value) == f"Service.{argument} {text}"
    assert caught.value.argument == argument


def test_services_are_values() -> None:
    """Services are equal wherever they were written, by their labels too, hashable and frozen."""
    made = service(labels={"a": "b"})

    assert made == service(labels={"a": "b"})
    assert made != service()
    assert isinstance(made, Hashable)
    assert hash(made) == hash(service(labels={"a": "b"}))
    with pytest.raises(AttributeError, match="can't set attribute"):
        made.name = "x"  # type: ignore[misc]
    with pytest.raises(TypeError, match="does not support item assignment"):
        made.labels["a"] = "c"  # type: ignore[index]
