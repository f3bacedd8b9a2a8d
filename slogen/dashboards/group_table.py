"""The groups of an SLO as a table, whose names choose a group."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen import naming
from slogen.dashboards import groups, measures
from slogen.dashboards.colors import BUDGET, LASTS, NEVER, PLAIN, STATES
from slogen.dashboards.limits import burn_steps
from slogen.dashboards.measures import HOUR
from slogen.dashboards.service import narrowed
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
from slogen.promql.expr import Aggregation

if TYPE_CHECKING:
    from slogen.dashboards.panels import Panel
    from slogen.dashboards.scope import Scope
    from slogen.dashboards.service import Detail
    from slogen.promql.expr import Expr

_ROWS = 10
"""How many groups are seen without scrolling."""


def group_table(one: Detail, width: int) -> Panel:
    """Return a row for each chosen group, what pages first, then the least budget.

    An SLO without groups, which another one of the service has, is one row.
    """
    grouped = tuple(slo for slo in one.slos if slo.definition.group_by)
    others = tuple(slo for slo in one.slos if slo not in grouped)
    scope = one.scope
    names = (*scope.groups, *scope.identity)
    # A row lacks the labels of other SLOs, and a link that chose an empty group would show nothing.
    everywhere = set(scope.groups).intersection(*(slo.definition.group_by for slo in grouped))
    shared = [label for label in names if label in everywhere or label in scope.identity]
    link = {
        "title": "Choose this group",
        "url": f"/d/{one.uid}?${{slo:queryparam}}&${{window:queryparam}}&"
        + "".join(
            f"var-{naming.by_variable(label)}=${{__data.fields.{label}:percentencode}}&"
            for label in shared
        )
        + "${datasource:queryparam}&${__url_time_range}",
    }
    frame = Frame(
        title="Groups",
        description="A row for each chosen group, what pages first, then the least budget. Click a "
        "name to choose that group."
        f"{' An SLO without groups is one row, without a name.' if others else ''}",
        order=("-State", "Budget left"),
        rows=_ROWS,
        no_value="Nothing has been recorded of it.",
        width=width,
    )
    return table(
        frame,
        _columns(one, narrowed(one, others) if others else None),
        Names(
            first=names,
            hidden=(scope.naming.id,),
            properties={
                label: {"links": [link], "custom.minWidth": 120} | NAMES for label in names
            },
        ),
    )


def _columns(one: Detail, ungrouped: Scope | None) -> tuple[Column, ...]:
    scope = one.scope
    burn = cells("suffix:x", burn_steps(one.slos), 85, cell=FILLED, decimals=1)
    left = cells("percentunit", BUDGET, 0, cell=GAUGE, decimals=1, min=0, max=1)

    def least(expr: Expr) -> Expr:
        return Aggregation("min", scope.group_key, expr)

    return (
        Column(
            title="State", expr=groups.state(scope, one.words, ungrouped),
            properties=cells("none", PLAIN, 75, cell=FILLED, mappings=[STATES], decimals=0)
            | CENTRED,
        ),
        Column(title="Burn 1h", expr=least(measures.burn(scope, HOUR)), properties=burn),
        Column(title="Burn 6h", expr=least(measures.burn_six_hours(scope)), properties=burn),
        Column(
            title="Exhausted in", expr=least(groups.lasts(scope)),
            properties=cells("s", LASTS, 125, cell=COLORED, mappings=[NEVER], decimals=1),
        ),
        Column(
            title="Budget left", expr=least(measures.left(scope)),
            properties=left | {"custom.minWidth": 125},
        ),
        Column(
            title="Share of bad (1h)", expr=groups.share_of_bad(scope),
            properties=cells("percentunit", PLAIN, 130, decimals=1),
        ),
        Column(
            title="Measured for", expr=least(measures.measured_for(scope)),
            properties=cells("s", PLAIN, 100, decimals=1),
        ),
    )  # fmt: skip
