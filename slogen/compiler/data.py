"""The data that all else is made of: how much of it there is, and alerts when it is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen import naming
from slogen.compiler.annotations import (
    incomplete_annotations,
    stale_annotations,
    stale_groups_annotations,
)
from slogen.compiler.shapes import alerting, record
from slogen.compiler.windows import sum_of_base
from slogen.plan.hours import DAY, HOUR, UNRECORDED
from slogen.promql.expr import Aggregation, Expr, call, sum_by
from slogen.recorded.series import COMPLETE_FROM, key, latest, observed, recorded
from slogen.units import Duration

if TYPE_CHECKING:
    from slogen.plan import ResolvedSLO
    from slogen.rules import Rule

_LATELY = Duration("30m")
_SECONDS_BETWEEN = 600
_REMEMBERED = DAY + UNRECORDED
"""Until then there are hours of the last day; the last one is recorded when it is over."""


def data_ratio(slo: ResolvedSLO) -> tuple[Rule, ...]:
    """Record which part of the last hour's evaluations had data.

    slo:sli_data:ratio = clamp_max(
        sum by (G) (count_over_time(slo:sli_events:increase{slo_id="x"}[1h])) * 30 / 3600, 1
    )
    """
    evaluated = observed(slo, naming.EVENTS_INCREASE).over(HOUR)
    seconds = (
        sum_by(slo.definition.group_by, call("count_over_time", evaluated))
        * slo.timing.fast_interval.seconds
    )
    return (record(slo, naming.DATA_RATIO, call("clamp_max", seconds / HOUR.seconds, 1)),)


def incomplete_alert(slo: ResolvedSLO) -> tuple[Rule, ...]:
    """Alert when less than 95 % of an hour's data was there, for an hour.

    max by (slo_id, G) (slo:sli_data:ratio{slo_id="x"}) < 0.95, for 1h

    A young group has little data in its first hour, and one that is gone in its last: neither
    holds for an hour. Nor does one gap of up to six minutes; the alert for a longer one fires an
    hour after its third minute.
    """
    if not slo.incomplete:
        return ()
    by = (*key(slo), *slo.definition.group_by)
    missing = latest(slo, naming.DATA_RATIO, by) < COMPLETE_FROM
    return (alerting(slo, slo.incomplete, missing, incomplete_annotations(slo)),)


def events_lately(slo: ResolvedSLO) -> tuple[Rule, ...]:
    """Record how many events the last half hour had, every ten minutes while there is data.

    slo:sli_events:sum30m =
        sum(sum_over_time(slo:sli_events:increase{slo_id="x"}[30m]))
        and
        group(slo:sli_events:increase{slo_id="x"})
        and on ()
        vector(time() % 600) < 60

    Its last sample says whether the SLI was idle before its data ended. Of groups likewise, by G,
    as ``slo:sli_group_events:sum30m``. A sample every minute would cost ten times as much where it
    is looked for in a day.
    """
    wanted = (
        (slo.stale, naming.EVENTS_LATELY, ()),
        (slo.stale_groups, naming.GROUP_EVENTS_LATELY, slo.definition.group_by),
    )
    return tuple(record(slo, metric, _lately(slo, by)) for alert, metric, by in wanted if alert)


def _lately(slo: ResolvedSLO, by: tuple[str, ...]) -> Expr:
    """Return the events of the last half hour of who has data now, at one evaluation of many."""
    there = Aggregation("group", by, recorded(slo, naming.EVENTS_INCREASE))
    events = sum_of_base(slo, naming.EVENTS_INCREASE, _LATELY, by).and_(there)
    now = call("vector", call("time") % _SECONDS_BETWEEN)
    return events.and_(now < slo.timing.slow_interval.seconds, on=())


def stale_alert(slo: ResolvedSLO) -> tuple[Rule, ...]:
    """Alert when the whole SLI has no data, for 10m.

    absent(slo:sli_errors:increase{slo_id="x"})
    and on ()
    (
        group(last_over_time(slo:sli_events:sum30m{slo_id="x"}[26h]) > 0)
        or
        group(absent_over_time(slo:sli_events:sum1h{slo_id="x"}[1d]))
    )

    The first condition is that it was not idle before, as the last record says that is made every
    ten minutes; the second that there never was any data, or none for a day. The counters of a
    quiet service do not exist between a restart and the next request.
    """
    if not slo.stale:
        return ()
    gone = call("absent", recorded(slo, naming.ERRORS_INCREASE))
    lately = call("last_over_time", recorded(slo, naming.EVENTS_LATELY).over(_REMEMBERED)) > 0
    never = call("absent_over_time", recorded(slo, naming.EVENTS_SUM).over(DAY))
    expected = Aggregation("group", (), lately).or_(Aggregation("group", (), never))
    return (alerting(slo, slo.stale, gone.and_(expected, on=()), stale_annotations(slo)),)


def stale_groups_alert(slo: ResolvedSLO) -> tuple[Rule, ...]:
    """Alert when one group of several has no data, and was not idle before, for 10m.

    max by (slo_id, G) (last_over_time(slo:sli_group_events:sum30m{slo_id="x"}[1d])) > 0
    unless on (G)
    group by (G) (slo:sli_errors:increase{slo_id="x"})
    and on ()
    group(slo:sli_errors:increase{slo_id="x"})
    """
    if not slo.stale_groups:
        return ()
    errors, by = recorded(slo, naming.ERRORS_INCREASE), slo.definition.group_by
    lately = call("last_over_time", recorded(slo, naming.GROUP_EVENTS_LATELY).over(DAY))
    busy = Aggregation("max", (*key(slo), *by), lately) > 0
    gone = busy.unless(Aggregation("group", by, errors), on=by)
    others = Aggregation("group", (), errors)
    annotations = stale_groups_annotations(slo)
    return (alerting(slo, slo.stale_groups, gone.and_(others, on=()), annotations),)
