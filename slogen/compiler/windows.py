"""Error ratios over windows: sums of bad events over sums of events, never means of ratios."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from slogen import naming
from slogen.compiler.hours import summed
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
    kind, sli = kind_of(slo), slo.definition.sli
    return tuple(
        record(slo, naming.ratio_rate(w), kind.share(sli, *_sums(slo, w), w))
        for w in slo.windows
        if w <= LONGEST_FAST_WINDOW
    )


def slow_windows(slo: ResolvedSLO) -> tuple[Rule, ...]:
    """Record the error ratio over each window that reads hours, but the SLO's own.

    slo:sli_error:ratio_rate1d = clamp(E / (N > 0), 0, 1)

    E and N are the window's sums of errors and events, see `slogen.compiler.hours.summed`. Kinds
    that count time divide by the larger of what was seen of a window and what is usually seen:

    slo:sli_error:ratio_rate1d = clamp(E / (N > 86400 * Q or 86400 * Q), 0, 1)
    """
    return tuple(
        record(slo, naming.ratio_rate(window), _slow_ratio(slo, window))
        for window in slo.windows
        if LONGEST_FAST_WINDOW < window != slo.period
    )


def period_counts(slo: ResolvedSLO) -> tuple[Rule, ...]:
    """Record how many events, and how many bad ones, the SLO's own window had.

    slo:sli_errors:period = E, slo:sli_events:period = N
    """
    errors, events = _sums(slo, slo.period)
    return (
        record(slo, naming.ERRORS_PERIOD, errors),
        record(slo, naming.EVENTS_PERIOD, events),
    )


def seen(slo: ResolvedSLO) -> tuple[Rule, ...]:
    """Record how much of its time an SLO is usually seen, where time is what it counts.

    slo:sli_seen:ratio = clamp_max(N / (C * 2592000), 1)

    N are the seconds seen in the SLO's own window, C is how much of that the group has existed for.
    """
    if not _asks_what_is_seen(slo):
        return ()
    by = slo.definition.group_by
    existed = latest(slo, naming.COVERAGE, by) * slo.period.seconds
    share = call("clamp_max", latest(slo, naming.EVENTS_PERIOD, by) / existed, 1)
    return (record(slo, naming.SEEN_RATIO, share),)


def period_ratio(slo: ResolvedSLO) -> tuple[Rule, ...]:
    """Record the error ratio over the SLO's own window, under a name that all windows share.

    slo:sli_error:ratio_period = clamp(
        max by (G) (slo:sli_errors:period{slo_id="x"})
        / (max by (G) (slo:sli_events:period{slo_id="x"}) > 0),
        0, 1
    )
    slo:sli_error:ratio_rate30d = max by (G) (slo:sli_error:ratio_period{slo_id="x"})

    Of what counts time it is about what was seen.
    """
    by = slo.definition.group_by
    errors, events = (latest(slo, m, by) for m in (naming.ERRORS_PERIOD, naming.EVENTS_PERIOD))
    ratio = record(slo, naming.RATIO_PERIOD, _kept_a_ratio(slo, errors, events))
    if slo.period <= LONGEST_FAST_WINDOW:
        return (ratio,)
    same = latest(slo, naming.RATIO_PERIOD, by)
    return (ratio, record(slo, naming.ratio_rate(slo.period), same))


def sum_of_base(slo: ResolvedSLO, increase: str, window: Duration, by: tuple[str, ...]) -> Expr:
    """Return how much there was in a window of at most 6h.

    It sums over time first and over series then: the outer sum drops the identity labels, so that
    a service can be renamed without a clash of label sets for as long as the window is.
    """
    return sum_by(by, call("sum_over_time", recorded(slo, increase).over(window)))


def enough_bad_events(slo: ResolvedSLO, window: Duration, least: int) -> Expr:
    """Return the condition that a window holds so many bad events, per SLO and group.

    Where events are not counted one by one half an event less is enough, since a rate over few
    increments reads low: of three events it may show a little less.
    """
    by = (*key(slo), *slo.definition.group_by)
    if window == slo.period > LONGEST_FAST_WINDOW:
        total: Expr = latest(slo, naming.ERRORS_PERIOD, by)
    else:
        total = _sum(slo, naming.ERRORS_INCREASE, window, by)
    exact = slo.definition.sli.counts_whole_events
    return total >= (Decimal(least) if exact else least - _HALF_AN_EVENT)


def events_of(slo: ResolvedSLO, window: Duration) -> Expr:
    """Return the events of a window, per SLO and group."""
    return _sum(slo, naming.EVENTS_INCREASE, window, (*key(slo), *slo.definition.group_by))


def _slow_ratio(slo: ResolvedSLO, window: Duration) -> Expr:
    errors, events = _sums(slo, window)
    if slo.definition.sli.counts_events:
        return _kept_a_ratio(slo, errors, events)
    usual = window.seconds * latest(slo, naming.SEEN_RATIO, slo.definition.group_by)
    return call("clamp", errors / (events > usual).or_(usual), 0, 1)


def _asks_what_is_seen(slo: ResolvedSLO) -> bool:
    slow = (w for w in slo.windows if LONGEST_FAST_WINDOW < w != slo.period)
    return not slo.definition.sli.counts_events and any(slow)


def _kept_a_ratio(slo: ResolvedSLO, errors: Expr, events: Expr) -> Expr:
    """Return the share of bad events over a window that is as long as what was seen of it."""
    sli = slo.definition.sli
    if not sli.counts_events:
        return call("clamp_max", share_of_seen(errors, events), 1)
    return kind_of(slo).share(sli, errors, events, slo.period)


def _sums(slo: ResolvedSLO, window: Duration) -> tuple[Expr, Expr]:
    """Return the sums of errors and events of a window, by group."""
    errors, events = (
        _sum(slo, increase, window, slo.definition.group_by)
        for increase in (naming.ERRORS_INCREASE, naming.EVENTS_INCREASE)
    )
    return errors, events


def _sum(slo: ResolvedSLO, increase: str, window: Duration, by: tuple[str, ...]) -> Expr:
    if window <= LONGEST_FAST_WINDOW:
        return sum_of_base(slo, increase, window, by)
    return summed(slo, increase, window, by)
