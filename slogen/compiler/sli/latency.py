"""A histogram of durations becomes two series."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen.compiler.buckets import bucket_matcher
from slogen.compiler.sli.counted import finite, rate
from slogen.promql.expr import MINUS_INFINITY, Expr, call, max_without, sum_by

if TYPE_CHECKING:
    from slogen.model import Latency
    from slogen.plan import ResolvedSLO


def latency(slo: ResolvedSLO, sli: Latency) -> tuple[Expr, Expr]:
    """Compare observations with those that were fast enough, as either kind of histogram can."""
    return _of_native_histogram(slo, sli) if sli.native else _of_histogram(slo, sli)


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
    count = finite(rate(slo, f"{metric}_count", matchers))
    fast = max_without(("le",), finite(rate(slo, f"{metric}_bucket", bucket)))
    by = slo.definition.group_by
    return sum_by(by, count.and_(fast)), call("clamp_min", sum_by(by, count - fast), 0)


def _of_native_histogram(slo: ResolvedSLO, sli: Latency) -> tuple[Expr, Expr]:
    """Ask a native histogram for the fraction of observations below the threshold.

    H: ``sum by (G) (rate(m[b]))``
    events: ``histogram_count(H) >= 0 < Inf``
    errors: ``clamp(1 - histogram_fraction(-Inf, 0.2, H), 0, 1) * T >= 0 or 0 * T``

    The fraction of no observations is NaN, which ``>= 0`` drops and ``or 0 * T`` makes 0.
    """
    grown = rate(slo, sli.histogram.metric, sli.histogram.matchers)
    histogram = sum_by(slo.definition.group_by, grown)
    total = finite(call("histogram_count", histogram))
    fast = call("histogram_fraction", MINUS_INFINITY, sli.bound, histogram)
    slow = call("clamp", 1 - fast, 0, 1)
    return total, (slow * total >= 0).or_(0 * total)
