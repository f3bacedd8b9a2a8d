"""Tables: a row for each SLO or group, the worst first, whose names lead on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import attrs

from slogen.dashboards.colors import NO_DATA
from slogen.dashboards.panels import Override, Panel, Query
from slogen.promql.expr import Expr
from slogen.promql.printer import text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from slogen.dashboards.panels import Step

NAMES: dict[str, Any] = {
    "noValue": "-",
    "custom.wrapText": True,
    "custom.cellOptions": {"type": "auto", "wrapText": True},
}
"""A name that is not there is no missing data, and a long one goes on in the next line."""
HIDDEN = {"custom.hidden": True, "custom.hideFrom": {"legend": True, "tooltip": True, "viz": True}}
"""In the words of Grafana until 12.1, and in those of later ones."""
CENTRED: dict[str, Any] = {"custom.align": "center"}
FILLED = {"type": "color-background", "mode": "basic"}
COLORED = {"type": "color-text"}
GAUGE = {"type": "gauge", "mode": "basic", "valueDisplayMode": "text"}
_ROW, _HEAD, _UNIT = 36, 100, 38
"""The pixels of a table's row, of what stands above its rows, and of a unit of height."""


@attrs.frozen(kw_only=True)
class Column:
    """A column: its title, what is asked, and how it is shown.

    Attributes:
        title: What stands above it.
        expr: A sample for each row.
        properties: Properties of the column in Grafana's words.
        label: The label that is shown; the value itself if empty.
    """

    title: str
    expr: Expr
    properties: Mapping[str, Any]
    label: str = ""


@attrs.frozen(kw_only=True)
class Names:
    """The columns of a table that are labels.

    Attributes:
        first: Labels in front of all values but the first one.
        leads: Whether they stand in front of that one, too.
        last: Labels behind all values.
        hidden: Labels that links need and nobody reads.
        dropped: Labels that are the same in all rows.
        titles: What stands above labels.
        properties: Properties of the columns by their titles.
    """

    first: tuple[str, ...]
    leads: bool = False
    last: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    titles: Mapping[str, str] = attrs.field(factory=dict)
    properties: Mapping[str, Mapping[str, Any]] = attrs.field(factory=dict)


def cells(
    unit: str, steps: tuple[Step, ...], width: int, *, cell: Mapping[str, str] | None = None,
    mappings: Iterable[Mapping[str, Any]] = (), **more: Any,  # noqa: ANN401
) -> dict[str, Any]:  # fmt: skip
    """Return how a column's cells are drawn, in Grafana's words; a missing value is purple."""
    found: dict[str, Any] = {"unit": unit, "thresholds": steps, "mappings": [*mappings, NO_DATA]}
    if width:
        found["custom.width"] = width
    if cell:
        found["custom.cellOptions"] = cell
    return found | more


def table_height(rows: int) -> int:
    """Return the height at which so many rows are seen."""
    return -(-(_ROW * rows + _HEAD) // _UNIT)


@attrs.frozen(kw_only=True)
class Frame:
    """What surrounds the rows of a table.

    Attributes:
        title: Of the panel.
        description: Of the panel.
        order: The titles to sort by, the most important first; a minus for the largest first.
        rows: How many rows there is room for.
        no_value: What stands where no query gives anything, if that may be.
        width: Of the panel.
    """

    title: str
    description: str
    order: tuple[str, ...]
    rows: int
    no_value: str = ""
    width: int = 24


def table(frame: Frame, columns: tuple[Column, ...], names: Names) -> Panel:
    """Return a table whose rows are what columns say of the same labels."""
    refs = [chr(ord("A") + place) for place in range(len(columns))]
    hidden = (Override(of=name, properties=HIDDEN) for name in names.hidden)
    return Panel(
        kind="table",
        title=frame.title,
        description=frame.description,
        width=frame.width,
        height=table_height(frame.rows),
        queries=tuple(
            Query(expr=text(column.expr), instant=True, table=True, ref=ref)
            for column, ref in zip(columns, refs, strict=True)
        ),
        no_value=frame.no_value,
        custom={"align": "auto", "cellOptions": {"type": "auto"}, "filterable": False},
        options={"cellHeight": "sm", "showHeader": True},
        transformations=_transformations(columns, refs, names, frame.order),
        overrides=(
            *(Override(of=column.title, properties=column.properties) for column in columns),
            *(Override(of=of, properties=its) for of, its in names.properties.items()),
            *hidden,
        ),
    )


def _transformations(
    columns: tuple[Column, ...], refs: list[str], names: Names, order: tuple[str, ...]
) -> tuple[Mapping[str, Any], ...]:
    fields = [column.label or f"Value #{ref}" for column, ref in zip(columns, refs, strict=True)]
    values = [f"Value #{ref}" for column, ref in zip(columns, refs, strict=True) if column.label]
    titles = {field: column.title for field, column in zip(fields, columns, strict=True)}
    lead = 0 if names.leads else 1
    wanted = (*fields[:lead], *names.first, *fields[lead:], *names.last, *names.hidden)
    dropped = ("Time", *names.dropped, *values)
    organized = {
        "excludeByName": dict.fromkeys(dropped, True),
        "includeByName": {},
        "indexByName": {field: place for place, field in enumerate((*wanted, *dropped))},
        "renameByName": {**names.titles, **titles},
    }
    # Sorting keeps the order of what is equal, so the most important column is sorted by last.
    sorts = tuple(
        {"id": "sortBy", "options": {"sort": [{"field": name.lstrip("-"), "desc": name[0] == "-"}]}}
        for name in reversed(order)
    )
    merged: Mapping[str, Any] = {"id": "merge", "options": {}}
    return (merged, {"id": "organize", "options": organized}, *sorts)
