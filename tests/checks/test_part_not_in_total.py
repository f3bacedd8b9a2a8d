"""A part of the events that is not narrowed as the total is, is a warning."""

from __future__ import annotations

import pytest

from slogen.checks.part_not_in_total import CHECK
from slogen.model import SLI, SLO, Events, Up
from tests.checks.checking import found, place_of


def slo(sli: SLI) -> SLO:
    """Return an SLO of an indicator."""
    return SLO(service="s", name="n", objective="99%", window="30d", sli=sli)


def test_says_what_it_finds() -> None:
    """The warning points at its cause, and says what to do."""
    sli = Events(total='hits{job="a"}', bad='hits{code="500"}')

    (said,) = found(CHECK, slo(sli))

    assert said.message == (
        's-n: bad events may be other events than those of total, which has job="a"'
    )
    assert said.remedy == "write bad_where, which repeats the matchers of total"
    assert (said.code, said.severity) == ("part-not-in-total", "warning")
    assert (said.argument, place_of(said)) == ("bad", "'hits{code=\"500\"}'")


@pytest.mark.parametrize(
    "sli",
    [
        Events(total='hits{job="a"}', bad='hits{job="b",code="500"}'),
        Events(total='hits{job="a"}', good='hits{code="200"}'),
        Events(total='hits{job!="a"}', bad='hits{code="500"}'),
        Events(total='hits{code=~"2..|5.."}', bad='hits{code=~"[45].."}'),
        Events(total='hits{code=~"5.."}', bad='hits{code!="200"}'),
    ],
)
def test_finds_it_elsewhere(sli: SLI) -> None:
    """Another value, good events, what the total leaves out, and values beyond its own."""
    assert len(found(CHECK, slo(sli))) == 1


@pytest.mark.parametrize(
    "sli",
    [
        Events(total='hits{job="a"}', bad='hits{code="500",job="a"}'),
        Events(total='hits{code!="404"}', bad='hits{code="500"}'),
        Events(total='hits{code=~"[45].."}', bad='hits{code="500"}'),
        Events(total='hits{code!="500"}', bad='hits{code="500"}'),
        Events(total='hits{code=~"2..|5.."}', bad='hits{code=~"5.."}'),
        Events(total='hits{code=~".+"}', good='hits{code=~"2..|3.."}'),
        Events(total='hits{code=~"[1-5].."}', good='hits{code=~"[1-4].."}'),
        Events(total='hits{code!="404"}', bad='hits{code!~"404|2.."}'),
        Events(total='hits{code!~"1.."}', good='hits{code=~"[2-4].."}'),
        Events(total='hits{path=~"/api/.*"}', bad='hits{path=~"/api/orders/.*"}'),
        Events(total='hits{job=~"shop.+"}', bad='hits{job=~"shop-(api|web)"}'),
        Events(total='hits{job="a"}', bad="errors"),
        Events(total='hits{job="a"}', bad='hits{x="1",x="2"}'),
        Up(gauge="up"),
    ],
)
def test_is_silent_otherwise(sli: SLI) -> None:
    """Repeated, implied, a part of its values, or an error of its own; and other metrics."""
    assert found(CHECK, slo(sli)) == []
