"""The numbers on top of a service's dashboard: of one SLO, and of one named group of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen import naming
from slogen.dashboards import groups, measures
from slogen.dashboards.colors import BUDGET, LASTS, NEVER, PLAIN, STATES, WORST, sli_decimals
from slogen.dashboards.limits import burn_steps
from slogen.dashboards.measures import DAY, HOUR
from slogen.dashboards.panels import Override, Query
from slogen.dashboards.scope import labelled, times, union
from slogen.dashboards.service import Detail, decimals, narrowed
from slogen.dashboards.shapes import stat
from slogen.promql.expr import Expr, call
from slogen.promql.printer import text

if TYPE_CHECKING:
    from slogen.dashboards.panels import Panel

_EVENTS, _TIME = "bad events", "time"
"""What is counted on a budget, by the kind of indicator."""
_NO_GROUPS = "no groups"
_MILLISECONDS = 1_000


def numbers(one: Detail) -> tuple[Panel, ...]:
    """Return the line of what has to be known first."""
    scope = one.scope
    worst = _worst_words(one)
    return (
        stat(
            "State", f"What fires now: a page, a ticket, or that there is no data.{worst}", 3,
            instant(_state(one)), mappings=(STATES,), background=True,
        ),
        stat(
            "Burn 1h", "How many times faster than sustainable the budget burned in the "
            f"last hour: at 1 it lasts exactly as long as the SLO's window.{worst}", 3,
            instant(of_one(one, measures.burn(scope, HOUR), most=True)),
            unit="suffix:x", decimals=1, steps=burn_steps(one.slos), background=True,
        ),
        stat(
            "Exhausted in", "When the budget will be spent if it goes on burning as in the last "
            f"hour or six, whichever is faster; 0 when it is spent.{worst}", 4,
            instant(_lasts(one)), unit="s", decimals=1,
            steps=LASTS, mappings=(NEVER,),
        ),
        stat(
            "Budget left", "The part of the error budget that is left in the SLO's window; below 0 "
            f"it is overspent.{worst}", 4, instant(of_one(one, measures.left(scope))),
            unit="percentunit", decimals=1, steps=BUDGET, background=True,
        ),
        _left_to_spend(one, 4, worst),
        stat(
            "SLI", f"The share of good events over the SLO's own window.{worst}", 3,
            instant(of_one(one, measures.sli(scope))), unit="percentunit",
            decimals=sli_decimals(decimals(one.slos)), steps=PLAIN,
        ),
        stat(
            "Target", "The objective: the share of events that has to be good.", 3,
            instant(call("max", scope.constant(naming.OBJECTIVE))), unit="percentunit",
            decimals=decimals(one.slos), steps=PLAIN,
        ),
    )  # fmt: skip


def whose(one: Detail, width: int) -> Panel:
    """Return the panel that names the group which the numbers on top are about."""
    worst = groups.worst(one.scope, one.words, of_each=False)
    name = worst.and_(groups.known(one.scope), on=one.scope.group_key)
    return stat(
        "Worst group",
        "The group that the numbers of these two lines are about, of those that are chosen: one "
        "that pages, else the one with the fastest burn or the most spent.",
        width,
        Query(
            expr=text(_or_no_groups(one, name, one.scope.groups[0])),
            legend=one.legend.strip(), instant=True,
        ),
        text_mode="name", steps=PLAIN,
    )  # fmt: skip


def how_many_burn(one: Detail, width: int) -> Panel:
    """Return the panel that says how many of the chosen groups burn."""
    return stat(
        "Groups that burn",
        "How many of the chosen groups burned faster than sustainable in the last hour.",
        width,
        Query(
            expr=text(_or_no_groups(one, groups.count(one.scope), groups.COUNTED)),
            legend=f"{{{{{groups.COUNTED}}}}}", instant=True,
        ),
        text_mode="name", steps=PLAIN,
    )  # fmt: skip


def _or_no_groups(one: Detail, expr: Expr, label: str) -> Expr:
    """Return an expression, and beside it for an SLO without groups a label that says so.

    Grafana shows the names of series here, and nothing at all where there is no series.
    """
    others = [slo for slo in one.slos if not slo.definition.group_by]
    if not others:
        return expr
    objective = call("max", narrowed(one, others).constant(naming.OBJECTIVE))
    return expr.or_(labelled(objective, label, _NO_GROUPS))


def spent_at(one: Detail, width: int) -> Panel:
    """Return the panel that says at what time of the clock the budget will be spent."""
    lasts = _lasts(one)
    moment = (lasts > 0) + call("time")
    return stat(
        "Spent at (UTC)",
        "At what time the budget will be spent, if it goes on burning as in the last hour or six.",
        width,
        instant((moment * _MILLISECONDS).or_(lasts)),
        unit="dateTimeAsIsoNoDateIfToday", steps=PLAIN, mappings=(NEVER,),
    )  # fmt: skip


def measured_for(one: Detail, width: int) -> Panel:
    """Return the panel that says how old an SLO is, up to its window."""
    return stat(
        "Measured for",
        "For how much of its window the SLO has been measured: less than all of it while it is "
        "young, and its budget counts for that part alone.",
        width,
        instant(of_one(one, measures.measured_for(one.scope))),
        unit="s", decimals=1, steps=PLAIN,
    )  # fmt: skip


def instant(expr: Expr) -> Query:
    """Return the query that is asked once, for now."""
    return Query(expr=text(expr), instant=True)


def of_one(one: Detail, expr: Expr, *, most: bool = False) -> Expr:
    """Return the number of the worst group, or the least or most where there are no groups."""
    if one.scope.groups:
        expr = groups.of_worst(one.scope, one.words, expr)
    return call("max" if most else "min", expr)


def _worst_words(one: Detail) -> str:
    return " Of the group that is named as the worst one." if one.scope.groups else ""


def _state(one: Detail) -> Expr:
    whole = call("max", measures.state(one.scope, one.words))
    if not one.scope.groups:
        return whole
    return of_one(one, groups.state(one.scope, one.words), most=True).or_(whole)


def _lasts(one: Detail) -> Expr:
    if one.scope.groups:
        return of_one(one, groups.lasts(one.scope))
    return call("min", measures.soonest(one.scope))


def _left_to_spend(one: Detail, width: int, worst: str) -> Panel:
    """Return what may still go wrong: bad events, or minutes where the indicator is a state."""
    scope = one.scope
    left = call("clamp_min", measures.left(scope), 0)
    counting = [slo for slo in one.slos if slo.definition.sli.counts_events]
    timed = [slo for slo in one.slos if not slo.definition.sli.counts_events]
    parts: list[Expr] = []
    if counting:
        allowed = measures.allowed(narrowed(one, counting))
        parts.append(labelled(of_one(one, left * allowed), "what", _EVENTS))
    if timed:
        budget: Expr = scope.constant(naming.ERROR_BUDGET, *one.are(timed))
        budget *= scope.constant(naming.PERIOD_DAYS)
        seconds = of_one(one, times(left, budget * DAY.seconds, scope.key))
        parts.append(labelled(seconds, "what", _TIME))
    kinds = " or ".join(
        words
        for words, slos in (
            ("how many more events may be bad", counting),
            ("for how much longer it may be bad", timed),
        )
        if slos
    )
    return stat(
        "Left to spend", f"Until the budget is spent: {kinds}.{worst}", width,
        Query(expr=text(union(parts)), legend="{{what}}", instant=True),
        overrides=(
            Override(of=_EVENTS, properties={"unit": "suffix: bad events", "decimals": 0}),
            Override(of=_TIME, properties={"unit": "s", "decimals": 1}),
        ),
        steps=((WORST, None), ("text", 1)),
    )  # fmt: skip
