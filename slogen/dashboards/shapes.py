"""The shapes of panels that all dashboards share: numbers, charts, bars, strips and pies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from slogen.dashboards.colors import NO_DATA
from slogen.dashboards.panels import Override, Panel

if TYPE_CHECKING:
    from collections.abc import Mapping

    from slogen.dashboards.panels import Kind, Query

_MOST_IN_A_TABLE = 3
"""Of how many curves the legend may be a table: Grafana gives it a third of the panel."""

_NAME_SIZE = 16
"""Of a name in a panel of its own: Grafana would make a long one as small as it has to be."""

_REDUCED = {"calcs": ["lastNotNull"], "fields": "", "values": False}


def stat(title: str, description: str, width: int, *queries: Query, **more: Any) -> Panel:  # noqa: ANN401
    """Return a number; a coloured one fills its background."""
    background, text_mode = more.pop("background", False), more.pop("text_mode", "value")
    options = {
        "colorMode": "background" if background else "value",
        "graphMode": more.pop("graph", "none"),
        "justifyMode": "center",
        "orientation": "auto",
        "reduceOptions": _REDUCED,
        "showPercentChange": False,
        "textMode": text_mode,
        "wideLayout": True,
    }
    if text_mode == "name":
        options["text"] = {"titleSize": _NAME_SIZE}
    mappings = (*more.pop("mappings", ()), *(() if "no_value" in more else (NO_DATA,)))
    own = {"height": 4, "options": options, "mappings": mappings}
    return _panel("stat", (title, description, width), queries, own | more)


def legend_of(curves_shown: int) -> str:
    """Return the shape of a legend that is seen whole."""
    return "table" if curves_shown <= _MOST_IN_A_TABLE else "list"


def curves(title: str, description: str, width: int, *queries: Query, **more: Any) -> Panel:  # noqa: ANN401
    """Return a chart over time."""
    legend = more.pop("legend", "table")
    custom = {
        "drawStyle": "line",
        "fillOpacity": 8,
        "lineInterpolation": "linear",
        "lineWidth": 1,
        "showPoints": "never",
        "spanNulls": False,
        "stacking": {"group": "A", "mode": "none"},
        "thresholdsStyle": {"mode": "off"},
        **more.pop("custom", {}),
    }
    calcs = list(more.pop("calcs", ("min", "mean", "max")))
    options = {
        "legend": {
            "calcs": calcs if legend == "table" else [],
            "displayMode": "table" if legend == "table" else "list",
            "placement": "bottom",
            "showLegend": legend != "none",
        },
        "tooltip": {"mode": "multi", "sort": "desc"},
    }
    own = {"height": 10, "color": "palette-classic", "custom": custom, "options": options}
    return _panel("timeseries", (title, description, width), queries, own | more)


def bars(title: str, description: str, width: int, query: Query, **more: Any) -> Panel:  # noqa: ANN401
    """Return a bar for each series, from left to right."""
    options = {
        "displayMode": "gradient",
        "maxVizHeight": 300,
        "minVizHeight": 16,
        "minVizWidth": 8,
        "namePlacement": "top",
        "orientation": "horizontal",
        "reduceOptions": _REDUCED,
        "showUnfilled": True,
        "sizing": "auto",
        "valueMode": "color",
    }
    own = {"height": 8, "low": 0, "options": options}
    return _panel("bargauge", (title, description, width), (query,), own | more)


def timeline(title: str, description: str, width: int, *queries: Query, **more: Any) -> Panel:  # noqa: ANN401
    """Return a coloured strip over time for each series."""
    options = {
        "alignValue": "left",
        "legend": {"calcs": [], "displayMode": "list", "placement": "bottom", "showLegend": False},
        "mergeValues": True,
        "rowHeight": 0.85,
        "showValue": "never",
        "tooltip": {"mode": "single", "sort": "none"},
    }
    own = {"height": 8, "custom": {"fillOpacity": 80, "lineWidth": 0}, "options": options}
    return _panel("state-timeline", (title, description, width), queries, own | more)


def pie(title: str, description: str, width: int, query: Query, colors: Mapping[str, str]) -> Panel:
    """Return the shares of a whole, each with its colour."""
    options = {
        "displayLabels": ["value"],
        "legend": {
            "calcs": [],
            "displayMode": "table",
            "placement": "right",
            "showLegend": True,
            "values": ["value", "percent"],
        },
        "pieType": "donut",
        "reduceOptions": _REDUCED,
        "tooltip": {"mode": "single", "sort": "none"},
    }
    slices = tuple(painted(name, color) for name, color in colors.items())
    own = {"height": 10, "color": "palette-classic", "decimals": 0, "options": options}
    return _panel("piechart", (title, description, width), (query,), own | {"overrides": slices})


def _panel(
    kind: Kind, words: tuple[str, str, int], queries: tuple[Query, ...], more: Mapping[str, Any]
) -> Panel:
    """Return a panel by its type, its title, description and width, and what else it has."""
    title, description, width = words
    return Panel(
        kind=kind, title=title, description=description, width=width, queries=queries, **more
    )


def painted(name: str, color: str, matcher: str = "byName", **more: Any) -> Override:  # noqa: ANN401
    """Return the override that gives a field a colour, and perhaps more."""
    fixed = {"color": {"mode": "fixed", "fixedColor": color}}
    return Override(of=name, matcher=matcher, properties={**fixed, **more})


def dashed(
    name: str,
    color: str,
    matcher: str = "byName",
    dash: tuple[int, int] = (10, 8),
    more: Mapping[str, Any] | None = None,
) -> Override:
    """Return the override that draws a field as a dashed line without an area."""
    line = {
        "custom.lineStyle": {"fill": "dash", "dash": list(dash)},
        "custom.fillOpacity": 0,
        "custom.lineWidth": 2,
    }
    return painted(name, color, matcher, **line, **(more or {}))
