"""The report: which objectives were met, for people who decide what to work on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen import naming
from slogen.dashboards import fleet as shared
from slogen.dashboards import measures, tables
from slogen.dashboards.looks import BUDGET, SHARE_MET, curves, stat
from slogen.dashboards.measures import WEEK
from slogen.dashboards.overview import team_variable
from slogen.dashboards.panels import Board, Query
from slogen.dashboards.scope import times
from slogen.promql.expr import Aggregation, GrafanaRange, Subquery, call
from slogen.promql.printer import text
from slogen.units import Duration

if TYPE_CHECKING:
    from slogen.dashboards.fleet import Fleet
    from slogen.dashboards.panels import Panel
    from slogen.promql.expr import Expr

_STEP = Duration("5m")


def report(fleet: Fleet) -> Board:
    """Return the dashboard for reviews."""
    return Board(
        uid=naming.uid("report", "", fleet.naming),
        folder=naming.DASHBOARD_FOLDER,
        title="SLO report",
        description="For reviews: which objectives were met, and how that moved.",
        time_from="now-30d",
        variables=shared.variables(fleet.scope, *team_variable(fleet)),
        marks=(),
        refresh="",
        panels=(
            *_numbers(fleet),
            tables.table(
                fleet,
                (
                    "Objectives",
                    (
                        "Whether each SLO met its objective over its own window, and how much "
                        "of the budget came or went since a week before."
                    ),
                ),
                tables.report_columns(fleet),
                ("Result", "Budget left"),
            ),
            _met_over_time(fleet),
            _by_team(fleet),
        ),
    )


def _kept_left(fleet: Fleet) -> Expr:
    lowest = Aggregation("min", fleet.scope.key, measures.left(fleet.scope))
    return call("clamp_min", fleet.scope.kept(lowest), 0)


def _numbers(fleet: Fleet) -> tuple[Panel, ...]:
    paging = Aggregation(
        "group", fleet.scope.key, measures.alerts_of(fleet.scope, fleet.words.page)
    )
    paged = Subquery(fleet.scope.kept(paging), GrafanaRange(), _STEP)
    seconds = _STEP.seconds * call("sum", call("count_over_time", paged))
    time_paging = text(seconds.or_(call("vector", 0)))
    return (
        stat(
            "Objectives met", "The share of SLOs that meet their objective over their own window.",
            6, fleet.number(shared.share_met(fleet)), unit="percentunit", decimals=0,
            steps=SHARE_MET, background=True,
        ),
        stat(
            "A week before", "The same share a week before.", 6,
            fleet.number(shared.share_met(fleet, WEEK)), unit="percentunit", decimals=0,
            steps=SHARE_MET,
        ),
        stat(
            "Average budget left", "The mean over the SLOs; a spent budget counts as 0.", 6,
            fleet.number(call("avg", _kept_left(fleet))), unit="percentunit", decimals=0,
            steps=BUDGET,
        ),
        stat(
            "Time paging", "For how long a page was firing in the chosen range, summed over SLOs.",
            6, Query(expr=time_paging, instant=True), unit="s", decimals=1,
            steps=(("green", None), ("yellow", 1), ("orange", 3_600), ("red", 86_400)),
        ),
    )  # fmt: skip


def _met_over_time(fleet: Fleet) -> Panel:
    return curves(
        "Objectives met over time",
        "The share of SLOs that met their objective over their own window, at each moment.",
        12,
        Query(expr=text(shared.share_met(fleet)), legend="met"),
        unit="percentunit",
        decimals=0,
        low=0,
        high=1,
        legend="none",
        custom={"fillOpacity": 20},
    )


def _by_team(fleet: Fleet) -> Panel:
    scope = fleet.scope
    left: Expr = _kept_left(fleet)
    legend = "all"
    if fleet.has_owners:
        owner = (naming.OWNER_LABEL,)
        left = times(left, measures.owners(scope), scope.key, owner)
        legend = f"{{{{{naming.OWNER_LABEL}}}}}"
    return curves(
        "Average budget left by team",
        "The mean of what is left of a team's budgets; a spent one counts as 0.",
        12,
        Query(
            expr=text(Aggregation("avg", (naming.OWNER_LABEL,) if fleet.has_owners else (), left)),
            legend=legend,
        ),
        unit="percentunit",
        decimals=0,
        low=0,
        high=1,
        legend="list",
        custom={"fillOpacity": 0},
    )
