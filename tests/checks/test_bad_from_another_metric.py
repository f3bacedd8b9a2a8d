"""Bad events of another metric are a note."""

from __future__ import annotations

import pytest

from slogen.checks.bad_from_another_metric import CHECK
from slogen.model import SLI, SLO, Events, Up
from tests.checks.checking import found, place_of


def slo(sli: SLI) -> SLO:
    """Return an SLO of an indicator."""
    return SLO(service="s", name="n", objective="99%", window="30d", sli=sli)


def test_says_what_it_finds() -> None:
    """The note points at its cause, and says what to do."""
    sli = Events(total="requests_total", bad="errors_total")

    (said,) = found(CHECK, slo(sli))

    assert said.message == (
        "s-n: errors_total counts bad events, which requests_total has to count as well"
    )
    assert said.remedy == "if it does not, write a query that adds both as the total"
    assert (said.code, said.severity) == ("bad-from-another-metric", "note")
    assert (said.argument, place_of(said)) == ("bad", '"errors_total"')


@pytest.mark.parametrize(
    "sli",
    [
        Events(total='a{job="x"}', bad='b{job="x"}'),
    ],
)
def test_finds_it_elsewhere(sli: SLI) -> None:
    """Whatever labels they have in common."""
    assert len(found(CHECK, slo(sli))) == 1


@pytest.mark.parametrize(
    "sli",
    [
        Events(total="a", bad='a{code="500"}'),
        Events(total="a", good="b"),
        Events(total="sum(rate(a[$window]))", bad="sum(rate(b[$window]))"),
        Up(gauge="up"),
    ],
)
def test_is_silent_otherwise(sli: SLI) -> None:
    """A part of the total, good events, and queries, which say what they add."""
    assert found(CHECK, slo(sli)) == []
