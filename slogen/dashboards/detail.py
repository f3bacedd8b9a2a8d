"""The dashboard of a service: one SLO of it at a time, down to what is left and where it went."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from slogen import naming
from slogen.dashboards import charts, costs, days, history, measures, quantiles
from slogen.dashboards.colors import BAD, WORST
from slogen.dashboards.explained import explained
from slogen.dashboards.fleet import identity_variables
from slogen.dashboards.fleet_tables import fleet_table, overview_columns, worst_words
from slogen.dashboards.group_table import group_table
from slogen.dashboards.numbers import how_many_burn, measured_for, numbers, spent_at, whose
from slogen.dashboards.panels import Board, Link, Mark, Variable
from slogen.dashboards.scope import exactly
from slogen.dashboards.tiers import tier_table
from slogen.promql.printer import text

if TYPE_CHECKING:
    from slogen.dashboards.fleet import Fleet
    from slogen.dashboards.panels import Panel
    from slogen.dashboards.service import Detail

_MOST_RUNBOOKS = 3


def detail(one: Detail, siblings: Fleet) -> Board:
    """Return the dashboard of a service.

    Args:
        one: The SLO that is chosen.
        siblings: All SLOs of the service.
    """
    names = one.scope.naming
    selector = f"{names.info}{{{exactly(names.service, one.service)}}}"
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
            _mark(one, "Tickets", one.words.ticket, BAD, shown=False),
        ),
        links=_links(one),
        panels=(
            *numbers(one),
            *_more_numbers(one),
            *((group_table(one, 24),) if one.scope.groups else ()),
            *_siblings(siblings),
            charts.sli_curves(one, 14),
            charts.events(one, 10),
            charts.burn_down(one, 12),
            charts.burn_windows(one, 12),
            *filter(None, (quantiles.latency_quantiles(one, 24),)),
            *_tiers_and_days(one),
            explained(one.slos, 24),
        ),
    )


def _links(one: Detail) -> tuple[Link, ...]:
    """Return the links to the overview, to the teams that own the SLOs, and to their runbooks."""
    names = one.scope.naming
    owners = dict.fromkeys(slo.definition.owner for slo in one.slos if slo.definition.owner)
    runbooks = dict.fromkeys(slo.definition.runbook for slo in one.slos if slo.definition.runbook)
    teams = (Link(f"SLOs of {owner}", f"/d/{naming.uid('team', owner, names)}") for owner in owners)
    several = len(runbooks) > 1
    return (
        Link("SLO overview", f"/d/{naming.uid('overview', '', names)}"),
        *teams,
        *(
            Link(f"Runbook {number}" if several else "Runbook", url.replace("$", "%24"))
            for number, url in enumerate(list(runbooks)[:_MOST_RUNBOOKS], start=1)
        ),
    )


def _more_numbers(one: Detail) -> tuple[Panel, ...]:
    """Return what has to be known next: whose numbers they are, what it costs, what to do."""
    if one.scope.groups:
        return (
            whose(one, 10), how_many_burn(one, 5), measured_for(one, 4), spent_at(one, 5),
            costs.incident(one, 8), costs.back(one, 8), costs.deploy(one, 8),
        )  # fmt: skip
    return (
        measured_for(one, 4), spent_at(one, 5),
        costs.incident(one, 5), costs.back(one, 5), costs.deploy(one, 5),
    )  # fmt: skip


def _tiers_and_days(one: Detail) -> tuple[Panel, ...]:
    """Return the tiers beside the days, and when alerts fired."""
    tiers = tier_table(one, 14)
    if tiers is None:
        return (days.spent_by_day(one, 12), history.alert_history(one, 12))
    spent = days.spent_by_day(one, 10)
    height = max(tiers.height, spent.height)
    line = (attrs.evolve(panel, height=height) for panel in (tiers, spent))
    return (*line, history.alert_history(one, 24))


def _siblings(fleet: Fleet) -> tuple[Panel, ...]:
    """Return all SLOs of the service, where there are several: another one may burn."""
    if fleet.slos == 1:
        return ()
    return (
        fleet_table(
            fleet,
            (
                "SLOs of this service",
                (
                    f"What pages first, then the least budget.{worst_words(fleet)} Click a name to "
                    "choose that SLO."
                ),
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


def _mark(
    one: Detail, name: str, severities: tuple[str, ...], color: str, *, shown: bool = True
) -> Mark:
    return Mark(
        name=name,
        expr=text(measures.alerts_of(one.scope, severities)),
        color=color,
        title=f"{{{{{naming.ALERT_LABEL}}}}}",
        text=f"{{{{{one.scope.naming.id}}}}}{' ' if one.legend else ''}{one.legend}".strip(),
        shown=shown,  # a ticket lasts for days, and would tint all charts
    )
