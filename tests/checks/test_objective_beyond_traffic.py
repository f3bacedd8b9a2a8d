"""An objective that a single bad event breaks is a warning."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given as drawn
from hypothesis import strategies as st

from slogen.checks.given import Given
from slogen.checks.objective_beyond_traffic import CHECK
from slogen.model import SLO, Events, Up
from tests.checks.checking import found_given, place_of

EVENTS = Events(total="requests", bad="errors")


def slo(objective: str = "99.9%", window: str = "30d", sli: Events | Up = EVENTS) -> SLO:
    """Return an SLO."""
    return SLO(service="s", name="n", objective=objective, window=window, sli=sli)


def test_says_which_objective_the_traffic_can_show() -> None:
    """Ten events a day are 300 in 30 days, of which 0.3 may be bad."""
    (warning,) = found_given(CHECK, slo(), Given(traffic=10))

    assert warning.message == (
        "s-n: at 10 events a day 30d has 300 of them, and a single bad one breaks an objective "
        "of 99.9%"
    )
    assert warning.remedy == "write an objective of at most 99.6%, or a longer window"
    assert (warning.code, warning.severity) == ("objective-beyond-traffic", "warning")
    assert (warning.argument, place_of(warning)) == ("objective", "objective")


def test_a_window_without_events_needs_a_longer_one() -> None:
    """One event in the whole window allows no objective at all."""
    (warning,) = found_given(CHECK, slo(window="1d"), Given(traffic=1))

    assert warning.remedy == "write a longer window, or count time"


@drawn(st.integers(2, 10**7), st.sampled_from(["6h", "1d", "30d"]))
def test_what_it_asks_for_is_fine(traffic: int, window: str) -> None:
    """The objective of the remedy allows a bad event."""
    for warning in found_given(CHECK, slo("99.99999%", window), Given(traffic=traffic)):
        if "objective of at most" in warning.remedy:
            objective = warning.remedy.partition("at most ")[2].partition(",")[0]
            assert Decimal(objective.removesuffix("%")) > 0
            assert found_given(CHECK, slo(objective, window), Given(traffic=traffic)) == []


def test_is_silent_of_what_allows_one() -> None:
    """A thousand events allow one bad event of 99.9 %; kinds that count time have no traffic."""
    assert found_given(CHECK, slo(window="1d"), Given(traffic=1_000)) == []
    assert found_given(CHECK, slo(sli=Up(gauge="up")), Given(traffic=1)) == []
    assert found_given(CHECK, slo(), Given()) == []
