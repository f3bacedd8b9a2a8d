"""What an indicator says of itself in alerts: what is bad, how much is, what there has to be."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from slogen import ErrorRatio, Events, Latency, Selector, TimeSlices, Up
from slogen.model.sli.event_names import event_name
from slogen.promql.query import Query
from slogen.units import Duration

if TYPE_CHECKING:
    from slogen.model.sli import SLI

MINUTE = Duration("1m")
TOTAL = Selector('http_requests_total{job="shop"}')
RATE = "sum(rate(hits_total[$window]))"


@pytest.mark.parametrize(
    ("sli", "words"),
    [
        (
            Events(total=TOTAL, bad=TOTAL.where('code=~"5.."')),
            'http_requests_total{job="shop",code=~"5.."}, of all http_requests_total{job="shop"}',
        ),
        (
            Events(total=TOTAL, good=TOTAL.where('code!~"5.."')),
            'http_requests_total{job="shop",code=~"5.."}, of all http_requests_total{job="shop"}',
        ),
        (
            Events(total="reads_total", good='reads_total{code="200",hit="yes"}'),
            'what reads_total counts and reads_total{code="200",hit="yes"} does not',
        ),
        (
            Events(total=TOTAL, good="answers_total"),
            'what http_requests_total{job="shop"} counts and answers_total does not',
        ),
        (
            Events(total=f"{RATE} + vector(1)", bad=RATE),
            "sum(rate(hits_total[1m])), of all sum(rate(hits_total[1m])) + vector(1)",
        ),
        (
            Latency(histogram="http_request_duration_seconds", under="300ms"),
            "observations of http_request_duration_seconds above 300ms",
        ),
        (
            Latency(histogram="rpc_ms", under="2s"),
            "observations of rpc_ms above 2s",
        ),
        (ErrorRatio(query=RATE), "the ratio given by sum(rate(hits_total[1m]))"),
        (
            TimeSlices(query="max(queue_length)", good_when="<= 300"),
            "the time when max(queue_length) is above 300",
        ),
        (Up(gauge='up{job="shop"}'), 'the time when up{job="shop"} is 0'),
        (Up(gauge="up", when_missing="bad"), "the time when up is 0 or missing"),
        (
            TimeSlices(query="lag", good_when="<= 300", when_missing="bad"),
            "the time when lag is above 300 or missing",
        ),
        (
            ErrorRatio(query="ratio", when_missing="bad"),
            "the ratio given by ratio, and the time when it is missing",
        ),
    ],
)
def test_what_is_bad_is_said_without_a_negation_or_a_placeholder(sli: SLI, words: str) -> None:
    """Durations stay in a unit of people, and ``$window`` is the window that is read."""
    assert sli.bad_in_words(MINUTE) == words


@pytest.mark.parametrize(
    ("sli", "words"),
    [
        (
            Events(total=TOTAL, bad=TOTAL.where('code=~"5.."')),
            'http_requests_total{job="shop"} without code=~"5.."',
        ),
        (
            Events(total="reads_total", good='reads_total{code="200",hit="yes"}'),
            'reads_total with code="200",hit="yes"',
        ),
        (Events(total=TOTAL, bad="failures_total"), f"{TOTAL} without failures_total"),
        (
            Events(total=f"{RATE} + vector(1)", good=RATE),
            "sum(rate(hits_total[1m])) + vector(1) with sum(rate(hits_total[1m]))",
        ),
        (Latency(histogram="rpc_ms", under="2s"), "observations of rpc_ms of at most 2s"),
        (
            ErrorRatio(query=RATE),
            "what the ratio given by sum(rate(hits_total[1m])) leaves of 1",
        ),
        (TimeSlices(query="lag", good_when="< 300"), "the time when lag is below 300"),
        (Up(gauge="up"), "the time when up is 1"),
    ],
)
def test_what_is_good_is_said_as_well(sli: SLI, words: str) -> None:
    """What is good is all that is not bad, in words of its own."""
    assert sli.good_in_words(MINUTE) == words


@pytest.mark.parametrize(
    ("good_when", "words"),
    [
        ("<= 0.50", "above 0.5"),
        ("< 3", "3 or more"),
        (">= 3", "below 3"),
        ("> 3", "3 or less"),
        ("== 1", "not 1"),
        ("!= 1", "1"),
    ],
)
def test_a_missed_comparison_is_said_positively(good_when: str, words: str) -> None:
    """The words are about the bad values, of which the comparison is not true."""
    sli = TimeSlices(query="x", good_when=good_when)

    assert sli.bad_in_words(MINUTE) == f"the time when x is {words}"


@pytest.mark.parametrize(
    ("sli", "clause"),
    [
        (Events(total=TOTAL, bad=TOTAL.where('code=~"5.."')), "9% of requests fail"),
        (Events(total="hits_total", good="fast_hits_total"), "9% of events fail"),
        (Events(total=RATE, bad=f"{RATE} / 2"), "9% of events fail"),
        (
            Events(total="http_request_size_count", good='http_request_size_bucket{le="1000"}'),
            "9% of requests are bad",
        ),
        (
            Latency(histogram="rpc_call_duration_seconds", under="1500us"),
            "9% of calls are slower than 1.5ms",
        ),
        (ErrorRatio(query=RATE), "the error ratio is 9%"),
        (TimeSlices(query="x", good_when="< 1"), "bad for 9% of the time"),
        (Up(gauge="up"), "targets are down for 9% of their time"),
    ],
)
def test_a_share_is_said_of_what_the_kind_counts(sli: SLI, clause: str) -> None:
    """Events are called by the name of their metric; what a bucket bounds does not fail."""
    assert sli.bad_share("9%") == clause


@pytest.mark.parametrize(
    ("metric", "name"),
    [
        ("http_requests_total", "requests"),
        ("job_requests_total", "requests"),
        ("request_jobs", "jobs"),
        ("job:DB_Queries:rate5m", "queries"),
        ("grpc_server_handled_total", "events"),
        ("prerequests_total", "events"),
    ],
)
def test_a_metric_names_its_events(metric: str, name: str) -> None:
    """The last word counts that names something; any other name says events."""
    assert event_name(metric) == name


@pytest.mark.parametrize(
    ("sli", "needed"),
    [
        (Events(total=TOTAL, bad="errors_total"), (TOTAL,)),
        (Events(total=TOTAL, good=TOTAL.where('code!~"5.."')), (TOTAL,)),
        (Events(total=TOTAL, good="answers_total"), (TOTAL, Selector("answers_total"))),
        (
            Latency(histogram='rpc_seconds{job="a"}', under="1s"),
            (Selector('rpc_seconds_count{job="a"}'),),
        ),
        (Latency(histogram="rpc_seconds", under="1s", native=True), (Selector("rpc_seconds"),)),
        (ErrorRatio(query=RATE), (Query(RATE),)),
        (TimeSlices(query="x", good_when="< 1"), (Query("x"),)),
        (Up(gauge="up"), (Selector("up"),)),
    ],
)
def test_needed_is_what_always_exists(sli: SLI, needed: tuple[Selector | Query, ...]) -> None:
    """Bad events need not have happened; a classic histogram has no series of its own name."""
    assert sli.needed == needed
