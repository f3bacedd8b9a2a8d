"""Tables with a row for each SLO, sorted by what matters, whose names lead on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import attrs

from slogen import naming
from slogen.dashboards import measures
from slogen.dashboards.looks import (
    BUDGET,
    BURN,
    LASTS,
    MET,
    NEVER,
    PLAIN,
    STATES,
    WORST,
    sli_decimals,
)
from slogen.dashboards.measures import HOUR
from slogen.dashboards.panels import Override, Panel, Query
from slogen.dashboards.scope import labelled, times
from slogen.promql.expr import Expr
from slogen.promql.printer import text

if TYPE_CHECKING:
    from slogen.dashboards.fleet import Fleet

_WRAPPED: dict[str, Any] = {
    "custom.wrapText": True,
    "custom.cellOptions": {"type": "auto", "wrapText": True},
}
"""In the words of Grafana from 12.2 on, and of those before."""
_CENTRED: dict[str, Any] = {"custom.align": "center"}
_UID = "uid"
_HIDDEN = {"custom.hidden": True, "custom.hideFrom": {"legend": True, "tooltip": True, "viz": True}}
"""In the words of Grafana until 12.1, and in those of later ones."""


@attrs.frozen(kw_only=True)
class Column:
    """A column of numbers: its title, what is asked, and how it looks."""

    title: str
    expr: Expr
    properties: Mapping[str, Any]


def overview_columns(fleet: Fleet) -> tuple[Column, ...]:
    """Return the columns that say which SLO burns, how fast, and how long is left."""
    scope = fleet.scope
    filled = {"type": "color-background", "mode": "basic"}
    colored = {"type": "color-text"}
    return (
        Column(
            title="State", expr=measures.state(scope, fleet.words),
            properties=look("none", PLAIN, 75, cell=filled, mappings=[STATES], decimals=0)
            | _CENTRED,
        ),
        Column(
            title="Burn 1h", expr=measures.worst_high(scope, measures.burn(scope, HOUR)),
            properties=look("suffix:x", BURN, 78, cell=filled, decimals=1),
        ),
        Column(
            title="Burn 6h", expr=measures.worst_high(scope, measures.burn_six_hours(scope)),
            properties=look("suffix:x", BURN, 78, cell=filled, decimals=1),
        ),
        Column(
            title="Exhausted in", expr=measures.soonest(scope),
            properties=look("s", LASTS, 125, cell=colored, mappings=[NEVER], decimals=1),
        ),
        *ratio_columns(fleet),
    )  # fmt: skip


def ratio_columns(fleet: Fleet) -> tuple[Column, ...]:
    """Return what is left of the budget, and the SLI that says why."""
    scope = fleet.scope
    gauge = {"type": "gauge", "mode": "basic", "valueDisplayMode": "text"}
    left = look("percentunit", BUDGET, 0, cell=gauge, decimals=1, min=0, max=1)
    return (
        Column(
            title="Budget left",
            expr=measures.worst_low(scope, measures.left(scope)),
            properties=left | {"custom.minWidth": 125},
        ),
        Column(
            title="SLI",
            expr=measures.worst_low(scope, measures.sli(scope)),
            properties=look("percentunit", PLAIN, 92, decimals=sli_decimals(fleet.decimals)),
        ),
    )


def report_columns(fleet: Fleet) -> tuple[Column, ...]:
    """Return the columns that say whether objectives are met, and how that moved in a week."""
    scope = fleet.scope
    filled = {"type": "color-background", "mode": "basic"}
    result = measures.worst_low(scope, measures.met_or_missed(scope))
    change = measures.worst_low(scope, measures.left(scope)) - measures.worst_low(
        scope, measures.left(scope, measures.WEEK)
    )
    moved = ((WORST, None), ("text", -0.05), ("green", 0.05))
    return (
        Column(
            title="Result", expr=result,
            properties=look("none", PLAIN, 80, cell=filled, mappings=[MET], decimals=0) | _CENTRED,
        ),
        *ratio_columns(fleet),
        Column(
            title="Change in a week", expr=change,
            properties=look("percentunit", moved, 150, cell={"type": "color-text"}, decimals=1),
        ),
    )  # fmt: skip


def look(unit: str, steps: Any, width: int, *, cell: Any = None, **more: Any) -> dict[str, Any]:  # noqa: ANN401
    """Return the properties of a column in Grafana's words."""
    found: dict[str, Any] = {"unit": unit, "thresholds": steps}
    if width:
        found["custom.width"] = width
    if cell:
        found["custom.cellOptions"] = cell
    return found | more


def what_burns(fleet: Fleet, title: str) -> Panel:
    """Return the table that says which SLO burns, how fast, and how long its budget lasts."""
    words = (
        "A row for each SLO, what pages first, then the least budget. Of groups, the worst one. "
        "Click a name for its dashboard."
    )
    return table(fleet, (title, words), overview_columns(fleet), ("-State", "Budget left"))


def table(
    fleet: Fleet,
    words: tuple[str, str],
    columns: tuple[Column, ...],
    order: tuple[str, ...],
    most_rows: int = 14,
) -> Panel:
    """Return a row for each SLO, sorted by columns, the most important one first.

    A name leads to the dashboard of the SLO, with the time and the data source that are chosen.
    """
    scope = fleet.scope
    objective: Expr = measures.objective(scope)
    if fleet.has_owners:
        brings = (naming.OWNER_LABEL,)
        objective = times(objective, measures.owners(scope), scope.key, brings)
    first = Column(
        title="Objective",
        expr=_with_uid(fleet, objective),
        properties=look("percentunit", PLAIN, 85, decimals=fleet.decimals),
    )
    shown = (first, *columns)
    refs = [chr(ord("A") + place) for place in range(len(shown))]
    return Panel(
        kind="table",
        title=words[0],
        description=words[1],
        width=24,
        height=-(-(36 * min(fleet.slos, most_rows) + 100) // 38),
        queries=tuple(
            Query(expr=text(scope.kept(column.expr)), instant=True, table=True, ref=ref)
            for column, ref in zip(shown, refs, strict=True)
        ),
        custom={"align": "auto", "cellOptions": {"type": "auto"}, "filterable": False},
        options={"cellHeight": "sm", "showHeader": True},
        transformations=_transformations(fleet, shown, refs, order),
        overrides=(
            *(Override(of=c.title, properties=c.properties) for c in shown),
            Override(
                of="SLO", properties={"links": [_link(fleet)], "custom.minWidth": 150} | _WRAPPED
            ),
            Override(
                of="Service",
                properties={"links": [_link(fleet)], "custom.minWidth": 105} | _WRAPPED,
            ),
            Override(of="Team", properties=_WRAPPED),
            *(Override(of=name, properties=_HIDDEN) for name in (_UID, fleet.naming.id)),
        ),
    )


def _transformations(
    fleet: Fleet, columns: tuple[Column, ...], refs: list[str], order: tuple[str, ...]
) -> tuple[Mapping[str, Any], ...]:
    names, titles = fleet.naming, [column.title for column in columns]
    values = [f"Value #{ref}" for ref in refs]
    renamed = {
        names.name: "SLO",
        names.service: "Service",
        naming.OWNER_LABEL: "Team",
        **dict(zip(values, titles, strict=True)),
    }
    # What is cut on a narrow screen matters least.
    wanted = (
        values[1], names.service, names.name, *fleet.scope.identity, *values[2:], values[0],
        naming.OWNER_LABEL, names.id, _UID,
    )  # fmt: skip
    hidden = ("Time", *fleet.known)
    organized = {
        "excludeByName": dict.fromkeys(hidden, True),
        "includeByName": {},
        "indexByName": {field: place for place, field in enumerate((*wanted, *hidden))},
        "renameByName": renamed,
    }
    # Sorting keeps the order of what is equal, so the most important column is sorted by last.
    sorts = tuple(
        {"id": "sortBy", "options": {"sort": [{"field": name.lstrip("-"), "desc": name[0] == "-"}]}}
        for name in reversed(order)
    )
    merged: Mapping[str, Any] = {"id": "merge", "options": {}}
    return (merged, {"id": "organize", "options": organized}, *sorts)


def _with_uid(fleet: Fleet, expr: Expr) -> Expr:
    """Return an expression with one label more: the uid of the dashboard of the SLO's service."""
    service, prefix = fleet.naming.service, naming.service_uid_prefix(fleet.naming)
    odd = [name for name in fleet.services if not naming.has_plain_uid(name, fleet.naming)]
    found = labelled(expr, _UID, f"{prefix}$1", service, "(.*)")
    for name in odd:
        pattern = naming.literal_regex(name)
        found = labelled(found, _UID, naming.uid("service", name, fleet.naming), service, pattern)
    return found


def _link(fleet: Fleet) -> Mapping[str, Any]:
    also = "".join(
        f"&${{{naming.by_variable(label)}:queryparam}}" for label in fleet.scope.identity
    )
    slo = f"${{__data.fields.{fleet.naming.id}:percentencode}}"
    return {
        "title": f"Open ${{__data.fields.{fleet.naming.id}}}",
        "url": f"/d/${{__data.fields.uid}}?var-slo={slo}"
        f"&${{datasource:queryparam}}{also}&${{__url_time_range}}",
    }
