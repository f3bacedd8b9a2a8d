"""Series that are the same on each Prometheus are a warning where several are said to exist."""

from __future__ import annotations

from slogen.checks.given import Given
from slogen.checks.identity_shared import CHECK
from slogen.model import SLO, Settings, Up
from tests.checks.checking import found_given, place_of

TWO = Given(external_labels=("cluster", "region"))


def slo(**identity: str) -> SLO:
    """Return an SLO whose series have some labels more."""
    settings = Settings(identity=identity)
    sli = Up(gauge="up")
    return SLO(service="s", name="n", objective="99%", window="30d", sli=sli, settings=settings)


def test_says_what_to_write() -> None:
    """None of the labels in which the servers differ is in the identity."""
    (warning,) = found_given(CHECK, slo(env="prod"), TWO)

    assert warning.message == (
        "s-n: its series have no cluster or region, and are the same on each Prometheus"
    )
    assert warning.remedy == "write cluster into identity, with the value of each Prometheus"
    assert (warning.code, warning.severity) == ("identity-shared", "warning")
    assert place_of(warning).startswith("SLO(")


def test_is_silent_where_one_label_tells_them_apart() -> None:
    """One of the labels is enough, and without labels there is only one server."""
    assert found_given(CHECK, slo(region="eu"), TWO) == []
    assert found_given(CHECK, slo(), Given()) == []
