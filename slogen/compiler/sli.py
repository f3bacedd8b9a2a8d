"""The one place that asks which kind an SLI is: each becomes two series, events and errors.

Three laws hold for every kind: neither NaN nor Inf is recorded; a bad series that does not exist
yet is 0; both series have samples at the same instants. In the expressions G stands for the labels
of ``group_by``, b for the base range, and T for the expression of the events.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from slogen.compiler.buckets import bucket_matcher
from slogen.model import ErrorRatio, Events, Latency, TimeSlices, Up
from slogen.promql.expr import (
    INFINITY,
    MINUS_INFINITY,
    Aggregation,
    Binary,
    Expr,
    Series,
    Text,
    as_bool,
    call,
    max_without,
    sum_by,
)
from slogen.promql.query import Query

if TYPE_CHECKING:
    from slogen.plan import ResolvedSLO
    from slogen.promql.selector import Matcher, Selector


def events_and_errors(slo: ResolvedSLO) -> tuple[Expr, Expr]:
    """Return the expressions of the events' rate and the errors' rate of an SLO."""
    match slo.definition.sli:
        case Events() as sli:
            return _of_events(slo, sli)
        case Latency(native=True) as sli:
            return _of_native_histogram(slo, sli)
        case Latency() as sli:
            return _of_histogram(slo, sli)
        case ErrorRatio() as sli:
            return _of_error_ratio(slo, sli)
        case TimeSlices() as sli:
            return _of_time_slices(slo, sli)
        case Up() as sli:
            return _of_gauge(slo, sli)
        case unknown:
            assert_never(unknown)


def _of_events(slo: ResolvedSLO, sli: Events) -> tuple[Expr, Expr]:
    """Count events with counters.

    events: ``sum by (G) (rate(total[b])) >= 0 < Inf``
    errors, from bad: ``(sum by (G) (rate(bad[b])) >= 0 < Inf or 0 * T) and T``
    errors, from good: ``clamp_min(T - (sum by (G) (rate(good[b])) >= 0 < Inf or 0 * T), 0)``

    ``>= 0 < Inf`` keeps broken counters out; ``or 0 * T`` is the fill for a series that has not
    been born; ``and T`` keeps bad events without a total from counting.
    """
    total = _sum_of_rates(slo, sli.total)
    if sli.bad is not None:
        return total, (_sum_of_rates(slo, sli.bad).or_(0 * total)).and_(total)
    assert sli.good is not None  # noqa: S101 (the model takes exactly one of the two)
    good = _sum_of_rates(slo, sli.good).or_(0 * total)
    return total, call("clamp_min", total - good, 0)


def _of_histogram(slo: ResolvedSLO, sli: Latency) -> tuple[Expr, Expr]:
    """Compare the count of a classic histogram with one of its buckets, series by series.

    count: ``rate(m_count[b]) >= 0 < Inf``
    fast: ``max without (le) (rate(m_bucket{le="0.2"}[b]) >= 0 < Inf)``
    events: ``sum by (G) (count and fast)``
    errors: ``clamp_min(sum by (G) (count - fast), 0)``

    A pod with other buckets has no match and is left out of both, instead of reading as errors.
    """
    metric, matchers = sli.histogram.metric, sli.histogram.matchers
    bucket = (*matchers, bucket_matcher(sli.bound))
    count = _finite(_rate(slo, f"{metric}_count", matchers))
    fast = max_without(("le",), _finite(_rate(slo, f"{metric}_bucket", bucket)))
    by = slo.definition.group_by
    return sum_by(by, count.and_(fast)), call("clamp_min", sum_by(by, count - fast), 0)


def _of_native_histogram(slo: ResolvedSLO, sli: Latency) -> tuple[Expr, Expr]:
    """Ask a native histogram for the fraction of observations below the threshold.

    H: ``sum by (G) (rate(m[b]))``
    events: ``histogram_count(H) >= 0 < Inf``
    errors: ``clamp(1 - histogram_fraction(-Inf, 0.2, H), 0, 1) * T >= 0 or 0 * T``

    The fraction of no observations is NaN, which ``>= 0`` drops and ``or 0 * T`` makes 0.
    """
    rate = _rate(slo, sli.histogram.metric, sli.histogram.matchers)
    histogram = sum_by(slo.definition.group_by, rate)
    total = _finite(call("histogram_count", histogram))
    fast = call("histogram_fraction", MINUS_INFINITY, sli.bound, histogram)
    slow = call("clamp", 1 - fast, 0, 1)
    return total, (slow * total >= 0).or_(0 * total)


def _of_error_ratio(slo: ResolvedSLO, sli: ErrorRatio) -> tuple[Expr, Expr]:
    """Take a ratio as it is: each moment is one event.

    events: ``group by (G) (query >= -Inf)``
    errors: ``clamp(max by (G) (query >= -Inf), 0, 1)``

    NaN compares with nothing, so that ``>= -Inf`` drops it and nothing else.
    """
    value, by = _query(slo, sli.query) >= MINUS_INFINITY, slo.definition.group_by
    worst = Aggregation("max", by, value)
    return Aggregation("group", by, value), call("clamp", worst, 0, 1)


def _of_time_slices(slo: ResolvedSLO, sli: TimeSlices) -> tuple[Expr, Expr]:
    """Judge a value: each moment is one event, good or bad.

    events: ``group by (G) (query >= -Inf)``
    errors, for ``<= 300``: ``max by (G) ((query >= -Inf) > bool 300)``
    """
    value, by = _query(slo, sli.query) >= MINUS_INFINITY, slo.definition.group_by
    bad = as_bool(value.compared(sli.good_when.opposite, sli.good_when.limit))
    return Aggregation("group", by, value), Aggregation("max", by, bad)


def _of_gauge(slo: ResolvedSLO, sli: Up) -> tuple[Expr, Expr]:
    """Count the series of a gauge that is 0 or 1.

    events: ``count by (G) (gauge >= 0 <= 1)``
    errors: ``count by (G) (gauge >= 0 <= 1) - sum by (G) (gauge >= 0 <= 1)``
    """
    gauge = Series(sli.gauge.metric, sli.gauge.matchers, offset=slo.timing.offset)
    value, by = (gauge >= 0) <= 1, slo.definition.group_by
    count = Aggregation("count", by, value)
    return count, count - sum_by(by, value)


def _sum_of_rates(slo: ResolvedSLO, counter: Selector | Query) -> Binary:
    if isinstance(counter, Query):
        return _finite(sum_by(slo.definition.group_by, _query(slo, counter)))
    return _finite(sum_by(slo.definition.group_by, _rate(slo, counter.metric, counter.matchers)))


def _rate(slo: ResolvedSLO, metric: str, matchers: tuple[Matcher, ...]) -> Expr:
    return call("rate", Series(metric, matchers).over(slo.timing.base_range, slo.timing.offset))


def _query(slo: ResolvedSLO, query: Query) -> Text:
    return Text(query.with_window(slo.timing.base_range), query.is_atomic)


def _finite(expr: Expr) -> Binary:
    """Keep what a sound counter can give: NaN compares with nothing, and Inf is not below Inf."""
    return (expr >= 0) < INFINITY
