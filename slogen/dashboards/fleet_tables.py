"""Tables with a row for each SLO, whose names lead to its dashboard."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

from slogen import naming
from slogen.dashboards import groups, measures
from slogen.dashboards.colors import BUDGET, LASTS, MET, NEVER, PLAIN, STATES, sli_decimals
from slogen.dashboards.measures import HOUR
from slogen.dashboards.scope import labelled, times
from slogen.dashboards.tables import (
    CENTRED,
    COLORED,
    FILLED,
    GAUGE,
    NAMES,
    Column,
    Frame,
    Names,
    cells,
    table,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from slogen.dashboards.fleet import Fleet
    from slogen.dashboards.panels import Panel
    from slogen.promql.expr import Expr

_UID = "uid"


def overview_columns(fleet: Fleet) -> tuple[Column, ...]:
    """Return the columns that say which SLO burns, how fast, and how long is left.

    Of an SLO with groups they are all about its worst group, which is named.
    """
    scope = fleet.scope
    return (
        Column(
            title="State", expr=measures.state(scope, fleet.words),
            properties=cells("none", PLAIN, 66, cell=FILLED, mappings=[STATES], decimals=0)
            | CENTRED,
        ),
        *_group_columns(fleet),
        Column(
            title="Burn 1h", expr=of_row(fleet, measures.burn(scope, HOUR)),
            properties=cells("suffix:x", fleet.burn, 66, cell=FILLED, decimals=1),
        ),
        Column(
            title="Burn 6h", expr=of_row(fleet, measures.burn_six_hours(scope)),
            properties=cells("suffix:x", fleet.burn, 66, cell=FILLED, decimals=1),
        ),
        Column(
            title="Exhausted in", expr=_lasts(fleet),
            properties=cells("s", LASTS, 109, cell=COLORED, mappings=[NEVER], decimals=1),
        ),
        *_ratio_columns(fleet),
        Column(
            title="Age", expr=of_row(fleet, measures.measured_for(scope)),
            properties=cells("s", PLAIN, 74, decimals=0),
        ),
    )  # fmt: skip


def of_row(fleet: Fleet, expr: Expr, *, least: bool = True) -> Expr:
    """Return what each SLO has: of its worst group, or the worst of what its renames left."""
    scope = fleet.scope
    if scope.groups:
        expr = groups.of_worst(scope, fleet.words, expr, of_each=True)
    return (measures.worst_low if least else measures.worst_high)(scope, expr)


def _lasts(fleet: Fleet) -> Expr:
    if fleet.scope.groups:
        return of_row(fleet, groups.lasts(fleet.scope))
    return measures.soonest(fleet.scope)


def _group_columns(fleet: Fleet) -> tuple[Column, ...]:
    """Return the name of the worst group, and how many groups burn, where there are groups."""
    if not fleet.scope.groups:
        return ()
    return (
        Column(
            title="Worst group", expr=groups.worst_name(fleet.scope, fleet.words),
            properties=NAMES | {"custom.minWidth": 100}, label=groups.GROUP,
        ),
        Column(
            title="Burning", expr=groups.count(fleet.scope),
            properties=NAMES | {"custom.width": 72}, label=groups.COUNTED,
        ),
    )  # fmt: skip


def _ratio_columns(fleet: Fleet) -> tuple[Column, ...]:
    """Return what is left of the budget, and the SLI that says why.

    Where the worst group is named a small screen has no room for its SLI.
    """
    scope = fleet.scope
    left = cells("percentunit", BUDGET, 0, cell=GAUGE, decimals=1, min=0, max=1)
    budget = Column(
        title="Budget left",
        expr=of_row(fleet, measures.left(scope)),
        properties=left | {"custom.minWidth": 95},
    )
    ratio = Column(
        title="SLI",
        expr=of_row(fleet, measures.sli(scope)),
        properties=cells("percentunit", PLAIN, 83, decimals=sli_decimals(fleet.decimals)),
    )
    return (budget,) if scope.groups else (budget, ratio)


def what_burns(fleet: Fleet, title: str) -> Panel:
    """Return the table that says which SLO burns, how fast, and how long its budget lasts."""
    words = (
        f"A row for each SLO, what pages first, then the least budget.{worst_words(fleet)} "
        "Click a name for its dashboard."
    )
    return fleet_table(fleet, (title, words), overview_columns(fleet), ("-State", "Budget left"))


def worst_words(fleet: Fleet) -> str:
    """Return what to say of groups, where there are any."""
    if not fleet.scope.groups:
        return ""
    return " Of an SLO with groups, all numbers are those of its worst group, which is named."


def fleet_table(
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
        properties=cells("percentunit", PLAIN, 78, decimals=fleet.decimals),
    )
    # The name of a group may need as many lines as four rows have.
    rows = fleet.slos + (3 if scope.groups else 0)
    frame = Frame(title=words[0], description=words[1], order=order, rows=min(rows, most_rows))
    kept = (attrs.evolve(c, expr=scope.kept(c.expr)) for c in (*columns, first))
    return table(frame, tuple(kept), _names(fleet))


def _names(fleet: Fleet) -> Names:
    names = fleet.naming
    link = {"links": [_link(fleet)]}
    return Names(
        first=(names.service, names.name, *fleet.scope.identity),
        last=(naming.OWNER_LABEL,),
        hidden=(_UID, names.id),
        dropped=fleet.known,
        titles={names.name: "SLO", names.service: "Service", naming.OWNER_LABEL: "Team"},
        properties={
            "SLO": link | NAMES | {"custom.minWidth": 104},
            "Service": link | NAMES | {"custom.minWidth": 82},
            "Team": NAMES | {"custom.minWidth": 80},
        },
    )


def met_column(fleet: Fleet) -> Column:
    """Return whether the objective is met, over the SLO's own window."""
    return Column(
        title="Result", expr=of_row(fleet, measures.met_or_missed(fleet.scope)),
        properties=cells("none", PLAIN, 80, cell=FILLED, mappings=[MET], decimals=0) | CENTRED,
    )  # fmt: skip


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
