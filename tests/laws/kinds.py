"""Each kind of SLI that counts events: which series it reads, and what they say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import attrs

from slogen import SLO, Events, Latency, Selector, Service

if TYPE_CHECKING:
    from tests.laws.histories import Pod

RUN = "run"
"""The label that tells the histories of one promtool test apart."""

_requests = Selector("requests_total")


@attrs.frozen(kw_only=True)
class Kind:
    """A kind of SLI.

    Attributes:
        name: Its name in a test.
        sli: The SLI.
        series: The series of a pod, and the counters whose sum each is.
        events: The counters whose sum is all events.
        errors: Likewise of bad events.
        without: The counters that are subtracted from those.
        late: The counters that may be born late.
        lines: The lines of Prometheus that can run it.
    """

    name: str
    sli: Events | Latency
    series: Mapping[str, tuple[str, ...]]
    events: tuple[str, ...] = ("good", "bad")
    errors: tuple[str, ...] = ("bad",)
    without: tuple[str, ...] = ()
    late: tuple[str, ...] = ()
    lines: tuple[str, ...] = ("2", "3")

    @property
    def counters(self) -> tuple[str, ...]:
        """The names of all counters."""
        return tuple(dict.fromkeys(name for names in self.series.values() for name in names))

    @property
    def slo(self) -> SLO:
        """An SLO with that SLI, each history of which is a group."""
        return SLO(
            service=Service("laws"),
            name=self.name,
            objective="99.9%",
            window="30d",
            group_by=[RUN],
            sli=self.sli,
        )

    def rounded(self, count: str) -> str:
        """Return a query for a count that rounds no more than the arithmetic of the kind asks."""
        return count

    def samples(self, pod: Pod) -> Iterator[tuple[str, list[tuple[int, str]]]]:
        """Yield each series of a pod, as `metric{label="value"`, with times and values."""
        for series, names in self.series.items():
            if pod.counters.keys() >= set(names):
                yield series, [(scrape.time, str(scrape.value)) for scrape in pod.sum_of(names)]


@attrs.frozen(kw_only=True)
class NativeKind(Kind):
    """A native histogram: buckets up to 1 s and up to 2 s hold what was good and what was bad."""

    def rounded(self, count: str) -> str:
        """Return a query that is right to a millionth: a fraction times a count is no integer."""
        return f"round({count}, 0.000001)"

    def samples(self, pod: Pod) -> Iterator[tuple[str, list[tuple[int, str]]]]:
        """Yield the one series of a pod."""
        ((series, _),) = self.series.items()
        together = zip(pod.counters["good"], pod.counters["bad"], strict=True)
        yield series, [(good.time, _histogram(good.value, bad.value)) for good, bad in together]


def labelled(series: str, **labels: str) -> str:
    """Return a series with more labels.

    >>> labelled('requests_total{code="200"', run="r1"), labelled("requests_total{", run="r1")
    ('requests_total{code="200",run="r1"}', 'requests_total{run="r1"}')
    """
    comma = "" if series.endswith("{") else ","
    return series + comma + ",".join(f'{name}="{value}"' for name, value in labels.items()) + "}"


def _histogram(good: int, bad: int) -> str:
    return f"{{{{schema:0 count:{good + bad} sum:{good + 2 * bad} buckets:[{good} {bad}]}}}}"


_PARTS = {'requests_total{code="200"': ("good",), 'requests_total{code="500"': ("bad",)}

KINDS = (
    Kind(
        name="bad-part",
        sli=Events(total=_requests, bad=_requests.where('code=~"5.."')),
        series=_PARTS,
        late=("bad",),
    ),
    Kind(
        name="good-part",
        sli=Events(total=_requests, good=_requests.where('code!~"5.."')),
        series=_PARTS,
        late=("bad",),
    ),
    Kind(
        name="good-part-by-two-labels",
        sli=Events(total=_requests, good=_requests.where('code="200",late="no"')),
        series={
            'requests_total{code="200",late="no"': ("good",),
            'requests_total{code="200",late="yes"': ("late",),
            'requests_total{code="500",late="no"': ("bad",),
        },
        events=("good", "late", "bad"),
        errors=("late", "bad"),
        late=("bad", "late"),
    ),
    Kind(
        name="bad-of-its-own",
        sli=Events(total=_requests, bad="failures_total"),
        series={"requests_total{": ("all",), "failures_total{": ("bad",)},
        events=("all",),
        late=("bad",),
    ),
    Kind(
        name="latency",
        sli=Latency(histogram="duration_seconds", under="200ms"),
        series={
            "duration_seconds_count{": ("good", "bad"),
            'duration_seconds_bucket{le="0.2"': ("good",),
        },
    ),
    NativeKind(
        name="native-latency",
        sli=Latency(histogram="native_seconds", under="1s", native=True),
        series={"native_seconds{": ("good", "bad")},
        lines=("3",),
    ),
    Kind(
        name="free-query",
        sli=Events(
            total="rate(hits_total[$window]) + rate(misses_total[$window])",
            bad="rate(misses_total[$window])",
        ),
        series={"hits_total{": ("good",), "misses_total{": ("bad",)},
    ),
)
"""Kinds whose counters are all scraped at the same moments."""

DIFFERENCE = Kind(
    name="good-of-another",
    sli=Events(total=_requests, good="answers_total"),
    series={"requests_total{": ("all",), "answers_total{": ("good",)},
    events=("all",),
    errors=("all",),
    without=("good",),
)
"""Good events that another target counts, which is scraped at moments of its own."""
