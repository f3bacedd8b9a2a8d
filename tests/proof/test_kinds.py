"""Counters that are made for an SLI: its own selectors select them, and pass over the others."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from slogen import ErrorRatio, Events, Latency, Selector, TimeSlices, Up
from slogen.proof.groups import group_labels
from slogen.proof.kinds import raw_series
from slogen.proof.kinds.raw import Counter
from slogen.proof.sampling import CannotSample

if TYPE_CHECKING:
    from slogen.model import SLI

ALL = Selector('http_requests_total{job="shop"}')
BAD = Events(total=ALL, bad=ALL.where('code=~"5.."'))
GOOD = Events(total=ALL, good=ALL.where('code!~"5.."'))
OTHER = Events(total=ALL, bad='failures_total{job="shop"}')
LATENCY = Latency(histogram='rpc_seconds{job="shop"}', under="200ms")
SOUND = [BAD, GOOD, OTHER, LATENCY]
TENANT = {"tenant": "acme"}


def named(sli: SLI) -> list[tuple[str, str]]:
    """Return the counters of an SLI, and which events they count."""
    return [(counter.series, counter.part) for counter in raw_series(sli).counters({})]


def test_a_part_and_the_rest() -> None:
    """Of one metric there are a counter of the part and one of all others."""
    assert named(BAD) == [
        ('http_requests_total{job="shop",code="200"}', "good"),
        ('http_requests_total{job="shop",code="500"}', "bad"),
    ]
    assert named(GOOD) == [
        ('http_requests_total{job="shop",code="500"}', "bad"),
        ('http_requests_total{job="shop",code="200"}', "good"),
    ]


def test_two_metrics() -> None:
    """Of two metrics the one counts all events."""
    assert named(OTHER) == [
        ('http_requests_total{job="shop"}', "all"),
        ('failures_total{job="shop"}', "bad"),
    ]


def test_parts_that_are_no_parts() -> None:
    """Selectors of one metric that nothing satisfies together are as two metrics."""
    apart = Events(total='m{kind="all"}', bad='m{kind="bad"}')

    assert named(apart) == [('m{kind="all"}', "all"), ('m{kind="bad"}', "bad")]


def test_a_histogram() -> None:
    """A histogram has the bucket of the threshold, that of all, and a count."""
    assert named(LATENCY) == [
        ('rpc_seconds_bucket{job="shop",le="0.2"}', "good"),
        ('rpc_seconds_bucket{job="shop",le="+Inf"}', "all"),
        ('rpc_seconds_count{job="shop"}', "all"),
    ]


@pytest.mark.parametrize(
    ("sli", "reason"),
    [
        (Latency(histogram="m", under="1s", native=True, unit="s"), "no notation"),
        (Events(total="rate(a[$window])", bad="rate(b[$window])"), "a query of one's own"),
        (ErrorRatio(query="ratio"), "of the kind error_ratio counts no events"),
        (TimeSlices(query="lag", good_when="< 1"), "counts no events"),
        (Up(gauge="up"), "of the kind up counts no events"),
        (Events(total='m{a="1"}', bad='m{a=~"1|"}'), "no labels were found"),
    ],
)
def test_no_counters(sli: SLI, reason: str) -> None:
    """Where there are no counters to make, the reason is a sentence's end."""
    with pytest.raises(CannotSample, match=reason):
        raw_series(sli).counters({})


@pytest.mark.parametrize("sli", SOUND, ids=lambda sli: sli.kind)
def test_selectors_select_them(sli: SLI) -> None:
    """The counters amount to the events and bad events that they share, in their group."""
    raw = raw_series(sli)
    counters = raw.counters(TENANT)
    rates = [(counter, counter.share(Decimal(100), Decimal(20))) for counter in counters]

    assert all(counter.labels["tenant"] == "acme" for counter in counters)
    assert raw.counted((counter, rate or Decimal(0)) for counter, rate in rates) == (
        Decimal(100),
        Decimal(20),
    )


def test_how_many_events_a_counter_counts() -> None:
    """A share is all events, the bad ones or the others; there may be no series at all."""
    every, good, bad = (Counter("m", {}, part) for part in ("all", "good", "bad"))
    shares = [one.share(Decimal(100), Decimal(20)) for one in (every, good, bad)]

    assert shares == [100, 80, 20]
    assert [one.share(Decimal(100), None) for one in (every, good, bad)] == [100, 100, None]
    assert [one.share(None, None) for one in (every, good, bad)] == [None, None, None]


def test_strays_fail_one_matcher() -> None:
    """Each matcher has a series that fails it alone, the metric's and the part's."""
    assert [stray.series for stray in raw_series(BAD).strays({})] == [
        'http_requests_total{job="other"}',
        'http_requests_total{job="other",code="500"}',
        'http_requests_total{job="shop",code="200"}',
    ]
    assert [stray.series for stray in raw_series(LATENCY).strays(TENANT)] == [
        'rpc_seconds_count{job="other",tenant="acme"}',
        'rpc_seconds_bucket{job="other",le="0.2",tenant="acme"}',
    ]


@pytest.mark.parametrize("sli", SOUND, ids=lambda sli: sli.kind)
def test_a_stray_is_never_a_bad_event(sli: SLI) -> None:
    """A stray is no event, or one that the selector of bad or good events passes over."""
    raw = raw_series(sli)
    counts_bad = isinstance(sli, Events) and sli.bad is not None
    for stray in raw.strays({}):
        events, bad = raw.counted([(stray, Decimal(1))])

        assert not bad if counts_bad else bad == events


def test_groups() -> None:
    """There are two groups where matchers leave room for them, or else one."""
    matchers = ALL.matchers

    assert group_labels((), matchers) == ({},)
    assert group_labels(("tenant",), matchers) == (
        {"tenant": "tenant-a"},
        {"tenant": "tenant-b"},
    )
    assert group_labels(("job",), matchers) == ({"job": "shop"},)
    assert group_labels(("job", "tenant"), matchers) == (
        {"job": "shop", "tenant": "tenant-a"},
        {"job": "shop", "tenant": "tenant-b"},
    )


def test_groups_of_base_series() -> None:
    """Where base series are fed, no selector has a say in their groups."""
    assert group_labels(("job",), ()) == ({"job": "job-a"}, {"job": "job-b"})


def test_groups_that_nothing_can_be_in() -> None:
    """A label that the selectors forbid makes no group."""
    alone = Events(total='m{tenant=""}', bad='n{tenant=""}')

    with pytest.raises(CannotSample):
        group_labels(("tenant",), raw_series(alone).matchers)
