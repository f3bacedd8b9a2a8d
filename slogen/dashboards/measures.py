"""What panels show, as PromQL: each a function from a scope to an expression.

Where an SLO has groups, a row about the SLO shows its worst one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from slogen import naming
from slogen.dashboards.colors import STATE_NO_DATA, STATE_PAGE, STATE_TICKET
from slogen.dashboards.scope import divided, labelled, times, union
from slogen.promql.expr import Aggregation, Binary, Expr, Subquery, as_bool, call, max_without
from slogen.promql.selector import Matcher
from slogen.recorded.budget import CRITICAL_FROM, HEALTHY_ABOVE
from slogen.units import Duration

if TYPE_CHECKING:
    from slogen.dashboards.scope import Scope

DAY = Duration("1d")
WEEK = Duration("7d")
HOUR = Duration("1h")
SIX_HOURS = Duration("6h")
_STEP = Duration("5m")


@attrs.frozen(kw_only=True)
class Words:
    """The settings' words for the severities of alerts."""

    page: tuple[str, ...]
    ticket: tuple[str, ...]


def worst_low(scope: Scope, expr: Expr) -> Expr:
    """Return the lowest value that an SLO has."""
    return Aggregation("min", scope.row, expr)


def worst_high(scope: Scope, expr: Expr) -> Expr:
    """Return the highest value that an SLO has."""
    return Aggregation("max", scope.row, expr)


def objective(scope: Scope) -> Expr:
    """Return the objective of each SLO."""
    return Aggregation("max", scope.row, scope.latest(naming.OBJECTIVE))


def sli(scope: Scope, before: Duration | None = None) -> Expr:
    """Return the share of good events over each SLO's own window, of each group."""
    return 1 - scope.latest(naming.RATIO_PERIOD, before)


def left(scope: Scope, before: Duration | None = None) -> Expr:
    """Return the part of the budget that is left, of each group."""
    return scope.latest(naming.BUDGET_REMAINING, before)


def burn(scope: Scope, window: Duration, before: Duration | None = None) -> Expr:
    """Return how many times faster than sustainable a budget burns, of each group."""
    ratio = scope.latest(naming.ratio_rate(window), before)
    return divided(ratio, scope.constant(naming.ERROR_BUDGET), scope.key)


def measured_for(scope: Scope) -> Expr:
    """Return for how many seconds of its window each group has been measured."""
    days = scope.constant(naming.PERIOD_DAYS)
    return times(scope.latest(naming.COVERAGE), days * DAY.seconds, scope.key)


def burn_six_hours(scope: Scope) -> Expr:
    """Return the burn rate over 6h, or over the SLO's own window where that is shorter."""
    return burn(scope, SIX_HOURS).or_(scope.latest(naming.PERIOD_BURN_RATE))


def state(scope: Scope, words: Words) -> Expr:
    """Return what an SLO is in: a page, no data, a ticket or nothing, the first that holds."""
    row, key = scope.row, scope.key
    known = scope.known()

    def firing(severities: tuple[str, ...]) -> Expr:
        return Aggregation("group", row, alerts_of(scope, severities))

    silent = known.unless(scope.latest(naming.ERRORS_INCREASE), on=key)
    return union((
        STATE_PAGE * firing(words.page),
        STATE_NO_DATA * silent,
        STATE_TICKET * firing(words.ticket),
        0 * known,
    ))  # fmt: skip


def alerts_of(scope: Scope, severities: tuple[str, ...], before: Duration | None = None) -> Expr:
    """Return the alerts that fire with one of some severities, now or so long before."""
    matcher = Matcher(naming.SEVERITY_LABEL, "=~", "|".join(severities))
    has_id = any(one.label == scope.naming.id for one in scope.of_slos)
    slos = () if has_id else (Matcher(scope.naming.id, "!=", ""),)
    return attrs.evolve(scope.alerts(matcher, *slos), offset=before)


def met(scope: Scope, before: Duration | None = None) -> Expr:
    """Return the SLOs whose worst group meets its objective."""
    ratio = Aggregation("max", scope.key, scope.latest(naming.RATIO_PERIOD, before))
    return ratio <= scope.constant(naming.ERROR_BUDGET)


def owners(scope: Scope) -> Expr:
    """Return 1 for each SLO, with its owner; of two owners, minutes after an edit, one."""
    by_owner = Aggregation("max", (*scope.key, naming.OWNER_LABEL), scope.info())
    return Aggregation("topk", scope.key, by_owner, parameter=1)


def most_burning(scope: Scope, most: int) -> Expr:
    """Return the SLOs that burned fastest in the last day of a dashboard's range."""
    burned = call("max_over_time", scope.over(naming.CURRENT_BURN_RATE, DAY, at_end=True))
    return Aggregation("topk", (), Aggregation("max", scope.key, burned), parameter=most)


def measured(scope: Scope) -> Expr:
    """Return what the worst group of each SLO has left, where its indicator records now."""
    lowest = Aggregation("min", scope.key, left(scope))
    return lowest.and_(scope.latest(naming.ERRORS_INCREASE), on=scope.key)


def by_status(scope: Scope) -> Expr:
    """Return how many SLOs are in each state of the budget, 0 too; all of them together.

    Those of which nothing is recorded now are in none of the states, and counted besides.
    """
    lowest = scope.kept(measured(scope))
    unmeasured = scope.constant(naming.OBJECTIVE).unless(measured(scope), on=scope.key)

    def counted(state: str, expr: Expr) -> Expr:
        return labelled(at_zero(expr), naming.STATUS_LABEL, state)

    return union((
        counted(naming.HEALTHY, lowest > HEALTHY_ABOVE),
        counted(naming.WARNING, (lowest > CRITICAL_FROM) <= HEALTHY_ABOVE),
        counted(naming.CRITICAL, (lowest > 0) <= CRITICAL_FROM),
        counted(naming.EXHAUSTED, lowest <= 0),
        counted(naming.UNMEASURED, scope.kept(unmeasured)),
    ))  # fmt: skip


def soonest(scope: Scope) -> Expr:
    """Return after how many seconds the first group of an SLO has spent its budget.

    It is -1 where none is overspending, and nothing where nothing is recorded any more.
    """
    alive = left(scope).and_(scope.latest(naming.ERRORS_INCREASE), on=scope.key)
    return worst_low(scope, scope.latest(naming.TIME_TO_EXHAUSTION)).or_(
        0 * worst_low(scope, alive) - 1
    )


def met_or_missed(scope: Scope) -> Expr:
    """Return 1 for the groups that meet their objective, 0 for those that miss it."""
    budget = scope.constant(naming.ERROR_BUDGET)
    return as_bool(
        Binary(scope.latest(naming.RATIO_PERIOD), "<=", budget, on=scope.key, group_left=True)
    )


def at_zero(expr: Expr) -> Expr:
    """Return an amount, 0 where there is nothing to count."""
    return call("count", expr).or_(call("vector", 0))


def violations(scope: Scope) -> Expr:
    """Return for how many seconds of the last 24 hours the SLI of an hour missed the objective."""
    ratio = Aggregation("max", scope.row, scope.latest(naming.ratio_rate(HOUR)))
    budget = Aggregation("max", scope.row, scope.latest(naming.ERROR_BUDGET))
    missed = Subquery(as_bool(ratio > budget), DAY, _STEP)
    return call("sum_over_time", missed) * _STEP.seconds


def allowed(scope: Scope, *, at_end: bool = False) -> Expr:
    """Return how many bad events each group may have in a whole window of the SLO.

    Args:
        scope: The SLOs.
        at_end: Whether all is read at the end of the range.
    """
    events, covered = (
        scope.latest(metric, at_end=at_end) for metric in (naming.EVENTS_PERIOD, naming.COVERAGE)
    )
    budget = scope.constant(naming.ERROR_BUDGET, at_end=at_end)
    return times(events / covered, budget, scope.key)


def spent(scope: Scope, window: Duration) -> Expr:
    """Return the part of the whole budget that the hours of a window until now have spent."""
    edited = (scope.naming.service, scope.naming.name)
    errors = call("sum_over_time", scope.over(naming.ERRORS_SUM, window))
    total = Aggregation("sum", (*edited, naming.HOUR_LABEL), errors, without=True)
    return total / max_without(edited, allowed(scope))
