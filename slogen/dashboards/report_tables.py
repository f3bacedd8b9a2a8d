"""The tables of the report: by team and service, by SLO, and the hours that cost most."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen import naming
from slogen.dashboards import ranges
from slogen.dashboards.colors import MET, PLAIN, WORST, sli_decimals
from slogen.dashboards.fleet_tables import fleet_table
from slogen.dashboards.panels import Override, Panel, Query
from slogen.dashboards.scope import times
from slogen.dashboards.tables import (
    CENTRED,
    COLORED,
    FILLED,
    NAMES,
    Column,
    Frame,
    Names,
    cells,
    table,
    table_height,
)
from slogen.promql.expr import Aggregation
from slogen.promql.printer import text

if TYPE_CHECKING:
    from slogen.dashboards.fleet import Fleet
    from slogen.dashboards.panels import Step
    from slogen.promql.expr import Expr

_HOURS = 10
_POINTS = 2_400
"""An hour each: more than a quarter of a year has."""
_SPENT: tuple[Step, ...] = (("text", None), ("orange", 0.75), (WORST, 1))
_MOVED: tuple[Step, ...] = ((WORST, None), ("text", 0), ("green", 0.000001))


def scorecard(fleet: Fleet) -> Panel:
    """Return a row for each service of each team."""
    rows = (naming.OWNER_LABEL, fleet.naming.service)
    frame = Frame(
        title="Scorecard",
        description="A row for each service: how many of its SLOs met their objective in the "
        "chosen range, how much its worst SLO spent of what the range allows, and how the share "
        "that is met differs from the same time before.",
        order=("-Missed", "-Spent"),
        rows=min(len(fleet.services), 14),
    )
    names = Names(
        first=rows,
        leads=True,
        titles={naming.OWNER_LABEL: "Team", fleet.naming.service: "Service"},
        properties={"Team": NAMES, "Service": NAMES},
    )
    return table(frame, _scores(fleet, rows), names)


def _scores(fleet: Fleet, rows: tuple[str, ...]) -> tuple[Column, ...]:
    """Return the numbers of a scorecard.

    Args:
        fleet: The SLOs.
        rows: The labels that tell rows apart.
    """
    scope = fleet.scope
    there = ranges.places(scope)
    met = ranges.met(scope)
    every = Aggregation("count", rows, there)

    def joined(operator: str, expr: Expr) -> Expr:
        return Aggregation(operator, rows, times(expr, there, scope.key, rows))

    def count(title: str, expr: Expr, *, bad: bool = False, width: int = 85) -> Column:
        steps: tuple[Step, ...] = (("text", None), (WORST, 1)) if bad else PLAIN
        properties = cells("none", steps, width, decimals=0, cell=COLORED)
        return Column(title=title, expr=expr, properties=properties)

    def share(title: str, expr: Expr, steps: tuple[Step, ...], decimals: int) -> Column:
        properties = cells("percentunit", steps, 110, decimals=decimals, cell=COLORED)
        return Column(title=title, expr=expr, properties=properties)

    not_measured = Aggregation("count", rows, there.unless(met, on=scope.key))
    pages = joined("sum", ranges.pages(scope, fleet.words))
    met_before = joined("avg", ranges.met(scope, earlier=True))
    return (
        count("SLOs", every),
        count("Met", joined("sum", met)),
        count("Missed", joined("sum", 1 - met), bad=True),
        count("Not measured", not_measured.or_(0 * every), width=115),
        share("Spent", joined("max", ranges.spent(scope)), _SPENT, 1),
        count("Pages", pages.or_(0 * every), bad=True),
        share("Change", joined("avg", met) - met_before, _MOVED, 0),
    )


def objectives(fleet: Fleet) -> Panel:
    """Return a row for each SLO."""
    scope = fleet.scope
    good, good_before = (
        Aggregation("min", scope.key, 1 - ranges.ratio(scope, earlier=earlier))
        for earlier in (False, True)
    )
    digits = sli_decimals(fleet.decimals)
    words = " Of an SLO with groups, those of its worst group." if scope.groups else ""
    return fleet_table(
        fleet,
        (
            "Objectives",
            (
                "Whether each SLO met its objective in the chosen range, the share of good "
                f"events, and what was spent of what the range allows.{words}"
            ),
        ),
        (
            Column(
                title="Result", expr=ranges.met(scope),
                properties=cells("none", PLAIN, 80, cell=FILLED, mappings=[MET]) | CENTRED,
            ),
            Column(
                title="SLI", expr=good, properties=cells("percentunit", PLAIN, 92, decimals=digits)
            ),
            Column(
                title="SLI before", expr=good_before,
                properties=cells("percentunit", PLAIN, 100, decimals=digits),
            ),
            Column(
                title="Spent", expr=ranges.spent(scope),
                properties=cells("percentunit", _SPENT, 90, decimals=1, cell=COLORED),
            ),
            Column(
                title="Pages",
                expr=ranges.pages(scope, fleet.words).or_(0 * scope.constant(naming.OBJECTIVE)),
                properties=cells("none", PLAIN, 75, decimals=0),
            ),
        ),
        ("Result", "-Spent"),
    )  # fmt: skip


def costliest_hours(fleet: Fleet) -> Panel:
    """Return the hours of the range that spent most."""
    names = fleet.naming
    labels = (names.id, *fleet.scope.identity, *fleet.scope.groups)
    organized = {
        "excludeByName": {},
        "includeByName": {},
        "indexByName": {field: place for place, field in enumerate(("Time", *labels, "Value"))},
        "renameByName": {"Time": "Hour from (UTC)", names.id: "SLO", "Value": "Cost"},
    }
    return Panel(
        kind="table",
        title="The ten costliest hours",
        description="The hours that spent most of a budget, and which part of it each spent: of "
        "hours that burned faster than sustainable, the ten costliest.",
        width=24,
        height=table_height(_HOURS),
        queries=(
            Query(
                expr=text(fleet.scope.kept(ranges.hour_costs(fleet.scope), at_end=True)), table=True
            ),
        ),
        interval="1h",
        points=_POINTS,
        no_value="No hour burned faster than sustainable.",
        custom={"align": "auto", "cellOptions": {"type": "auto"}, "filterable": False},
        options={"cellHeight": "sm", "showHeader": True},
        transformations=(
            {"id": "sortBy", "options": {"sort": [{"field": "Value", "desc": True}]}},
            {"id": "limit", "options": {"limitField": _HOURS}},
            {"id": "organize", "options": organized},
        ),
        overrides=(
            Override(of="Cost", properties=cells("percentunit", PLAIN, 110, decimals=1)),
            Override(of="Hour from (UTC)", properties={"custom.width": 190}),
            *(Override(of=label, properties=NAMES) for label in ("SLO", *labels[1:])),
        ),
    )
