"""Hours: what each hour counted, recorded once, and what no hour holds yet.

The base series bear the hour of their evaluation, modulo 4. An hour that is over is recorded
straight from them, unless it is recorded already: neither a restart nor a missed evaluation makes
an hour count twice or not at all. What is not recorded yet is open, and long windows read both.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen import naming
from slogen.compiler.shapes import record
from slogen.plan.hours import (
    FIRST_SECOND,
    HOUR,
    HOURS_TOLD_APART,
    SECONDS_BETWEEN_TRIES,
    UNRECORDED,
)
from slogen.promql.expr import Aggregation, Binary, Call, Expr, call, sum_by
from slogen.recorded.hours import OPEN, SUM_OF_HOUR
from slogen.recorded.series import latest, observed, recorded

if TYPE_CHECKING:
    from slogen.plan import ResolvedSLO
    from slogen.rules import Rule
    from slogen.units import Duration


def hours(slo: ResolvedSLO) -> tuple[Rule, ...]:
    """Record what the hour before this one counted, and when it began, once an hour.

    slo:sli_errors:sum1h =
        sum by (G, slo_hour) (sum_over_time(slo:sli_errors:increase{slo_id="x"}[2h]))
        unless group by (G, slo_hour) (last_over_time(slo:sli_errors:sum1h{slo_id="x"}[2h]))
        and on (slo_hour) count_values("slo_hour", floor(vector(time() / 3600 + 3)) % 4)
        and on () vector(time() % 600) >= 240 < 300

    The last line lets one evaluation in ten minutes try: a ruler that writes late does not see at
    the next one what it recorded. ``slo:sli_events:hour`` is the time of the hour's first second,
    and where a group has begun within the hour of the group's.
    """
    counted = (
        record(slo, SUM_OF_HOUR[increase], _in_turn(slo, _unrecorded(slo, increase)))
        for increase in (naming.ERRORS_INCREASE, naming.EVENTS_INCREASE)
    )
    seconds = call("clamp_max", evaluated(slo), HOUR.seconds)
    began = (_now() - _now() % HOUR.seconds) - seconds
    began = began.unless(_recorded(slo, naming.EVENTS_HOUR, slo.definition.group_by))
    return (*counted, record(slo, naming.EVENTS_HOUR, _in_turn(slo, began)))


def open_hours(slo: ResolvedSLO) -> tuple[Rule, ...]:
    """Record what no hour holds yet, and of which hour it is.

    slo:sli_errors:open =
        sum by (G, slo_hour) (sum_over_time(slo:sli_errors:increase{slo_id="x"}[2h]))
        unless group by (G, slo_hour) (last_over_time(slo:sli_errors:sum1h{slo_id="x"}[2h]))
    """
    return tuple(record(slo, name, _unrecorded(slo, increase)) for increase, name in OPEN.items())


def evaluated(slo: ResolvedSLO) -> Binary:
    """Return how many seconds of each of the last hours a group was evaluated for.

    max by (G, slo_hour) (
        sum without (slo_service, slo_name) (
            count_over_time(slo:sli_events:increase{slo_id="x"}[2h])
        )
    ) * 30

    What had another name before counts as well; but of two rulers that record into one store the
    larger count is taken. Where a moment without data is bad it is an evaluation too, but a group
    exists only while it has data.
    """
    series = observed if slo.definition.group_by else recorded
    samples = series(slo, naming.EVENTS_INCREASE).over(UNRECORDED)
    told_apart: tuple[str, ...] = (slo.naming.service, slo.naming.name)
    if slo.counts_missing and not slo.definition.group_by:
        told_apart += (naming.MISSING_LABEL,)
    counted = Aggregation("sum", told_apart, call("count_over_time", samples), without=True)
    evaluations = Aggregation("max", _by(slo), counted)
    return evaluations * slo.timing.fast_interval.seconds


def summed(slo: ResolvedSLO, increase: str, window: Duration, by: tuple[str, ...]) -> Aggregation:
    """Return how much there was in a window of more than 6h: its hours, and what none holds yet.

    sum by (G) (
        sum_over_time(slo:sli_errors:sum1h{slo_id="x"}[1d])
        or
        max by (G, slo_hour) (slo:sli_errors:open{slo_id="x"})
        unless
        group by (G, slo_hour) (last_over_time(slo:sli_errors:sum1h{slo_id="x"}[2h]))
    )

    Hours bear the labels of the SLO's names and what is open does not, so that ``or`` takes both.
    A ruler that writes late shows an hour together with what was open before it was recorded:
    ``unless`` lets it count once.
    """
    known = SUM_OF_HOUR[increase]
    whole = call("sum_over_time", recorded(slo, known).over(window))
    still_open = latest(slo, OPEN[increase], (*by, naming.HOUR_LABEL))
    return sum_by(by, whole.or_(still_open.unless(_recorded(slo, known, by))))


def this_hour(later: int = 0) -> Aggregation:
    """Return 1 with the label of this hour, or of one some hours later, modulo 4."""
    hour: Expr = _now() / HOUR.seconds
    number = call("floor", call("vector", hour + later if later else hour)) % HOURS_TOLD_APART
    return Aggregation("count_values", (), number, parameter=naming.HOUR_LABEL)


def _by(slo: ResolvedSLO) -> tuple[str, ...]:
    return (*slo.definition.group_by, naming.HOUR_LABEL)


def _unrecorded(slo: ResolvedSLO, increase: str) -> Binary:
    """Return how much there was in each hour that is not recorded yet."""
    counted = call("sum_over_time", recorded(slo, increase).over(UNRECORDED))
    known = _recorded(slo, SUM_OF_HOUR[increase], slo.definition.group_by)
    return sum_by(_by(slo), counted).unless(known)


def _recorded(slo: ResolvedSLO, metric: str, by: tuple[str, ...]) -> Aggregation:
    """Return which of the hours that are counted at the same time are recorded already."""
    known = call("last_over_time", recorded(slo, metric).over(UNRECORDED))
    return Aggregation("group", (*by, naming.HOUR_LABEL), known)


def _in_turn(slo: ResolvedSLO, hour: Expr) -> Expr:
    """Keep what is about the hour before this one, at the one evaluation that may record it."""
    before = this_hour(later=HOURS_TOLD_APART - 1)
    until = FIRST_SECOND + slo.timing.slow_interval.seconds
    turn = (call("vector", _now() % SECONDS_BETWEEN_TRIES) >= FIRST_SECOND) < until
    return hour.and_(before, on=(naming.HOUR_LABEL,)).and_(turn, on=())


def _now() -> Call:
    return call("time")
