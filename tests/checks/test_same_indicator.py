"""Two SLOs that measure the same are a warning."""

from __future__ import annotations

import attrs

from slogen.checks.same_indicator import CHECK
from slogen.model import SLO, Settings, Up
from tests.checks.checking import found_in_build, place_of


def slo(name: str, window: str = "30d", *, gauge: str = "up", offset: str | None = None) -> SLO:
    """Return an SLO of a gauge."""
    return SLO(
        service="s",
        name=name,
        objective="99%",
        window=window,
        sli=Up(gauge=gauge),
        settings=Settings(offset=offset),
    )


def test_warns_of_the_same_indicator_over_the_same_window() -> None:
    """The warning stands at the later one, and names the other and its place."""
    other = SLO(service="s", name="b", objective="95%", window="30d", sli=Up(gauge="up"))

    (warning,) = found_in_build(CHECK, slo("a"), other)

    assert warning.message == "s-b: it measures the same as s-a, over the same window"
    assert warning.details[0].startswith("the other one: tests/checks/test_same_indicator.py:")
    assert warning.remedy == "correct its query, or keep one of the two"
    assert (warning.code, warning.severity) == ("same-indicator", "warning")
    assert (warning.argument, place_of(warning)) == ("sli", 'Up(gauge="up")')


def test_is_silent_of_what_identity_tells_apart() -> None:
    """Each environment has a Prometheus of its own, whose series are its own."""
    production, staging = (
        attrs.evolve(slo(env), settings=Settings(identity={"env": env})) for env in ("p", "s")
    )

    assert found_in_build(CHECK, production, staging) == []


def test_is_silent_of_what_differs() -> None:
    """Other windows, other series and other times of reading are other SLOs."""
    others = slo("b", "7d"), slo("c", gauge='up{job="x"}'), slo("d", offset="1m")

    assert found_in_build(CHECK, slo("a"), *others) == []
