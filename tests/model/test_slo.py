"""SLOs: conversions, defaults, refusals and equality."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from slogen.errors import InvalidValue
from slogen.model import SLO, AlertPolicy, Events, Objective, Service, Window
from slogen.source import Position
from slogen.units import Duration

EVENTS = Events(total="requests", bad='requests{code="500"}')
SHOP = Service("shop", owner="team-shop", runbook="https://runbooks/shop")
ADDRESS = "allowed: an address that begins with https:// or http://"


def slo(**changes: object) -> SLO:
    """Return an SLO with some arguments of one's own."""
    arguments: dict[str, object] = {
        "service": SHOP,
        "name": "availability",
        "objective": "99.9%",
        "window": "30d",
        "sli": EVENTS,
    }
    return SLO(**{**arguments, **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize("objective", ["99.9%", 0.999, Decimal("0.999"), Objective("99.9%")])
@pytest.mark.parametrize("window", ["30d", "720h", Duration("30d"), timedelta(30), Window("30d")])
def test_converts_its_arguments(objective: object, window: object) -> None:
    """Whatever says the same makes the same SLO."""
    assert slo(objective=objective, window=window) == slo()


def test_a_service_may_be_a_name() -> None:
    """A text stands for the service of that name, without an owner."""
    assert slo(service="shop").service == Service("shop")


def test_the_id_is_made_of_service_and_name() -> None:
    """An id is ``<service>-<name>`` unless given."""
    assert slo().id == "shop-availability"
    assert slo(id="mine").id == "mine"


def test_inherits_from_the_service() -> None:
    """Owner and runbook are the service's, unless the SLO has its own, or wants none."""
    assert (slo().owner, slo().runbook) == ("team-shop", "https://runbooks/shop")
    assert slo(owner="other", runbook="https://x").owner == "other"
    assert slo(runbook="https://x").runbook == "https://x"
    assert slo(runbook="").runbook == ""


def test_has_the_standard_alerts() -> None:
    """An SLO alerts by the standard policy unless told otherwise."""
    assert slo().alerts == AlertPolicy.standard()
    assert slo(alerts=AlertPolicy()) == slo()
    assert slo(alerts=AlertPolicy.none()) != slo()


def test_all_else_is_empty() -> None:
    """Groups, description and labels are empty unless given."""
    assert slo().group_by == ()
    assert slo().description == ""
    assert dict(slo().labels) == {}


def test_groups_by_one_label_or_several() -> None:
    """One label may stand alone; several keep their order."""
    assert slo(group_by="tenant").group_by == ("tenant",)
    assert slo(group_by=["tenant", "job"]).group_by == ("tenant", "job")


@pytest.mark.parametrize(
    ("argument", "value", "text"),
    [
        ("service", "", "ARG is ''\n  allowed: 1 to 120 characters, no space at either end"),
        ("service", 5, "ARG is 5\n  allowed: a text"),
        ("name", " a", "ARG is ' a'\n  allowed: 1 to 120 characters, no space at either end"),
        ("objective", "100%", 'ARG is "100%"\n  allowed: more than 0 % and less than 100 %'),
        ("window", "90m", 'ARG is "90m"\n  allowed: whole hours, from 1h to 366d'),
        ("sli", "x", "ARG is 'x'\n  allowed: an SLI, such as Events(total=..., bad=...)"),
        ("id", "", "ARG is ''\n  allowed: 1 to 120 characters, no space at either end"),
        ("group_by", "le", 'ARG is "le"\n  allowed: a label that neither slogen nor an alert sets'),
        ("alerts", None, "ARG is None\n  allowed: an AlertPolicy, such as AlertPolicy.standard()"),
        ("owner", None, "ARG is None\n  allowed: a text"),
        ("description", "a\tb", "ARG is 'a\\tb'\n  allowed: lines of printable characters"),
        ("runbook", "ftp://x", f"ARG is 'ftp://x'\n  {ADDRESS}"),
        (
            "labels",
            {"slo_id": "x"},
            'a key of ARG is "slo_id"\n  allowed: a label that neither slogen nor',
        ),
    ],
)
def test_refusals_name_the_argument(argument: str, value: object, text: str) -> None:
    """What is refused is blamed on the SLO's argument."""
    with pytest.raises(InvalidValue, match=r" is ") as caught:
        slo(**{argument: value})

    assert str(caught.value).startswith(text.replace("ARG", f"SLO.{argument}"))
    assert caught.value.argument == argument


def test_an_id_made_of_long_names_is_refused() -> None:
    """Two long names make an id that is too long, and that is what the fault is about."""
    with pytest.raises(InvalidValue, match=r"SLO\.id is .*\n  allowed: 1 to 120 characters"):
        slo(service="s" * 100, name="n" * 100)


@pytest.mark.parametrize("label", ["tier", "objective", "window", "kind", "runbook_url"])
def test_refuses_labels_that_the_description_sets(label: str) -> None:
    """A label that slogen writes on its info series would be lost without a word."""
    with pytest.raises(InvalidValue, match=r"SLO\.labels is"):
        slo(labels={label: "mine"})


def test_two_slos_are_equal_wherever_they_stand() -> None:
    """The position is no part of an SLO's meaning."""
    moved = slo(origin=Position("elsewhere.py", 1, 1))

    assert moved == slo()
    assert hash(moved) == hash(slo())
    assert "origin" not in repr(moved)


def test_slos_of_other_meaning_differ() -> None:
    """Every argument counts, the labels too."""
    others = [slo(name="x"), slo(objective="99%"), slo(window="7d"), slo(labels={"a": "b"})]

    assert all(other != slo() for other in others)


def test_slos_are_frozen() -> None:
    """An SLO is not changed once it is made."""
    made = slo()

    with pytest.raises(AttributeError, match="can't set attribute"):
        made.name = "x"  # type: ignore[misc]
