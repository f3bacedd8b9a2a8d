"""The data that all else is made of: how much of it there is, and alerts when it is missing."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from slogen import naming
from slogen.compiler.annotations import incomplete_annotations, stale_annotations
from slogen.compiler.shapes import alerting, record
from slogen.plan.hours import HOUR
from slogen.promql.expr import Aggregation, Expr, call, sum_by
from slogen.recorded.series import key, latest, recorded
from slogen.units import Duration

if TYPE_CHECKING:
    from slogen.plan import ResolvedSLO
    from slogen.rules import Rule

_GROUPS_REMEMBERED_FOR = Duration("6h")
_COMPLETE_FROM = Decimal("0.95")


def data_ratio(slo: ResolvedSLO) -> tuple[Rule, ...]:
    """Record which part of the last hour's evaluations had data.

    slo:sli_data:ratio = clamp_max(
        sum by (G) (count_over_time(slo:sli_events:increase{slo_id="x"}[1h])) * 30 / 3600, 1
    )
    """
    evaluated = recorded(slo, naming.EVENTS_INCREASE).over(HOUR)
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
    missing = latest(slo, naming.DATA_RATIO, by) < _COMPLETE_FROM
    return (alerting(slo, slo.incomplete, missing, incomplete_annotations(slo)),)


def stale_alert(slo: ResolvedSLO) -> tuple[Rule, ...]:
    """Alert when the SLI has no data: as a whole, or for a group that had some lately.

    absent(slo:sli_errors:increase{slo_id="x"})
    or
    count by (G) (count_over_time(slo:sli_errors:increase{slo_id="x"}[6h]))
    unless
    sum by (G) (slo:sli_errors:increase{slo_id="x"})
    """
    if not slo.stale:
        return ()
    errors, by = recorded(slo, naming.ERRORS_INCREASE), slo.definition.group_by
    gone: Expr = call("absent", errors)
    if by:
        lately = call("count_over_time", errors.over(_GROUPS_REMEMBERED_FOR))
        gone = gone.or_(Aggregation("count", by, lately).unless(sum_by(by, errors)))
    return (alerting(slo, slo.stale, gone, stale_annotations(slo)),)
