"""What counters counted since the evaluation before: the shapes that kinds with counters share."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from slogen import naming
from slogen.promql.expr import (
    INFINITY,
    MINUS_INFINITY,
    Aggregation,
    Binary,
    Call,
    Expr,
    Series,
    Text,
    call,
    sum_by,
)
from slogen.promql.printer import text
from slogen.promql.query import Query
from slogen.promql.rates import is_counted, with_rates_replaced
from slogen.recorded.series import latest

if TYPE_CHECKING:
    from collections.abc import Callable

    from slogen.plan import ResolvedSLO
    from slogen.promql.selector import Matcher, Selector
    from slogen.units import Duration

RESET_BELOW = Decimal("0.875")
"""A counter that falls below this part of itself was reset; what falls less is repaired noise.

A sum of pods of which one leaves, or a float that wobbles, falls a little. VictoriaMetrics draws
the line at the same place.
"""


def increase(slo: ResolvedSLO, metric: str, matchers: tuple[Matcher, ...]) -> Binary:
    """Return what each counter counted since the evaluation before; see `increase_of`."""
    return increase_of(slo, Series(metric, matchers), lambda counter: counter)


def increase_of(slo: ResolvedSLO, series: Series, value: Callable[[Expr], Expr]) -> Binary:
    """Return how much a value of each series grew since the evaluation before.

    newest - older >= 0 < Inf or newest >= 0 < 0.875 * (older < Inf)

    The newest sample there is, ``last_over_time(x[b] offset o)``, and the newest that was there one
    evaluation before, ``last_over_time(x[m] offset o+f)``: the older sample of one evaluation is
    the newer one of the evaluation before, so that the sum over time is what the counter counted,
    whatever was missed between. After a reset the counter's value is what it counted since.
    Comparisons keep NaN and Inf out, series by series.
    """
    newer = value(newest(slo, series, slo.timing.base_range))
    older = value(older_of(slo, series))
    counted = (newer - older >= 0) < INFINITY
    return counted.or_((newer >= 0) < RESET_BELOW * (older < INFINITY))


def count(
    slo: ResolvedSLO, counter: Selector | Query, beside: Selector | Query | None = None
) -> Expr:
    """Return how many events were counted since the evaluation before, by group.

    A selector: ``sum by (G) (increase)``. A query of rates: the query with each rate replaced by an
    increase, which is 0 while its counter is missed for less than the longest gap, so that a sum of
    two counters is not lost with one of them. Any other query gives events per second:
    ``f * (sum by (G) (query) >= 0 < Inf)``.

    Args:
        slo: The SLO.
        counter: What counts.
        beside: A counter that this one is compared with. Where it gives NaN or Inf, the series of
            the same labels is left out here, too: half of a comparison would be wrong.
    """
    by = slo.definition.group_by
    if not isinstance(counter, Query):
        counted: Expr = increase(slo, counter.metric, counter.matchers)
        if beside is not None and not isinstance(beside, Query):
            counted = counted.unless(_broken(slo, beside))
        return sum_by(by, counted)
    if not is_counted(counter):
        query = Text(counter.with_window(slo.timing.base_range), counter.is_atomic)
        return slo.timing.fast_interval.seconds * finite(sum_by(by, query))

    def filled(selector: str) -> str:
        still = finite(newest(slo, Series(selector, ()), slo.timing.longest_gap))
        return text(increase(slo, selector, ()).or_(0 * still))

    # What else a query reads may be NaN or Inf, too.
    counted = sum_by(by, Text(with_rates_replaced(counter, filled), counter.is_atomic))
    return (counted > MINUS_INFINITY) < INFINITY


def _broken(slo: ResolvedSLO, counter: Selector) -> Binary:
    """Return the series whose increase is not known, since either sample of it is NaN or Inf.

    Times 0 both are NaN, which is not 0.
    """
    series = Series(counter.metric, counter.matchers)
    samples = (newest(slo, series, slo.timing.base_range), older_of(slo, series))
    now, before = ((0 * sample).compared("!=", 0) for sample in samples)
    return now.or_(before)


def presence(
    slo: ResolvedSLO, counter: Selector, window: Duration, by: tuple[str, ...]
) -> Aggregation:
    """Return which groups a counter was seen for within a window.

    ``group by (G) (last_over_time(x[m] offset o))``
    """
    return Aggregation("group", by, newest(slo, Series(counter.metric, counter.matchers), window))


def older_of(slo: ResolvedSLO, series: Series) -> Call:
    """Return the newest sample of each series that was there one evaluation before."""
    timing = slo.timing
    earlier = timing.fast_interval + timing.counter_offset
    return call("last_over_time", series.over(timing.longest_gap, earlier))


def newest(slo: ResolvedSLO, series: Series, window: Duration) -> Call:
    """Return the newest sample of each series within a window."""
    return call("last_over_time", series.over(window, slo.timing.counter_offset or None))


def finite(expr: Expr) -> Binary:
    """Keep what a sound counter can give: NaN compares with nothing, and Inf is not below Inf."""
    return (expr >= 0) < INFINITY


def counted_events(slo: ResolvedSLO) -> Aggregation:
    """Return the events that the rule before recorded at this evaluation, by group."""
    return latest(slo, naming.EVENTS_INCREASE, slo.definition.group_by)


def no_errors(slo: ResolvedSLO) -> Binary:
    """Return 0 for each group that has events: a bad series that does not exist yet is 0."""
    return 0 * counted_events(slo)
