"""The base series: what all other rules of an SLO are made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from slogen import naming
from slogen.compiler.hours import this_hour
from slogen.compiler.shapes import record
from slogen.compiler.sli import kind_of
from slogen.compiler.sli.increases import counted_events
from slogen.plan.hours import HOUR
from slogen.promql.expr import Aggregation, Binary, Call, Expr, call, times_one
from slogen.recorded.series import observed, recorded

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
    counts = ((naming.EVENTS_INCREASE, events), (naming.ERRORS_INCREASE, errors))
    return tuple(record(slo, metric, _of_this_hour(counted)) for metric, counted in counts)


def counted(slo: ResolvedSLO) -> tuple[Expr, Expr]:
    """Return what the rules count at an evaluation, asked of raw series alone: events and errors.

    They are the expressions of `base_series`, without the label of the hour. Where errors read the
    events that the rule before recorded, the expression of the events stands.
    """
    events, errors = kind_of(slo).series(slo, slo.definition.sli)
    read = counted_events(slo)
    return events, _replaced(errors, read, attrs.evolve(read, operand=events))


def missing_moments(slo: ResolvedSLO) -> tuple[Rule, ...]:
    """Record a moment without data as bad, where the SLI says so, with a label of its own.

    slo:sli_events:increase, slo:sli_errors:increase, both with slo_missing="true":

    30 * group by (G) (max_over_time(slo:period_coverage:ratio{slo_id="x"}[1h]))
    unless
    group by (G) (slo:sli_events:increase{slo_id="x",slo_missing=""})
    and on ()
    group(last_over_time(slo:objective:ratio{slo_id="x"}[2m] offset 90s))

    Without groups it is ``vector(30)``. A group counts while it has an age: from its first data on,
    and until the hours that had some are forgotten. The last condition is that the rules ran
    before: after a start of Prometheus nothing is there until the first scrapes.
    """
    if not slo.counts_missing:
        return ()
    by, seconds = slo.definition.group_by, slo.timing.fast_interval.seconds
    moment: Expr = call("vector", seconds)
    if by:
        lately = call("max_over_time", recorded(slo, naming.COVERAGE).over(HOUR))
        moment = seconds * Aggregation("group", by, lately)
    had_data = Aggregation("group", by, observed(slo, naming.EVENTS_INCREASE))
    constant = recorded(slo, naming.OBJECTIVE)
    earlier = constant.over(2 * slo.timing.slow_interval, slo.timing.base_range)
    ran = Aggregation("group", (), call("last_over_time", earlier))
    counted = _of_this_hour(moment.unless(had_data).and_(ran, on=()))
    label = {naming.MISSING_LABEL: naming.MISSING}
    metrics = (naming.EVENTS_INCREASE, naming.ERRORS_INCREASE)
    return tuple(record(slo, metric, counted, **label) for metric in metrics)


def _of_this_hour(counted: Expr) -> Expr:
    return times_one(counted, this_hour(), on=(), brings=(naming.HOUR_LABEL,))


def _replaced(expr: Expr, part: Expr, other: Expr) -> Expr:
    """Return an expression with another one wherever a part of it stands."""
    if expr == part:
        return other
    match expr:
        case Aggregation():
            return attrs.evolve(expr, operand=_replaced(expr.operand, part, other))
        case Binary():
            left = _replaced(expr.left, part, other)
            return attrs.evolve(expr, left=left, right=_replaced(expr.right, part, other))
        case Call():
            arguments = tuple(_replaced(each, part, other) for each in expr.arguments)
            return attrs.evolve(expr, arguments=arguments)
        case _:
            return expr
