"""The base series: what all other rules of an SLO are made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen import naming
from slogen.compiler.hours import this_hour
from slogen.compiler.shapes import record
from slogen.compiler.sli import kind_of
from slogen.promql.expr import times_one

if TYPE_CHECKING:
    from slogen.plan import ResolvedSLO
    from slogen.rules import Rule


def base_series(slo: ResolvedSLO) -> tuple[Rule, ...]:
    """Record how many events, and how many bad ones, there were since the evaluation before.

    slo:sli_events:increase, slo:sli_errors:increase: the two expressions of `slogen.compiler.sli`,
    each with a label that tells the hour of the evaluation from the hours beside it:

    * on () group_left (slo_hour) count_values("slo_hour", floor(vector(time() / 3600)) % 4)
    """
    events, errors = kind_of(slo).series(slo, slo.definition.sli)
    return tuple(
        record(slo, metric, times_one(counted, this_hour(), on=(), brings=(naming.HOUR_LABEL,)))
        for metric, counted in ((naming.EVENTS_INCREASE, events), (naming.ERRORS_INCREASE, errors))
    )
