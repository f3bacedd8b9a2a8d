"""The groups of SLOs: which one is the worst, how many burn, and what each of them is in.

All numbers that stand together are about one group, and its name stands beside them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen import naming
from slogen.dashboards import measures
from slogen.dashboards.colors import STATE_NO_DATA, STATE_PAGE, STATE_TICKET
from slogen.dashboards.measures import DAY, HOUR
from slogen.dashboards.scope import divided, labelled, times, union
from slogen.promql.expr import Aggregation, Expr, Text, call
from slogen.promql.quoting import quote

if TYPE_CHECKING:
    from slogen.dashboards.measures import Words
    from slogen.dashboards.scope import Scope

MOST_CURVES = 8
"""Of how many groups a chart shows curves at most."""
GROUP, COUNTED = "group", "burning_groups"
"""The labels that name the worst group of a row, and say how many of its groups burn."""
_PAGES_FIRST = 1_000_000
"""More than any burn rate: the group that pages is worse than one that does not."""
_BURNING, _ALL = "burning", "all"


def ranked(scope: Scope, words: Words) -> Expr:
    """Return how bad each group is: pages first, then the larger of burn rate and part spent."""
    key = scope.group_key
    burning = Aggregation("max", key, measures.burn(scope, HOUR))
    spent = 1 - Aggregation("min", key, measures.left(scope))
    larger = union(((burning > spent), spent, burning))
    paging = Aggregation("group", key, measures.alerts_of(scope, words.page))
    return union((larger.and_(paging, on=key) + _PAGES_FIRST, larger))


def worst(scope: Scope, words: Words, *, of_each: bool) -> Expr:
    """Return the worst group: of each SLO, or of all that are chosen."""
    by = scope.key if of_each else ()
    return Aggregation("topk", by, ranked(scope, words), parameter=1)


def of_worst(scope: Scope, words: Words, expr: Expr, *, of_each: bool = False) -> Expr:
    """Return the part of an expression that is about the worst group."""
    return expr.and_(worst(scope, words, of_each=of_each), on=scope.group_key)


def worst_name(scope: Scope, words: Words) -> Expr:
    """Return the worst group of each SLO, with its name as a label."""
    return _named(scope, worst(scope, words, of_each=True))


def least_named(scope: Scope, expr: Expr) -> Expr:
    """Return the least value of each SLO, with the name of its group where there are groups."""
    if not scope.groups:
        return measures.worst_low(scope, expr)
    lowest = Aggregation("min", scope.group_key, expr)
    return _named(scope, Aggregation("bottomk", scope.key, lowest, parameter=1))


def _named(scope: Scope, expr: Expr) -> Expr:
    """Return an expression with one label for the group, whatever its labels are."""
    labels = (Text(quote(word), is_atomic=True) for word in (GROUP, " ", *scope.groups))
    joined = call("label_join", expr, *labels)
    named = labelled(joined, GROUP, "$1", GROUP, " *(.*?) *")
    return Aggregation("max", (*scope.key, GROUP), named)


def known(scope: Scope, ungrouped: Scope | None = None) -> Expr:
    """Return 1 for each group that has counted events within its SLO's window.

    Args:
        scope: The SLOs.
        ungrouped: Those of them that have no groups, each of which counts as one; None for nothing.
    """
    scopes = [*map(scope.having, scope.groups), *([ungrouped] if ungrouped else [])]
    return union(
        Aggregation("group", scope.group_key, each.latest(naming.RATIO_PERIOD)) for each in scopes
    )


def count(scope: Scope) -> Expr:
    """Return 1 for each SLO, with a label that says how many of its groups burn: ``3 of 25``."""
    key = scope.key
    every = Aggregation("count", key, known(scope))
    fast = Aggregation("max", scope.group_key, measures.burn(scope, HOUR)) > 1
    burning = Aggregation("count", key, fast).or_(0 * every)
    numbers = (
        Aggregation("count_values", key, burning, parameter=_BURNING),
        Aggregation("count_values", key, every, parameter=_ALL),
    )
    both = times(numbers[0], numbers[1], key, (_ALL,))
    labels = (Text(quote(word), is_atomic=True) for word in (COUNTED, " of ", _BURNING, _ALL))
    return Aggregation("max", (*key, COUNTED), call("label_join", both, *labels))


def state(scope: Scope, words: Words, ungrouped: Scope | None = None) -> Expr:
    """Return what each group is in: a page, no data, a ticket or nothing, the first that holds.

    Args:
        scope: The SLOs.
        words: Their severities.
        ungrouped: As for `known`.
    """
    key = scope.group_key

    def firing(severities: tuple[str, ...]) -> Expr:
        return Aggregation("group", key, measures.alerts_of(scope, severities))

    there = known(scope, ungrouped)
    silent = there.unless(scope.latest(naming.ERRORS_INCREASE), on=key)
    found = (
        STATE_PAGE * firing(words.page),
        STATE_NO_DATA * silent,
        STATE_TICKET * firing(words.ticket),
        0 * there,
    )
    return union(found).and_(there, on=key)


def lasts(scope: Scope) -> Expr:
    """Return after how many seconds each group has spent its budget; -1 where it never will so."""
    alive = measures.left(scope).and_(scope.latest(naming.ERRORS_INCREASE), on=scope.group_key)
    return scope.latest(naming.TIME_TO_EXHAUSTION).or_(0 * alive - 1)


def share_of_bad(scope: Scope) -> Expr:
    """Return which share of the bad events of the last hour each group has."""
    bad = Aggregation(
        "sum", scope.group_key, call("sum_over_time", scope.over(naming.ERRORS_INCREASE, HOUR))
    )
    return divided(bad, Aggregation("sum", scope.key, bad) > 0, scope.key)


def fastest(scope: Scope, expr: Expr) -> Expr:
    """Return an expression for as many groups as a chart can show: those that burned fastest."""
    burned = call("max_over_time", scope.over(naming.CURRENT_BURN_RATE, DAY, at_end=True))
    return few(scope, expr, Aggregation("max", scope.group_key, burned))


def few(scope: Scope, expr: Expr, rank: Expr) -> Expr:
    """Return an expression for as many groups as a chart can show: those that rank highest."""
    if not scope.groups:
        return expr
    return expr.and_(Aggregation("topk", (), rank, parameter=MOST_CURVES), on=scope.group_key)
