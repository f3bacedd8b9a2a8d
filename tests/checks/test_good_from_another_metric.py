"""Good events of another metric are a warning."""

from __future__ import annotations

import pytest

from slogen.checks.good_from_another_metric import CHECK
from slogen.model import SLI, SLO, Events, Up
from tests.checks.checking import found, place_of


def slo(sli: SLI) -> SLO:
    """Return an SLO of an indicator."""
    return SLO(service="s", name="n", objective="99%", window="30d", sli=sli)


def test_says_what_it_finds() -> None:
    """The warning points at its cause, and says what to do."""
    sli = Events(total="requests_total", good="answers_total")

    (said,) = found(CHECK, slo(sli))

    assert said.message == (
        "s-n: good events are counted by another metric than the total: what only "
        "one of the two counts looks like an error, or hides one"
    )
    assert said.remedy == "count bad events, or make good ones a part of the total with good_where"
    assert (said.code, said.severity) == ("good-from-another-metric", "warning")
    assert (said.argument, place_of(said)) == ("good", '"answers_total"')


@pytest.mark.parametrize(
    "sli",
    [
        Events(total="sum(rate(a[$window]))", good="sum(rate(b[$window]))"),
    ],
)
def test_finds_it_elsewhere(sli: SLI) -> None:
    """Queries have metrics, too."""
    assert len(found(CHECK, slo(sli))) == 1


@pytest.mark.parametrize(
    "sli",
    [
        Events(total="a", good='a{code="200"}'),
        Events(total="a", bad="b"),
        Events(total="seconds_count", good='seconds_bucket{le="0.3"}'),
        Events(
            total="sum(rate(seconds_count[$window]))",
            good='sum(rate(seconds_bucket{le="0.3"}[$window]))',
        ),
        Up(gauge="up"),
    ],
)
def test_is_silent_otherwise(sli: SLI) -> None:
    """A part of the total, bad events, and a bucket of the histogram whose count is the total."""
    assert found(CHECK, slo(sli)) == []
