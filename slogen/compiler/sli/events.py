"""Counters of events become two series."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen.compiler.sli.increases import (
    count,
    counted_events,
    increase,
    newest,
    no_errors,
    presence,
)
from slogen.compiler.sli.kind import Kind, share_of_events
from slogen.promql.expr import Aggregation, Expr, Series, as_bool, sum_by
from slogen.promql.query import Query
from slogen.promql.selector import Selector

if TYPE_CHECKING:
    from slogen.model import Events
    from slogen.plan import ResolvedSLO
    from slogen.units import Duration


def events(slo: ResolvedSLO, sli: Events) -> tuple[Expr, Expr]:
    """Count events, and of these the bad ones, by what tells bad from good.

    D is what a counter counted, L the groups that it was seen for within the longest gap.
    """
    if sli.bad is not None:
        return _part(slo, sli.total, sli.bad) if sli.is_part else _own_bad(slo, sli.total, sli.bad)
    assert sli.good is not None  # noqa: S101 (the model takes exactly one of the two)
    if sli.is_part and isinstance(sli.total, Selector) and isinstance(sli.good, Selector):
        return _without(slo, sli.total, sli.good)
    return _difference(slo, sli, sli.good)


def _part(slo: ResolvedSLO, total: Selector | Query, bad: Selector | Query) -> tuple[Expr, Expr]:
    """Count bad events that are a part of the total: one metric, seen at the same moments.

    events: ``D(total)``
    errors: ``D(bad) or 0 * max by (G) (events)``
    """
    return count(slo, total), count(slo, bad).or_(no_errors(slo))


def _own_bad(slo: ResolvedSLO, total: Selector | Query, bad: Selector | Query) -> tuple[Expr, Expr]:
    """Count bad events with a metric of their own.

    events: ``D(total) or 0 * L(total)``
    errors: ``(D(bad) or 0 * max by (G) (events)) and L(total)``

    Each D is without series of the same labels whose other metric gives NaN. The total is 0 while
    its scrapes are missed, so that bad events of that time count; without a total that was seen at
    all they do not.
    """
    errors = count(slo, bad, beside=total).or_(no_errors(slo))
    events = _filled(slo, total, total, beside=bad)
    if isinstance(total, Query):
        return events, errors.and_(counted_events(slo))
    return events, errors.and_(_seen(slo, total))


def _without(slo: ResolvedSLO, total: Selector, good: Selector) -> tuple[Expr, Expr]:
    """Count the total without its good part: bad is what is left.

    events: ``D(total)``
    errors: ``D(total without good) or 0 * max by (G) (events)``
    """
    if bad := total.without(good):
        errors: Expr = sum_by(slo.definition.group_by, increase(slo, bad.metric, bad.matchers))
    else:
        series = Series(good.metric, good.matchers)
        kept = increase(slo, total.metric, total.matchers).unless(
            newest(slo, series, slo.timing.base_range)
        )
        errors = sum_by(slo.definition.group_by, kept)
    return count(slo, total), errors.or_(no_errors(slo))


def _difference(slo: ResolvedSLO, sli: Events, good: Selector | Query) -> tuple[Expr, Expr]:
    """Subtract the good events from all.

    events: ``(D(total) or 0 * L(total)) and L(good)``
    errors: ``(D(total) or 0 * L(total)) - (D(good) or 0 * L(good))``

    Each D is without series of the same labels whose other metric gives NaN. Where another metric
    counts the good ones, it is seen at other moments, so that the difference of a moment may be
    negative; it is cut off after it was summed. Where it is the same metric, a good series that
    was never seen is 0.
    """
    every = _filled(slo, sli.total, sli.total, beside=good)
    if not sli.is_difference:
        return every, every - _filled(slo, good, sli.total, beside=sli.total)
    good_events = _filled(slo, good, good, beside=sli.total)
    seen = good_events if isinstance(good, Query) else _seen(slo, good)
    return every.and_(seen), every - good_events


def share(sli: Events, errors: Expr, events: Expr, window: Duration) -> Expr:
    """Return the part of the events of a window that is bad.

    Bad events with a metric of their own may be seen while the total is not, or be no part of it:
    then the larger of both sums is what happened.

    ``clamp(E / (N > 0), 0, 1) or (E > bool 0) == 1``
    """
    part = share_of_events(sli, errors, events, window)
    if sli.bad is None or sli.is_part:
        return part
    return part.or_(as_bool(errors > 0).compared("==", 1))


def conditions(slo: ResolvedSLO, sli: Events, by: tuple[str, ...]) -> tuple[Expr, ...]:
    """Return what pages need where two metrics are compared: both were seen just now.

    ``group by (G) (last_over_time(good[90s] offset 15s))``, and the same of the total
    """
    if not sli.is_difference or sli.good is None:
        return ()
    window = slo.timing.base_range
    counters = (one for one in (sli.good, sli.total) if isinstance(one, Selector))
    return tuple(presence(slo, counter, window, by) for counter in counters)


def _filled(
    slo: ResolvedSLO,
    counter: Selector | Query,
    filled_by: Selector | Query,
    *,
    beside: Selector | Query,
) -> Expr:
    """Return a count that is 0 where its counter, or another, was seen and counted nothing.

    The count of a query is filled with its own zeros already.
    """
    if isinstance(filled_by, Query):
        return count(slo, counter, beside)
    return count(slo, counter, beside).or_(0 * _seen(slo, filled_by))


def _seen(slo: ResolvedSLO, counter: Selector) -> Aggregation:
    return presence(slo, counter, slo.timing.longest_gap, slo.definition.group_by)


KIND = Kind(series=events, share=share, conditions=conditions)
