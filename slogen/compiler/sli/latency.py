"""A histogram of durations becomes two series."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen.compiler.buckets import bucket_matcher
from slogen.compiler.sli.increases import (
    RESET_BELOW,
    finite,
    increase,
    increase_of,
    newest,
    no_errors,
    older_of,
)
from slogen.compiler.sli.kind import Kind
from slogen.plan.timing import COUNTS_NATIVE_HISTOGRAMS_FROM
from slogen.promql.expr import INFINITY, MINUS_INFINITY, Expr, Series, call, max_without, sum_by

if TYPE_CHECKING:
    from slogen.model import Latency
    from slogen.plan import ResolvedSLO


def latency(slo: ResolvedSLO, sli: Latency) -> tuple[Expr, Expr]:
    """Compare observations with those that were fast enough, as either kind of histogram can."""
    if not sli.native:
        return _of_histogram(slo, sli)
    if slo.version < COUNTS_NATIVE_HISTOGRAMS_FROM:
        return _of_native_histogram_rates(slo, sli)
    return _of_native_histogram(slo, sli)


def _of_histogram(slo: ResolvedSLO, sli: Latency) -> tuple[Expr, Expr]:
    """Compare the count of a classic histogram with one of its buckets, series by series.

    C is what each count series counted, Q the same of the bucket: ``max without (le) (...)``.
    events: ``sum by (G) (C and Q)``
    errors: ``clamp_min(sum by (G) (C - Q), 0)``

    A pod with other buckets has no match and is left out of both, instead of reading as errors.
    """
    metric, matchers = sli.histogram.metric, sli.histogram.matchers
    bucket = (*matchers, bucket_matcher(sli.bound))
    count = increase(slo, f"{metric}_count", matchers)
    fast = max_without(("le",), increase(slo, f"{metric}_bucket", bucket))
    by = slo.definition.group_by
    return sum_by(by, count.and_(fast)), call("clamp_min", sum_by(by, count - fast), 0)


def _of_native_histogram(slo: ResolvedSLO, sli: Latency) -> tuple[Expr, Expr]:
    """Count the observations of a native histogram, and the slow ones among them.

    d is the newest histogram without the one of an evaluation before, or the newest after a reset.
    events: ``sum by (G) (D of histogram_count(h))``
    errors: ``sum by (G) (histogram_count(d) * (1 - histogram_fraction(-Inf, 0.2, d)))``

    What is estimated within a bucket are the new observations alone, so that a histogram that
    changes its resolution counts none of the past again. The fraction of no observations is NaN;
    of none of them none is slow.
    """
    series, by = Series(sli.histogram.metric, sli.histogram.matchers), slo.definition.group_by

    def observations(histogram: Expr) -> Expr:
        return call("histogram_count", histogram)

    def slow(histogram: Expr) -> Expr:
        fast = call("histogram_fraction", MINUS_INFINITY, sli.bound, histogram)
        every = observations(histogram)
        return (every * (1 - fast) >= 0).or_(0 * every)

    newer, older = newest(slo, series, slo.timing.base_range), older_of(slo, series)
    grown, before = observations(newer), observations(older)
    counted = slow(newer - older).and_((grown - before >= 0) < INFINITY)
    reset = slow(newer).and_((grown >= 0) < RESET_BELOW * (before < INFINITY))
    events = sum_by(by, increase_of(slo, series, observations))
    return events, sum_by(by, counted.or_(reset)).or_(no_errors(slo))


def _of_native_histogram_rates(slo: ResolvedSLO, sli: Latency) -> tuple[Expr, Expr]:
    """Ask the rate of a native histogram, where its samples cannot be had.

    H: ``sum by (G) (rate(m[b]))``
    events: ``f * (histogram_count(H) >= 0 < Inf)``
    errors: ``f * (clamp(1 - histogram_fraction(-Inf, 0.2, H), 0, 1) * T >= 0 or 0 * T)``

    The fraction of no observations is NaN, which ``>= 0`` drops and ``or 0 * T`` makes 0.
    """
    series = Series(sli.histogram.metric, sli.histogram.matchers)
    window = series.over(slo.timing.base_range, slo.timing.counter_offset or None)
    histogram = sum_by(slo.definition.group_by, call("rate", window))
    total = finite(call("histogram_count", histogram))
    fast = call("histogram_fraction", MINUS_INFINITY, sli.bound, histogram)
    slow = call("clamp", 1 - fast, 0, 1)
    seconds = slo.timing.fast_interval.seconds
    return seconds * total, seconds * (slow * total >= 0).or_(0 * total)


KIND = Kind(series=latency)
