"""A regex without effect is a warning."""

from __future__ import annotations

import pytest

from slogen.checks.regex_without_effect import CHECK
from slogen.model import SLI, SLO, ErrorRatio, Events, Latency, Up
from tests.checks.checking import found, place_of


def slo(sli: SLI) -> SLO:
    """Return an SLO of an indicator."""
    return SLO(service="s", name="n", objective="99%", window="30d", sli=sli)


def test_says_what_it_finds() -> None:
    """The warning points at its cause, and says what to do."""
    sli = Events(total='hits{path=~".*"}', bad="errors")

    (said,) = found(CHECK, slo(sli))

    assert said.message == ('s-n: the regex of path=~".*" matches everything')
    assert said.remedy == 'leave it out, or write path=~".+" for series with the label'
    assert (said.code, said.severity) == ("regex-without-effect", "warning")
    assert (said.argument, place_of(said)) == ("total", 'path=~".*"')


@pytest.mark.parametrize(
    "sli",
    [
        Up(gauge='up{job!~".*"}'),
        Latency(histogram='rpc_seconds{job=~"a|.*"}', under="1s"),
        ErrorRatio(query='sum(a{x=~"(.*)"}) / sum(b)'),
    ],
)
def test_finds_it_elsewhere(sli: SLI) -> None:
    """In every selector, negated or one of several alternatives."""
    assert len(found(CHECK, slo(sli))) == 1


@pytest.mark.parametrize(
    "sli",
    [
        Events(total='hits{path=~".+"}', bad="errors"),
        Events(total='hits{path=~"/a.*"}', bad="errors"),
        Up(gauge='up{job=".*"}'),
    ],
)
def test_is_silent_otherwise(sli: SLI) -> None:
    """A regex that tells series apart, or a text that only reads like one."""
    assert found(CHECK, slo(sli)) == []
