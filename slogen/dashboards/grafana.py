"""Dashboards as grafanalib's objects: what a user may change, add to, and print with grafanalib.

Their JSON is Grafana's own, by the classes of `slogen.dashboards.schema`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from grafanalib import core

from slogen import naming
from slogen.dashboards import schema
from slogen.dashboards.panels import places

if TYPE_CHECKING:
    from slogen.dashboards.panels import Board, Link, Mark, Override, Panel, Query, Step, Variable

DATASOURCE = {"type": "prometheus", "uid": "${datasource}"}


def dashboard(board: Board) -> core.Dashboard:
    """Return a dashboard as grafanalib has it."""
    return schema.Dashboard(
        title=board.title,
        uid=board.uid,
        description=board.description,
        tags=[naming.DASHBOARD_TAG],
        timezone="utc",
        time=core.Time(board.time_from, "now"),
        refresh=board.refresh,
        editable=False,
        graphTooltip=core.GRAPH_TOOLTIP_MODE_SHARED_CROSSHAIR,
        links=[
            *map(_link, board.links),
            core.DashboardLink(
                title="SLO dashboards",
                tags=[naming.DASHBOARD_TAG],
                asDropdown=True,
                includeVars=True,
                keepTime=True,
            ),
        ],
        annotations=core.Annotations([schema.BUILT_IN, *map(_mark, board.marks)]),
        templating=core.Templating([_datasource(), *map(_variable, board.variables)]),
        panels=[
            _panel(panel, number, x, y)
            for number, (panel, x, y) in enumerate(places(board.panels), start=1)
        ],
    )


def _link(link: Link) -> core.DashboardLink:
    return core.DashboardLink(
        title=link.title,
        type="link",
        uri=link.url,
        icon="dashboard" if link.is_dashboard else "doc",
        includeVars=link.is_dashboard,
        keepTime=link.is_dashboard,
        targetBlank=not link.is_dashboard,
    )


def _datasource() -> core.Template:
    return schema.Template(
        name="datasource", label="Data source", type="datasource", query="prometheus"
    )


def _variable(variable: Variable) -> core.Template:
    all_of_them = {"allValue": ".*", "includeAll": True, "multi": True, "default": "$__all"}
    return schema.Template(
        name=variable.name,
        label=variable.label,
        query=variable.query,
        dataSource=DATASOURCE,
        regex=variable.regex,
        refresh=core.REFRESH_ON_TIME_RANGE_CHANGE,
        sort=core.SORT_ALPHA_ASC,
        **(all_of_them if variable.many else {"default": variable.chosen or None}),
    )


def _mark(mark: Mark) -> dict[str, Any]:
    return {
        "name": mark.name,
        "enable": mark.shown,
        "hide": False,
        "datasource": DATASOURCE,
        "expr": mark.expr,
        "iconColor": mark.color,
        "titleFormat": mark.title,
        "textFormat": mark.text,
        "tagKeys": naming.SEVERITY_LABEL,
        "step": "60s",
        "useValueForTime": False,
    }


def _panel(panel: Panel, number: int, x: int, y: int) -> core.Panel:
    is_text = panel.kind == "text"
    return schema.Panel(
        id=number,
        type=panel.kind,
        title=panel.title,
        description=panel.description,
        gridPos=core.GridPos(h=panel.height, w=panel.width, x=x, y=y),
        dataSource=DATASOURCE,
        targets=[_target(query, place) for place, query in enumerate(panel.queries)],
        transformations=[_thawed(step) for step in panel.transformations],
        interval=panel.interval or None,
        timeFrom=panel.time_from or None,
        maxDataPoints=panel.points or None,
        fieldConfig=_fields(panel),
        options={"content": panel.content, "mode": "markdown"}
        if is_text
        else _thawed(panel.options),
    )


def _target(query: Query, place: int) -> core.Target:
    return schema.Target(
        expr=query.expr,
        legendFormat=query.legend,
        instant=query.instant,
        format=core.TABLE_TARGET_FORMAT if query.table else core.TIME_SERIES_TARGET_FORMAT,
        refId=query.ref or ref(place),
        datasource=DATASOURCE,
    )


def ref(place: int) -> str:
    """Return the name of a query by its place: A to Z, then AA and so on."""
    more, letter = divmod(place, 26)
    return (ref(more - 1) if more else "") + chr(ord("A") + letter)


def _fields(panel: Panel) -> dict[str, Any]:
    defaults: dict[str, Any] = {
        "color": {"mode": panel.color},
        "noValue": panel.no_value or "No data",
        "thresholds": {"mode": "absolute", "steps": _steps(panel.steps)},
        "unit": panel.unit,
    }
    named = {
        "custom": dict(sorted(_thawed(panel.custom).items())) or None,
        "mappings": _thawed(panel.mappings) or None,
        "decimals": panel.decimals,
        "min": panel.low,
        "max": panel.high,
    }
    defaults |= {name: value for name, value in named.items() if value is not None}
    return {"defaults": defaults, "overrides": [_override(one) for one in panel.overrides]}


def _override(override: Override) -> dict[str, Any]:
    properties = [
        {"id": name, "value": _property(name, value)} for name, value in override.properties.items()
    ]
    matcher = {"id": override.matcher, "options": override.of}
    return {"matcher": matcher, "properties": properties}


def _property(name: str, value: Any) -> Any:  # noqa: ANN401 (of any shape, as Grafana has it)
    if name == "thresholds":
        return {"mode": "absolute", "steps": _steps(value)}
    return _thawed(value)


def _steps(steps: tuple[Step, ...]) -> list[dict[str, Any]]:
    return [{"color": color, "value": value} for color, value in steps]


def _thawed(value: Any) -> Any:  # noqa: ANN401 (of any shape, as Grafana has it)
    """Return a value with dicts and lists of its own, which a user may change."""
    if isinstance(value, Mapping):
        return {key: _thawed(inner) for key, inner in value.items()}
    if isinstance(value, tuple | list):
        return [_thawed(inner) for inner in value]
    return value
