"""The overview: which service burns, how fast, how long is left, and where to click."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen import naming
from slogen.dashboards import fleet as shared
from slogen.dashboards import fleet_tables, measures
from slogen.dashboards.colors import BAD, GOOD, NOT_RECORDED, STATUS_COLORS, UNKNOWN, WORST, texts
from slogen.dashboards.limits import burn_words
from slogen.dashboards.measures import HOUR
from slogen.dashboards.panels import Board, Query, Variable
from slogen.dashboards.shapes import bars, curves, dashed, pie, timeline
from slogen.promql.expr import Aggregation
from slogen.promql.printer import text
from slogen.units import number

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from slogen.dashboards.fleet import Fleet
    from slogen.dashboards.panels import Panel
    from slogen.units import Duration


def overview(fleet: Fleet, lines: Mapping[tuple[Decimal, Duration], int]) -> Board:
    """Return the dashboard about all SLOs.

    Args:
        fleet: The SLOs.
        lines: The tiers that page, by burn rate and long window, with how many SLOs have each.
    """
    return Board(
        uid=naming.uid("overview", "", fleet.naming),
        folder=naming.DASHBOARD_FOLDER,
        title="SLO overview",
        description="Every SLO: its state, how fast it burns, how long its budget lasts.",
        time_from="now-24h",
        variables=shared.variables(fleet.scope, *team_variable(fleet)),
        marks=(shared.pages(fleet),),
        panels=(
            *shared.state_row(fleet),
            fleet_tables.what_burns(fleet, "All SLOs"),
            burn_curves(fleet, lines, 16),
            status_pie(fleet, 8),
            burn_states(fleet, 24),
            shared.budget_bars(fleet, 12),
            violations(fleet, 12),
        ),
    )


def team_variable(fleet: Fleet) -> tuple[Variable, ...]:
    """Return the filter by team, where any SLO has one."""
    if not fleet.has_owners:
        return ()
    query = f"label_values({fleet.naming.info}, {naming.OWNER_LABEL})"
    return (Variable(name="team", label="Team", query=query),)


def burn_curves(fleet: Fleet, lines: Mapping[tuple[Decimal, Duration], int], width: int) -> Panel:
    """Return the burn rates of an hour, with the lines of all tiers that page."""
    burning = measures.worst_high(fleet.scope, measures.burn(fleet.scope, HOUR))
    thresholds = tuple(
        Query(
            expr=f"vector({number(rate)})",
            legend=f"pages at {number(rate)}x over {long} ({amount} of {fleet.slos})",
        )
        for (rate, long), amount in lines.items()
    )
    return curves(
        "Error budget burn rate (1h)",
        "How many times faster than sustainable the budget of each SLO burned in the hour before: "
        f"at 1 it lasts exactly as long as the SLO's window.{fleet.said(shared.MOST_CURVES)}",
        width,
        fleet.query(fleet.few(burning, shared.MOST_CURVES), legend=fleet.legend),
        *thresholds,
        unit="suffix:x",
        decimals=1,
        low=0,
        legend="list",
        height=10,
        overrides=(dashed("/^pages at /", WORST, "byRegexp"),),
    )


def status_pie(fleet: Fleet, width: int) -> Panel:
    """Return how many SLOs are in each state of the budget."""
    scope = fleet.scope
    label = naming.STATUS_LABEL
    parts = measures.by_status(scope)
    return pie(
        "Error budget status",
        "All SLOs by what is left of their budget: healthy above 25 %, warning above 10 %, "
        "critical above 0, exhausted; purple where nothing is recorded now.",
        width,
        Query(expr=text(parts), legend=f"{{{{{label}}}}}", instant=True),
        STATUS_COLORS,
    )


def burn_states(fleet: Fleet, width: int) -> Panel:
    """Return how each SLO burned over the range."""
    scope = fleet.scope
    burning = Aggregation("max", scope.key, measures.burn(scope, HOUR))
    unknown = NOT_RECORDED * Aggregation("group", scope.key, scope.known())
    return timeline(
        "Burn states",
        f"The burn rate over an hour in colours: {burn_words(fleet.burn)}; purple where nothing is "
        f"recorded.{fleet.said(shared.MOST_ROWS)}",
        width,
        fleet.query(fleet.few(burning.or_(unknown), shared.MOST_ROWS), legend=fleet.legend),
        unit="suffix:x",
        decimals=1,
        steps=((UNKNOWN, None), (GOOD, 0), *fleet.burn[1:]),
        mappings=(texts(No_data=(NOT_RECORDED, UNKNOWN)),),
        height=shared.strip_height(fleet.slos),
    )


def violations(fleet: Fleet, width: int) -> Panel:
    """Return for how long SLOs missed their objective lately."""
    longest = fleet.scope.kept(measures.violations(fleet.scope))
    return bars(
        "SLO violations (24h)",
        "For how much of the last 24 hours the share of good events of an hour was below the "
        "objective.",
        width,
        fleet.ranked(longest, shared.MOST_BARS),
        unit="s",
        decimals=1,
        high=86_400,
        steps=(("green", None), ("yellow", 300), (BAD, 3_600), (WORST, 6 * 3_600)),
        height=shared.bar_height(fleet.slos),
    )
