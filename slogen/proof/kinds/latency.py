"""Histograms of durations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen.promql.selector import Matcher
from slogen.proof.kinds.raw import RawCounters
from slogen.proof.kinds.selecting import LE, Selection
from slogen.proof.kinds.sources import Counter
from slogen.proof.sampling import CannotSample, satisfying
from slogen.units import number

if TYPE_CHECKING:
    from decimal import Decimal

    from slogen.model import Latency
    from slogen.proof.subject import Labels


def series_of_latency(sli: Latency) -> RawCounters:
    """Return the count of a classic histogram, and its buckets."""
    if sli.native:
        raise CannotSample("Prometheus 2.42 has no notation for native histograms in tests")
    metric, matchers = sli.histogram.metric, sli.histogram.matchers
    return RawCounters(
        whole=Selection(f"{metric}_count", matchers),
        part=Selection(f"{metric}_bucket", (*matchers, Matcher(LE, "=", number(sli.bound)))),
        part_name="good",
        joins_series=True,
        spelling=_spelling(sli.bound),
        make=lambda group: _counters(sli, group),
    )


def _spelling(bound: Decimal) -> str:
    """Return how Python's and Java's clients spell a bound, where Go's have another spelling."""
    spelling = repr(float(bound))
    return spelling if spelling != number(bound) else ""


def _counters(sli: Latency, group: Labels) -> tuple[Counter, ...]:
    metric = sli.histogram.metric
    labels = satisfying(sli.histogram.matchers, beside=group)
    return (
        Counter(f"{metric}_bucket", {**labels, LE: number(sli.bound)}, "good"),
        Counter(f"{metric}_bucket", {**labels, LE: "+Inf"}, "all"),
        Counter(f"{metric}_count", labels, "all"),
    )
