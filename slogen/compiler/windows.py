"""Error ratios over windows: sums of bad events over sums of events, never means of ratios."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from slogen import naming
from slogen.compiler.shapes import record
from slogen.plan.timing import LONGEST_FAST_WINDOW
from slogen.promql.expr import Expr, call, sum_by
from slogen.recorded.series import recorded

if TYPE_CHECKING:
    from slogen.plan import ResolvedSLO
    from slogen.rules import Rule
    from slogen.units import Duration


def fast_windows(slo: ResolvedSLO) -> tuple[Rule, ...]:
    """Record the error ratio over each window that reads the base series.

    slo:sli_error:ratio_rate1h =
        sum by (G) (sum_over_time(slo:sli_errors:rate{slo_id="x"}[1h]))
        / (sum by (G) (sum_over_time(slo:sli_events:rate{slo_id="x"}[1h])) > 0)
    """
    return tuple(_window(slo, w) for w in slo.windows if w <= LONGEST_FAST_WINDOW)


def tiles(slo: ResolvedSLO) -> tuple[Rule, ...]:
    """Record how many events, and how many bad ones, each two minutes had.

    slo:sli_errors:sum2m =
        30 * sum by (G) (sum_over_time(slo:sli_errors:rate{slo_id="x"}[2m] offset 75s))

    The factor is the fast interval in seconds: each sample of a rate stands for so many seconds.
    """
    tile, timing = slo.timing.slow_interval, slo.timing
    return tuple(
        record(slo, name, timing.fast_interval.seconds * _sum(slo, rate, tile, timing.tile_offset))
        for name, rate in (
            (naming.events_sum(tile), naming.EVENTS_RATE),
            (naming.errors_sum(tile), naming.ERRORS_RATE),
        )
    )


def slow_windows(slo: ResolvedSLO) -> tuple[Rule, ...]:
    """Record the error ratio over each window that reads tiles.

    slo:sli_error:ratio_rate1d =
        sum by (G) (sum_over_time(slo:sli_errors:sum2m{slo_id="x"}[1d]))
        / (sum by (G) (sum_over_time(slo:sli_events:sum2m{slo_id="x"}[1d])) > 0)
    """
    return tuple(_window(slo, w) for w in slo.windows if w > LONGEST_FAST_WINDOW)


def period_window(slo: ResolvedSLO) -> tuple[Rule, ...]:
    """Record the error ratio over the SLO's own window under a name that all windows share.

    slo:sli_error:ratio_period = slo:sli_error:ratio_rate30d{slo_id="x"}
    """
    return (record(slo, naming.RATIO_PERIOD, recorded(slo, naming.ratio_rate(slo.period))),)


def seconds_seen(slo: ResolvedSLO, window: Duration, by: tuple[str, ...]) -> Expr:
    """Return the expression for how much of a window the SLO has existed for.

    It counts the heartbeat of the SLO, not of its events: an intermittent tenant is not young.
    """
    heartbeat = recorded(slo, naming.OBJECTIVE).over(window)
    return sum_by(by, call("count_over_time", heartbeat)) * slo.timing.slow_interval.seconds


def enough_bad_events(slo: ResolvedSLO, window: Duration, least: int) -> Expr:
    """Return the condition that a window holds so many bad events, per SLO and group.

    Half an event less is enough, since a rate over few increments reads low: of three events it
    may show a little less.
    """
    by = (slo.naming.id, *slo.definition.group_by)
    errors, _, factor = _sources(slo, window)
    total = sum_by(by, call("sum_over_time", recorded(slo, errors).over(window)))
    return (factor * total if factor != 1 else total) >= least - Decimal("0.5")


def _window(slo: ResolvedSLO, window: Duration) -> Rule:
    errors, events, _ = _sources(slo, window)
    ratio = _sum(slo, errors, window) / (_sum(slo, events, window) > 0)
    return record(slo, naming.ratio_rate(window), ratio)


def _sum(slo: ResolvedSLO, metric: str, window: Duration, offset: Duration | None = None) -> Expr:
    """Sum over time first and over series then.

    The outer sum drops the identity labels, so that a service can be renamed without a clash of
    label sets for as long as the window is.
    """
    samples = recorded(slo, metric).over(window, offset)
    return sum_by(slo.definition.group_by, call("sum_over_time", samples))


def _sources(slo: ResolvedSLO, window: Duration) -> tuple[str, str, Decimal]:
    """Return the series of errors and events to sum, and how many events a unit of them is."""
    if window <= LONGEST_FAST_WINDOW:
        return naming.ERRORS_RATE, naming.EVENTS_RATE, slo.timing.fast_interval.seconds
    tile = slo.timing.slow_interval
    return naming.errors_sum(tile), naming.events_sum(tile), Decimal(1)
