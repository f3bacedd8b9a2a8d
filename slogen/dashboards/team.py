"""The dashboard of a team: its SLOs, and where its budgets went in a week."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen import naming
from slogen.dashboards import fleet as shared
from slogen.dashboards import fleet_tables, measures
from slogen.dashboards.colors import BUDGET
from slogen.dashboards.measures import WEEK
from slogen.dashboards.overview import burn_states
from slogen.dashboards.panels import Board
from slogen.dashboards.shapes import bars, curves, legend_of
from slogen.promql.expr import Aggregation

if TYPE_CHECKING:
    from slogen.dashboards.fleet import Fleet
    from slogen.dashboards.panels import Panel


def team(fleet: Fleet, owner: str) -> Board:
    """Return the dashboard about the SLOs of an owner."""
    return Board(
        uid=naming.uid("team", owner, fleet.naming),
        folder=owner,
        title=f"SLOs of {owner}",
        description="A team's SLOs: their state, and where their budgets went in a week.",
        time_from="now-7d",
        variables=shared.variables(fleet.scope),
        marks=(shared.pages(fleet),),
        panels=(
            *shared.state_row(fleet),
            fleet_tables.what_burns(fleet, "All of them"),
            budget_curves(fleet, 14),
            spent_bars(fleet, 10),
            burn_states(fleet, 24),
        ),
    )


def budget_curves(fleet: Fleet, width: int) -> Panel:
    """Return how the budgets went."""
    lowest = measures.worst_low(fleet.scope, measures.left(fleet.scope))
    return curves(
        "Error budgets",
        f"The part of each SLO's error budget that was left at each moment; below 0 it is spent."
        f"{fleet.said(shared.MOST_CURVES)}",
        width,
        fleet.query(fleet.few(lowest, shared.MOST_CURVES), legend=fleet.legend),
        unit="percentunit",
        decimals=1,
        high=1,
        steps=BUDGET,
        calcs=("min", "mean"),
        legend=legend_of(fleet.slos),
        height=_height(fleet),
        custom={"fillOpacity": 0, "axisSoftMin": 0},
    )


def spent_bars(fleet: Fleet, width: int) -> Panel:
    """Return which part of its budget each SLO spent in a week, the most first."""
    scope = fleet.scope
    most = Aggregation("max", scope.key, measures.spent(scope, WEEK))
    return bars(
        "Spent in seven days",
        "Which part of its whole error budget each SLO spent in the last seven days, the most "
        "first.",
        width,
        fleet.ranked(scope.kept(most), shared.MOST_BARS),
        unit="percentunit",
        decimals=1,
        high=1,
        steps=(("green", None), ("yellow", 0.25), ("orange", 0.5), ("red", 1)),
        height=_height(fleet),
    )


def _height(fleet: Fleet) -> int:
    """Return the height of a line with curves and bars."""
    return max(10, shared.bar_height(fleet.slos))
