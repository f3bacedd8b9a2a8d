"""The dashboard of a service: one SLO of it at a time, down to what is left and where it went."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen import naming
from slogen.dashboards import charts, measures
from slogen.dashboards.explained import explained
from slogen.dashboards.fleet import identity_variables
from slogen.dashboards.looks import (
    BAD,
    BUDGET,
    BURN,
    LASTS,
    NEVER,
    PLAIN,
    STATES,
    WORST,
    sli_decimals,
    stat,
)
from slogen.dashboards.measures import DAY, HOUR
from slogen.dashboards.panels import Board, Mark, Override, Query, Variable
from slogen.dashboards.scope import exactly, labelled, times, union
from slogen.dashboards.service import Detail, decimals, narrowed
from slogen.dashboards.tables import overview_columns, table
from slogen.promql.expr import Expr, call
from slogen.promql.printer import text

if TYPE_CHECKING:
    from slogen.dashboards.fleet import Fleet
    from slogen.dashboards.panels import Panel

_EVENTS, _TIME = "bad events", "time"
"""What is counted on a budget, by the kind of indicator."""


def detail(one: Detail, siblings: Fleet) -> Board:
    """Return the dashboard of a service.

    Args:
        one: The SLO that is chosen.
        siblings: All SLOs of the service.
    """
    names = one.scope.naming
    selector = f"{names.info}{{{exactly(names.service, one.service)}}}"
    has_groups = bool(one.scope.groups)
    grouped = (charts.budget_by_group(one, 12), charts.burn_by_group(one, 12)) if has_groups else ()
    return Board(
        uid=naming.uid("service", one.service, names),
        folder=one.folder,
        title=f"SLOs of {one.service}",
        description="One SLO at a time: what is left, how fast it burns, and where it went.",
        time_from="now-7d",
        variables=(
            Variable(
                name="slo", label="SLO", query=f"label_values({selector}, {names.id})", many=False
            ),
            *identity_variables(one.scope.identity, selector),
            _window_variable(one),
            *(_group_variable(one, label) for label in one.scope.groups),
        ),
        marks=(
            _mark(one, "Pages", one.words.page, WORST),
            _mark(one, "Tickets", one.words.ticket, BAD),
        ),
        panels=(
            *_numbers(one),
            *_siblings(siblings),
            charts.sli_curves(one, 14),
            charts.events(one, 10),
            charts.burn_down(one, 12),
            charts.burn_windows(one, 12),
            *grouped,
            charts.spent_by_day(one, 12),
            charts.alert_history(one, 12),
            explained(one.slos, 24),
        ),
    )


def _siblings(fleet: Fleet) -> tuple[Panel, ...]:
    """Return all SLOs of the service, where there are several: another one may burn."""
    if fleet.slos == 1:
        return ()
    return (
        table(
            fleet,
            (
                "SLOs of this service",
                "What pages first, then the least budget. Click a name to choose that SLO.",
            ),
            overview_columns(fleet),
            ("-State", "Budget left"),
            most_rows=7,
        ),
    )


def _window_variable(one: Detail) -> Variable:
    """Return the choice of a window: those that are recorded for the SLO, and no others."""
    matchers = ",".join(map(str, one.scope.of_slos))
    every = naming.ratio_rate_of("w").replace("${w}", ".+")
    return Variable(
        name="window",
        label="SLI window",
        query=f'label_values({{__name__=~"{every}",{matchers}}}, __name__)',
        many=False,
        regex="/rate(.+)$/",
        chosen="1h",
    )


def _group_variable(one: Detail, label: str) -> Variable:
    matchers = ",".join(map(str, one.scope.of_slos))
    return Variable(
        name=naming.by_variable(label),
        label=label,
        query=f"label_values({naming.ERRORS_INCREASE}{{{matchers}}}, {label})",
    )


def _mark(one: Detail, name: str, severities: tuple[str, ...], color: str) -> Mark:
    return Mark(
        name=name,
        expr=text(measures.alerts_of(one.scope, severities)),
        color=color,
        title=f"{{{{{naming.ALERT_LABEL}}}}}",
        text=f"{{{{{one.scope.naming.id}}}}}{' ' if one.legend else ''}{one.legend}".strip(),
    )


def _instant(expr: Expr) -> Query:
    return Query(expr=text(expr), instant=True)


def _numbers(one: Detail) -> tuple[Panel, ...]:
    scope = one.scope
    worst = " Of the worst of the chosen groups." if scope.groups else ""
    state = call("max", measures.state(scope, one.words))
    burning = call("max", measures.burn(scope, HOUR))
    lasts = call("min", measures.soonest(scope))
    return (
        stat(
            "State", f"What fires now: a page, a ticket, or that there is no data.{worst}", 3,
            _instant(state), mappings=(STATES,), background=True,
        ),
        stat(
            "Burn 1h", "How many times faster than sustainable the budget burned in the "
            f"last hour: at 1 it lasts exactly as long as the SLO's window.{worst}", 3,
            Query(expr=text(burning)), unit="suffix:x", decimals=1, steps=BURN, background=True,
            graph="area", interval=str(one.fast_interval),
        ),
        stat(
            "Exhausted in", "When the budget will be spent if it goes on burning as in the last "
            f"hour or six, whichever is faster; 0 when it is spent.{worst}", 4,
            _instant(lasts), unit="s", decimals=1,
            steps=LASTS, mappings=(NEVER,),
        ),
        stat(
            "Budget left", "The part of the error budget that is left in the SLO's window; below 0 "
            f"it is overspent.{worst}", 4, _instant(call("min", measures.left(scope))),
            unit="percentunit", decimals=1, steps=BUDGET, background=True,
        ),
        _left_to_spend(one, 4, worst),
        stat(
            "SLI", f"The share of good events over the SLO's own window.{worst}", 3,
            _instant(call("min", measures.sli(scope))), unit="percentunit",
            decimals=sli_decimals(decimals(one.slos)), steps=PLAIN,
        ),
        stat(
            "Target", "The objective: the share of events that has to be good.", 3,
            _instant(call("max", scope.constant(naming.OBJECTIVE))), unit="percentunit",
            decimals=decimals(one.slos), steps=PLAIN,
        ),
    )  # fmt: skip


def _left_to_spend(one: Detail, width: int, worst: str) -> Panel:
    """Return what may still go wrong: bad events, or minutes where the indicator is a state."""
    scope = one.scope
    left = call("clamp_min", measures.left(scope), 0)
    counting = [slo for slo in one.slos if slo.definition.sli.counts_events]
    timed = [slo for slo in one.slos if not slo.definition.sli.counts_events]
    parts: list[Expr] = []
    if counting:
        allowed = measures.allowed(narrowed(one, counting))
        events = call("min", left * allowed)
        parts.append(labelled(events, "what", _EVENTS))
    if timed:
        budget: Expr = scope.constant(naming.ERROR_BUDGET, *one.are(timed))
        budget *= scope.constant(naming.PERIOD_DAYS)
        seconds = call("min", times(left, budget * DAY.seconds, scope.key))
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
