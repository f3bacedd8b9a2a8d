"""A division that may be 0/0 within an aggregation is a warning."""

from __future__ import annotations

import pytest

from slogen.checks.division_in_aggregation import CHECK
from slogen.model import SLI, SLO, ErrorRatio
from tests.checks.checking import found, place_of


def slo(sli: SLI) -> SLO:
    """Return an SLO of an indicator."""
    return SLO(service="s", name="n", objective="99%", window="30d", sli=sli)


def test_says_what_it_finds() -> None:
    """The warning points at its cause, and says what to do."""
    sli = ErrorRatio(query="avg(bad / total)")

    (said,) = found(CHECK, slo(sli))

    assert said.message == (
        "s-n: bad / total is NaN where both sides are 0, and then so is the whole aggregation"
    )
    assert said.remedy == "write (... > 0) around the divisor, or divide sums"
    assert (said.code, said.severity) == ("division-in-aggregation", "warning")
    assert (said.argument, place_of(said)) == ("query", "bad / total")


@pytest.mark.parametrize(
    "sli",
    [
        ErrorRatio(query="1 - avg by (job) (good / total)"),
        ErrorRatio(query="sum(1 - (good / total)) / 3"),
        ErrorRatio(query="quantile(0.9, -(bad / total))"),
    ],
)
def test_finds_it_elsewhere(sli: SLI) -> None:
    """Whatever is added to it, and by groups."""
    assert len(found(CHECK, slo(sli))) == 1


@pytest.mark.parametrize(
    "sli",
    [
        ErrorRatio(query="sum(bad) / sum(total)"),
        ErrorRatio(query="avg(bad / (total > 0))"),
        ErrorRatio(query="avg(bad / clamp_min(total, 1))"),
        ErrorRatio(query="max(bad / total)"),
        ErrorRatio(query="avg(bad / 100)"),
        ErrorRatio(query="avg(1 / total)"),
    ],
)
def test_is_silent_otherwise(sli: SLI) -> None:
    """Sums that are divided, divisors without zeros, the largest of several, and numbers."""
    assert found(CHECK, slo(sli)) == []
