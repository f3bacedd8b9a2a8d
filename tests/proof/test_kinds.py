"""Series that are made for an SLI: its own selectors select them, and pass over the others."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from slogen import ErrorRatio, Events, Latency, Selector, TimeSlices, Up
from slogen.promql.selector import Matcher
from slogen.proof.groups import group_labels
from slogen.proof.kinds import raw_series
from slogen.proof.kinds.raw import NoSuchValue, RawCounters, RawStates
from slogen.proof.kinds.selecting import Selection
from slogen.proof.kinds.sources import Counter
from slogen.proof.phases import Phase
from slogen.proof.sampling import CannotSample
from slogen.units import Duration

if TYPE_CHECKING:
    from slogen.model import SLI

ALL = Selector('http_requests_total{job="shop"}')
BAD = Events(total=ALL, bad=ALL.where('code=~"5.."'))
GOOD = Events(total=ALL, good=ALL.where('code!~"5.."'))
OTHER = Events(total=ALL, bad='failures_total{job="shop"}')
LATENCY = Latency(histogram='rpc_seconds{job="shop"}', under="200ms")
SOUND = [BAD, GOOD, OTHER, LATENCY]
TENANT = {"tenant": "acme"}


MINUTE = Duration("1m")


def counters(sli: SLI) -> tuple[Counter, ...]:
    """Return the counters of an SLI, without a group."""
    raw = raw_series(sli)
    assert isinstance(raw, RawCounters)
    return raw.sources({})


def states(sli: SLI) -> RawStates:
    """Return the series of an SLI that shows a state."""
    raw = raw_series(sli)
    assert isinstance(raw, RawStates)
    return raw


def values(sli: SLI, *ratios: str, step: str = "30s") -> str:
    """Return what its one series shows, two samples of each ratio."""
    (source,) = states(sli).sources({})
    length = 2 * Duration(step)
    phases = [Phase(length, Decimal(1), Decimal(ratio)) for ratio in ratios]
    return source.values(phases, Duration(step))


def named(sli: SLI) -> list[tuple[str, str]]:
    """Return the counters of an SLI, and which events they count."""
    return [(counter.series, counter.part) for counter in counters(sli)]


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
        (Events(total='m{a="1"}', bad='m{a=~"1|"}'), "no labels were found"),
        (ErrorRatio(query="bad / (good + bad)"), "cannot tell which series"),
        (ErrorRatio(query="1 - rate(good[$window]) - 1"), "no value of the query is bad"),
        (ErrorRatio(query="1 - rate(good[$window]) / 2 - 0.5"), "every ratio from 0 to 1"),
        (ErrorRatio(query="rate(bad[$window]) + 0.1"), "every ratio from 0 to 1"),
        (ErrorRatio(query="a - a"), "reads what another part reads"),
        (ErrorRatio(query="a / a{x='1'}"), "reads what another part reads"),
        (ErrorRatio(query="a{x='1'} / a"), "no labels were found"),
        (ErrorRatio(query="max by (x) (a{x='1'}) / max by (y) (b{y='1'})"), "query joins"),
        (ErrorRatio(query="time() - bad"), "every ratio from 0 to 1"),
        (TimeSlices(query="a > b", good_when="< 1"), "cannot tell which series"),
        (TimeSlices(query="rate(a[$window])", good_when=">= 0"), "no value of the query is bad"),
        (TimeSlices(query="rate(a[$window])", good_when="< 0"), "no value of the query is good"),
        (Up(gauge='up{job="",job!=""}'), "no value was found"),
    ],
)
def test_no_series(sli: SLI, reason: str) -> None:
    """Where there are no series to make, the reason is a sentence's end."""
    with pytest.raises(CannotSample, match=reason):
        raw_series(sli).sources({})


@pytest.mark.parametrize("sli", SOUND, ids=lambda sli: sli.kind)
def test_selectors_select_them(sli: SLI) -> None:
    """The counters amount to the events and bad events that they share, in their group."""
    raw = raw_series(sli)
    assert isinstance(raw, RawCounters)
    found = raw.sources(TENANT)
    rates = [(counter, counter.share(Decimal(100), Decimal(20))) for counter in found]

    assert all(counter.labels["tenant"] == "acme" for counter in found)
    assert raw.counted((counter, rate or Decimal(0)) for counter, rate in rates) == (
        Decimal(100),
        Decimal(20),
    )


@pytest.mark.parametrize(
    ("sli", "optional", "may_contradict"),
    [(BAD, "bad", False), (GOOD, "good", False), (OTHER, "bad", True)],
)
def test_two_series_of_events(sli: SLI, optional: str, may_contradict: bool) -> None:  # noqa: FBT001
    """A part may have no series yet; of two metrics either may have counted more."""
    raw = raw_series(sli)

    assert isinstance(raw, RawCounters)
    assert raw.optional_part == optional
    assert raw.may_contradict is may_contradict


@pytest.mark.parametrize(("under", "spelling"), [("1s", "1.0"), ("250ms", "")])
def test_spellings_of_a_bound(under: str, spelling: str) -> None:
    """Of a bound that all clients spell alike there is no other one."""
    raw = raw_series(Latency(histogram="duration_seconds", under=under))

    assert isinstance(raw, RawCounters)
    assert raw.spelling == spelling


def test_the_last_of_several_series_gives_nan() -> None:
    """Beside it a good one, a bad one, and those that show no state."""
    several = states(Up(gauge="up")).several({})

    assert several.ratios[0] == 0
    assert several.ratios[-1].is_nan()
    assert len({source.series for source in several.sources}) == len(several.ratios)
    assert "NaN" in several.sources[-1].values([Phase(MINUTE, Decimal(1), Decimal("NaN"))], MINUTE)


def test_no_bucket_is_a_stray() -> None:
    """A bucket with another bound counts events that others count."""
    raw = raw_series(Latency(histogram='duration_seconds{job="shop"}', under="1s"))

    assert isinstance(raw, RawCounters)
    assert {stray.labels.get("le", "1") for stray in raw.strays({})} == {"1"}


def test_a_free_label_is_free() -> None:
    """Series of one group differ by a label that neither matchers nor the group name."""
    assert Selection("up", (Matcher("pod", "=", "a"),)).free_label({"instance": "b"}) == "node"


@pytest.mark.parametrize(
    ("bad", "joins"),
    [('f_total{a="1"}', True), ("f_total", False), ('t_total{a="1",b="2"}', False)],
)
def test_series_of_two_metrics_are_joined(bad: str, joins: bool) -> None:  # noqa: FBT001
    """With the same matchers a series of one belongs to one of the other, and counts with it."""
    raw = raw_series(Events(total='t_total{a="1"}', bad=bad))

    assert isinstance(raw, RawCounters)
    assert raw.joins_series is joins


def test_good_of_another_metric() -> None:
    """Without any series of good events all could be bad, or nothing known: none is optional."""
    raw = raw_series(Events(total=ALL, good="good_total"))

    assert isinstance(raw, RawCounters)
    assert raw.optional_part is None


def test_up() -> None:
    """The gauge is what is left of 1."""
    sli = Up(gauge='up{job="shop"}')

    assert states(sli).sources(TENANT)[0].series == 'up{job="shop",tenant="acme"}'
    assert values(sli, "0", "0.25", "1") == "1x1 0.75x1 0x2"
    assert states(sli).bad == 1
    assert states(sli).is_graded


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("error_ratio", "0x1 0.25x2"),
        ("max(error_percent) / 100", "0x1 25x2"),
        ("1 - avg_over_time(delivered_ratio[$window])", "1x1 0.75x2"),
        ("rate(bad_seconds_total[$window])", "0x2 7.5+7.5x1"),
    ],
)
def test_a_ratio(query: str, expected: str) -> None:
    """The series is what the query makes the ratio of."""
    assert values(ErrorRatio(query=query), "0", "0.25") == expected


@pytest.mark.parametrize(
    ("query", "good_when", "expected"),
    [
        ("queue_length", "<= 300", "150x1 450x2"),
        ("queue_length", "< 0", "-1x1 1x2"),
        ("queue_length", ">= 8", "12x1 4x2"),
        ("queue_length", "== 2", "2x1 1x2"),
        ("queue_length", "!= 2", "1x1 2x2"),
        ("max(queue_length) * 2", "> 8", "6x1 2x2"),
        ("sum(rate(work_total[$window]))", ">= 10", "0+450x2 1050+150x1"),
        ("rate(work_total[$window])", "> 0", "0+30x2 60x1"),
        ("time() - max(updated)", "<= 300", "-150+30x1 -390+30x2"),
        ("max(updated) - time()", ">= 3600", "5400+30x1 1860+30x2"),
        ("(time() - updated) / 60", "<= 5", "-150+30x1 -390+30x2"),
        ("time() - max(updated)", "<= 10", "110+30x1 -70+30x2"),
    ],
)
def test_slices(query: str, good_when: str, expected: str) -> None:
    """There is a value on each side of the limit, and what it is made of."""
    assert values(TimeSlices(query=query, good_when=good_when), "0", "1") == expected


@pytest.mark.parametrize(
    ("sli", "expected"),
    [
        (
            TimeSlices(query="max(used) - max(reserved)", good_when="< 100"),
            {"used": "60x1 160x2", "reserved": "10x1 10x2"},
        ),
        (
            TimeSlices(query='used{pod="a"} / limit{pod!="",job="b"}', good_when="<= 0.8"),
            {
                'used{pod="a",job="b"}': "4x1 12x2",
                'limit{pod="a",job="b"}': "10x1 10x2",
            },
        ),
        (
            TimeSlices(
                query='sum(rate(r{code!="500"}[$window])) / sum(rate(r[$window]))',
                good_when="> 0.99",
            ),
            {
                'r{code="200"}': "0+298.5x2 745.5+148.5x1",
                'r{code="500"}': "0+1.5x2 154.5+151.5x1",
            },
        ),
        (
            ErrorRatio(query="sum(rate(bad[$window])) / sum(rate(all[$window]))"),
            {"bad": "0x2 300+300x1", "all": "0+300x2 900+300x1"},
        ),
    ],
)
def test_several_series_of_a_query(sli: SLI, expected: dict[str, str]) -> None:
    """One of them makes the query good or bad; the others hold a value beside it."""
    phases = [Phase(2 * Duration("30s"), Decimal(1), Decimal(ratio)) for ratio in ("0", "1")]
    found = {
        source.series: source.values(phases, Duration("30s")) for source in states(sli).sources({})
    }

    assert found == expected


def test_strays_of_several_series() -> None:
    """No part of the query selects them: what one passes over may be what another reads."""
    part = TimeSlices(
        query='sum(rate(r{job="a",code="500"}[$window])) / sum(rate(r{job="a"}[$window]))',
        good_when="< 0.1",
    )
    two = TimeSlices(query='a{x="1"} - on (y) b{z="2"}', good_when="< 5")

    assert _strays(part) == ['r{job="other",code="500"}', 'r{job="a-other",code="500"}']
    assert _held_strays(part) == ['r{job="other"}', 'r{job="a-other"}']
    assert _strays(two) == ['a{x="other"}', 'a{x="1-other"}']
    assert _held_strays(two) == ['b{z="other"}', 'b{z="2-other"}']


def _strays(sli: SLI) -> list[str]:
    return [stray.state.series for stray in states(sli).strays({})]


def _held_strays(sli: SLI) -> list[str]:
    return [stray.series for stray in states(sli).held_strays({})]


@pytest.mark.parametrize(
    ("sli", "side"),
    [
        (TimeSlices(query="rate(a[$window])", good_when=">= 0"), "bad"),
        (TimeSlices(query="rate(a[$window])", good_when="< 0"), "good"),
        (
            TimeSlices(
                query='sum(rate(a{x="1"}[$window])) / sum(rate(a[$window]))', good_when="<= 1"
            ),
            "bad",
        ),
        (ErrorRatio(query="-rate(good[$window])"), "bad"),
    ],
)
def test_a_side_that_no_value_is_on(sli: SLI, side: str) -> None:
    """The reason says which side that is, and has the series that show it."""
    with pytest.raises(NoSuchValue) as caught:
        raw_series(sli)

    assert caught.value.side == side
    assert caught.value.raw.sources({})


def test_slices_are_good_or_bad() -> None:
    """Nothing lies between."""
    sli = TimeSlices(query="queue_length", good_when="< 1")

    assert not states(sli).is_graded
    assert values(sli, "0.1") == values(sli, "1")


@pytest.mark.parametrize(
    ("sli", "expected"),
    [
        (Up(gauge="up"), Decimal("0.5")),
        (TimeSlices(query="queue_length", good_when="< 1"), Decimal(1)),
        (ErrorRatio(query="error_ratio"), Decimal("0.2")),
        (ErrorRatio(query="avg by (tenant) (error_ratio)"), None),
        (ErrorRatio(query="bad / all"), None),
    ],
)
def test_several_series(sli: SLI, expected: Decimal | None) -> None:
    """Series of a group are merged by the SLI; of what a query merges only NaN alone is known."""
    several = states(sli).several(TENANT)

    assert several.expected == expected
    assert sum(ratio.is_nan() for ratio in several.ratios) == 1
    assert len({source.series for source in several.sources}) == len(several.ratios)
    assert all(source.labels["tenant"] == "acme" for source in several.sources)


@pytest.mark.parametrize("kind", [Up(gauge="up"), TimeSlices(query="up", good_when=">= 1")])
def test_nan_is_shown_as_such(kind: SLI) -> None:
    """Whatever a series shows otherwise."""
    assert values(kind, "NaN") == "NaN+0x2"


def test_nan_of_a_counter() -> None:
    """It does not grow."""
    assert values(ErrorRatio(query="rate(bad[$window])"), "NaN") == "NaN+0x2"


def test_a_label_that_gets_lost() -> None:
    """A query has to keep the labels of a group."""
    sli = TimeSlices(query="sum by (region) (queue_length)", good_when="< 1")

    assert states(sli).sources({"region": "eu"})
    with pytest.raises(CannotSample, match="does not keep the label tenant"):
        states(sli).sources(TENANT)


def test_a_label_that_nobody_names() -> None:
    """By it there may be several series."""
    named = Selection("m", tuple(Matcher(label, "=", "x") for label in ("pod", "node")))

    assert named.free_label({"instance": "a"}) == "replica"
    assert named.free_label(dict.fromkeys(("instance", "replica", "copy"), "a")) == "copy_0"
    assert named.free_label({}) == "instance"


def test_how_many_events_a_counter_counts() -> None:
    """A share is all events, the bad ones or the others; there may be no series at all."""
    every, good, bad = (Counter("m", {}, part) for part in ("all", "good", "bad"))
    shares = [one.share(Decimal(100), Decimal(20)) for one in (every, good, bad)]

    assert shares == [100, 80, 20]
    assert [one.share(Decimal(100), None) for one in (every, good, bad)] == [100, 100, None]
    assert [one.share(None, None) for one in (every, good, bad)] == [None, None, None]


def test_strays_fail_one_matcher() -> None:
    """Each matcher has a series that fails it alone, the metric's and the part's."""
    assert _strays_of_counters(BAD, {}) == [
        'http_requests_total{job="other"}',
        'http_requests_total{job="other",code="500"}',
        'http_requests_total{job="shop",code="200"}',
    ]
    assert _strays_of_counters(LATENCY, TENANT) == [
        'rpc_seconds_count{job="other",tenant="acme"}',
        'rpc_seconds_bucket{job="other",le="0.2",tenant="acme"}',
    ]


def _strays_of_counters(sli: SLI, group: dict[str, str]) -> list[str]:
    raw = raw_series(sli)
    assert isinstance(raw, RawCounters)
    return [stray.series for stray in raw.strays(group)]


def test_the_order_of_matchers() -> None:
    """A counter is there once, however the labels of the whole and of the part are ordered."""
    sli = Events(total='m{job="x"}', bad='m{code=~"5..",job="x"}')
    raw = raw_series(sli)
    assert isinstance(raw, RawCounters)
    strays = [frozenset(stray.labels.items()) for stray in raw.strays({})]
    variants = [frozenset(variant.labels.items()) for variant in raw.variants({})]

    assert frozenset({("job", "x"), ("code", "200")}) in strays
    assert len(strays) == len(set(strays))
    assert len(variants) == len(set(variants))


def test_variants_have_other_values() -> None:
    """What edits of matchers might let in or pass over: other bad codes, other good ones."""
    assert _variants(BAD, {}) == [
        'http_requests_total{job="shop-other"}',
        'http_requests_total{job="shop-other",code="500"}',
        'http_requests_total{job="shop",code="404"}',
        'http_requests_total{job="shop",code="302"}',
        'http_requests_total{job="shop",code="429"}',
        'http_requests_total{job="shop",code="503"}',
        'http_requests_total{job="shop",code="502"}',
        'http_requests_total{job="shop",code="504"}',
        'http_requests_total{job="shop",code="513"}',
    ]
    assert _variants(LATENCY, TENANT) == [
        'rpc_seconds_count{job="shop-other",tenant="acme"}',
        'rpc_seconds_bucket{job="shop-other",le="0.2",tenant="acme"}',
    ]


def _variants(sli: SLI, group: dict[str, str]) -> list[str]:
    raw = raw_series(sli)
    assert isinstance(raw, RawCounters)
    return [variant.series for variant in raw.variants(group)]


def test_strays_of_a_state() -> None:
    """Each fails one matcher of the selector, by one value or another."""
    sli = Up(gauge='up{job="shop",zone!=""}')

    assert _strays(sli) == [
        'up{job="other",zone="zone-a"}',
        'up{job="shop"}',
        'up{job="shop-other",zone="zone-a"}',
    ]


@pytest.mark.parametrize("sli", SOUND, ids=lambda sli: sli.kind)
def test_a_stray_is_never_a_bad_event(sli: SLI) -> None:
    """A stray is no event, or one that the selector of bad or good events passes over."""
    raw = raw_series(sli)
    assert isinstance(raw, RawCounters)
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
