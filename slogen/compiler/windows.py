"""Error ratios over windows: sums of bad events over sums of events, never means of ratios."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from slogen import naming
from slogen.compiler.shapes import record
from slogen.compiler.sli import kind_of
from slogen.compiler.sli.kind import share_of_seen
from slogen.plan.timing import LONGEST_FAST_WINDOW
from slogen.promql.expr import Expr, call, sum_by
from slogen.recorded.series import key, latest, recorded

if TYPE_CHECKING:
    from slogen.plan import ResolvedSLO
    from slogen.rules import Rule
    from slogen.units import Duration

_HALF_AN_EVENT = Decimal("0.5")


def fast_windows(slo: ResolvedSLO) -> tuple[Rule, ...]:
    """Record the error ratio over each window that reads the base series.

    slo:sli_error:ratio_rate1h = clamp(
        sum by (G) (sum_over_time(slo:sli_errors:increase{slo_id="x"}[1h]))
        / (sum by (G) (sum_over_time(slo:sli_events:increase{slo_id="x"}[1h])) > 0),
        0, 1
    )
    """
    return tuple(_window(slo, w) for w in slo.windows if w <= LONGEST_FAST_WINDOW)


def tiles(slo: ResolvedSLO) -> tuple[Rule, ...]:
    """Record how many events, and how many bad ones, each two minutes had.

    slo:sli_errors:sum2m =
        sum by (G) (sum_over_time(slo:sli_errors:increase{slo_id="x"}[2m] offset 75s))
    """
    tile, timing = slo.timing.slow_interval, slo.timing
    return tuple(
        record(slo, name, _sum(slo, increase, tile, timing.tile_offset))
        for name, increase in (
            (naming.events_sum(tile), naming.EVENTS_INCREASE),
            (naming.errors_sum(tile), naming.ERRORS_INCREASE),
        )
    )


def slow_windows(slo: ResolvedSLO) -> tuple[Rule, ...]:
    """Record the error ratio over each window that reads tiles.

    slo:sli_error:ratio_rate1d = clamp(
        sum by (G) (sum_over_time(slo:sli_errors:sum2m{slo_id="x"}[1d]))
        / (sum by (G) (sum_over_time(slo:sli_events:sum2m{slo_id="x"}[1d])) > 0),
        0, 1
    )
    """
    return tuple(_window(slo, w) for w in slo.windows if w > LONGEST_FAST_WINDOW)


def period_window(slo: ResolvedSLO) -> tuple[Rule, ...]:
    """Record the error ratio over the SLO's own window under a name that all windows share.

    slo:sli_error:ratio_period = max by (G) (slo:sli_error:ratio_rate30d{slo_id="x"})

    A window of at most 6h that counts time takes what was not seen for good; the budget is about
    what was seen.
    """
    if slo.definition.sli.counts_events or slo.period > LONGEST_FAST_WINDOW:
        ratio: Expr = latest(slo, naming.ratio_rate(slo.period), slo.definition.group_by)
    else:
        ratio = share_of_seen(*_sums(slo, slo.period))
    return (record(slo, naming.RATIO_PERIOD, ratio),)


def seconds_seen(slo: ResolvedSLO, window: Duration, by: tuple[str, ...]) -> Expr:
    """Return the expression for how much of a window the SLO has existed for.

    It counts the heartbeat of the SLO, not of its events: an intermittent tenant is not young.
    """
    heartbeat = recorded(slo, naming.OBJECTIVE).over(window)
    return sum_by(by, call("count_over_time", heartbeat)) * slo.timing.slow_interval.seconds


def enough_bad_events(slo: ResolvedSLO, window: Duration, least: int) -> Expr:
    """Return the condition that a window holds so many bad events, per SLO and group.

    Where events are not counted one by one half an event less is enough, since a rate over few
    increments reads low: of three events it may show a little less.
    """
    by = (*key(slo), *slo.definition.group_by)
    errors, _ = _sources(slo, window)
    total = sum_by(by, call("sum_over_time", recorded(slo, errors).over(window)))
    exact = slo.definition.sli.counts_whole_events
    return total >= (Decimal(least) if exact else least - _HALF_AN_EVENT)


def _window(slo: ResolvedSLO, window: Duration) -> Rule:
    errors, events = _sums(slo, window)
    sli, kind = slo.definition.sli, kind_of(slo)
    if window <= LONGEST_FAST_WINDOW or sli.counts_events:
        ratio = kind.share(sli, errors, events, window)
    else:
        ratio = share_of_seen(errors, events)
    return record(slo, naming.ratio_rate(window), ratio)


def _sums(slo: ResolvedSLO, window: Duration) -> tuple[Expr, Expr]:
    errors, events = (_sum(slo, metric, window) for metric in _sources(slo, window))
    return errors, events


def _sum(slo: ResolvedSLO, metric: str, window: Duration, offset: Duration | None = None) -> Expr:
    """Sum over time first and over series then.

    The outer sum drops the identity labels, so that a service can be renamed without a clash of
    label sets for as long as the window is.
    """
    samples = recorded(slo, metric).over(window, offset)
    return sum_by(slo.definition.group_by, call("sum_over_time", samples))


def _sources(slo: ResolvedSLO, window: Duration) -> tuple[str, str]:
    """Return the series of errors and events that a window sums."""
    if window <= LONGEST_FAST_WINDOW:
        return naming.ERRORS_INCREASE, naming.EVENTS_INCREASE
    tile = slo.timing.slow_interval
    return naming.errors_sum(tile), naming.events_sum(tile)
