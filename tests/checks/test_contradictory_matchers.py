"""A selector that selects nothing stops the build."""

from __future__ import annotations

import pytest

from slogen.checks.contradictory_matchers import CHECK
from slogen.model import SLI, SLO, ErrorRatio, Events, Latency, Up
from slogen.promql.selector import Selector
from tests.checks.checking import found, place_of


def slo(sli: SLI) -> SLO:
    """Return an SLO of an indicator."""
    return SLO(service="s", name="n", objective="99%", window="30d", sli=sli)


def test_refuses_matchers_that_exclude_each_other() -> None:
    """The error points at the later of the two, and names both."""
    sli = Events(total="hits_total", bad='hits_total{code="500",code=~"4.."}')

    (error,) = found(CHECK, slo(sli))

    assert error.message == (
        'bad of s-n selects nothing: no series has both code="500" and code=~"4.."'
    )
    assert error.remedy == "remove one of the two matchers"
    assert (error.code, error.severity) == ("contradictory-matchers", "error")
    assert (error.argument, place_of(error)) == ("bad", 'code=~"4.."')


def test_refuses_a_part_that_contradicts_its_total() -> None:
    """What `where` adds is held against what the total says."""
    total = Selector('hits_total{code!~"5.."}')

    (error,) = found(CHECK, slo(Events(total=total, bad=total.where('code=~"5.."'))))

    assert 'no series has both code!~"5.." and code=~"5.."' in error.message


def test_refuses_bad_events_that_the_total_leaves_out() -> None:
    """A total without the bad events is no total: the remedy is there."""
    sli = Events(total='hits_total{code!~"5.."}', bad='hits_total{code="503"}')

    (error,) = found(CHECK, slo(sli))

    assert error.message == 'bad of s-n has code="503", which total leaves out by code!~"5.."'
    assert error.remedy == 'remove code!~"5.." from total: it counts all events'


@pytest.mark.parametrize(
    "sli",
    [
        ErrorRatio(query='sum(a{x="1",x!="1"}) / sum(a)'),
        Latency(histogram='rpc_seconds{job="a",job="b"}', under="200ms"),
        Up(gauge='up{job="",job=~".+"}'),
        Events(total='a{x="1",x="2"}', good="b"),
    ],
    ids=["error ratio", "latency", "up", "total"],
)
def test_looks_at_every_selector(sli: SLI) -> None:
    """Whatever kind of SLI it is, and within queries, a selector has to select something."""
    assert len(found(CHECK, slo(sli))) == 1


@pytest.mark.parametrize(
    "sli",
    [
        Events(total='hits_total{code!="404"}', bad='hits_total{code!="404",code=~"5.."}'),
        Events(total='hits_total{job="gateway"}', bad='hits_total{job="backend",code=~"5.."}'),
        Events(total='hits_total{code!~"5.."}', bad='errors_total{code=~"5.."}'),
        Up(gauge='up{job=~"a.*",job=~".*b"}'),
        Up(gauge='up{job=~"(?i)a",job="A"}'),
    ],
    ids=["narrowed", "two places", "two metrics", "overlapping", "unknown"],
)
def test_is_silent_of_what_may_be_there(sli: SLI) -> None:
    """Nothing is refused that some series could satisfy."""
    assert found(CHECK, slo(sli)) == []
