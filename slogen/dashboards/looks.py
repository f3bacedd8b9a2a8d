"""One meaning for each colour, and the shapes of panels that all dashboards share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from slogen import naming
from slogen.dashboards.panels import Override, Panel, Query

if TYPE_CHECKING:
    from collections.abc import Mapping

    from slogen.dashboards.panels import Step

GOOD, WARN, BAD, WORST, UNKNOWN = "green", "yellow", "orange", "red", "purple"
INFORMS = "blue"

BUDGET: tuple[Step, ...] = ((WORST, None), (BAD, 0), (WARN, 0.25), (GOOD, 0.5))
"""What is left of a budget: the alert about a low one speaks at 25 %."""
LASTS: tuple[Step, ...] = (
    ("text", None), (WORST, 0), (BAD, 86_400), (WARN, 7 * 86_400), (GOOD, 30 * 86_400),
)  # fmt: skip
SHARE_MET: tuple[Step, ...] = ((WORST, None), (BAD, 0.9), (GOOD, 1))
PLAIN: tuple[Step, ...] = (("text", None),)
NEVER_SECONDS = -1
"""What stands for "never" where a time is asked for and the budget is not being overspent."""

NOT_RECORDED = -1
"""What stands for a moment without data in strips."""

STATE_OK, STATE_TICKET, STATE_NO_DATA, STATE_PAGE = range(4)

STATUS_COLORS = {
    naming.HEALTHY: GOOD,
    naming.WARNING: WARN,
    naming.CRITICAL: BAD,
    naming.EXHAUSTED: WORST,
    naming.UNMEASURED: UNKNOWN,
}

_MOST_IN_A_TABLE = 3
"""Of how many curves the legend may be a table: Grafana gives it a third of the panel."""

_NAME_SIZE = 16
"""Of a name in a panel of its own: Grafana would make a long one as small as it has to be."""

_REDUCED = {"calcs": ["lastNotNull"], "fields": "", "values": False}


def counted(color: str) -> tuple[Step, ...]:
    """Return the colours of a number that should be 0."""
    return ((GOOD, None), (color, 1))


def sli_decimals(of_objective: int) -> int:
    """Return how many decimals tell an SLI from its objective, and from 100 %."""
    return max(3, of_objective + 2)


def texts(**names: tuple[float, str]) -> Mapping[str, Any]:
    """Return a mapping of values to texts, each with its colour.

    >>> texts(OK=(0, "green"))["options"]["0"]
    {'text': 'OK', 'color': 'green', 'index': 0}
    """
    options = {
        f"{value:g}": {"text": name.replace("_", " "), "color": color, "index": index}
        for index, (name, (value, color)) in enumerate(names.items())
    }
    return {"type": "value", "options": options}


NEVER = texts(spent=(0, WORST), not_at_this_rate=(NEVER_SECONDS, GOOD))
STATES = texts(
    OK=(STATE_OK, GOOD),
    Ticket=(STATE_TICKET, BAD),
    No_data=(STATE_NO_DATA, UNKNOWN),
    PAGE=(STATE_PAGE, WORST),
)
MET = texts(Met=(1, GOOD), Missed=(0, WORST))
FIRING_INFO, FIRING_TICKET, FIRING_PAGE = 1, 2, 3
FIRING = texts(
    quiet=(0, GOOD),
    informs=(FIRING_INFO, INFORMS),
    ticket=(FIRING_TICKET, BAD),
    page=(FIRING_PAGE, WORST),
)
NO_DATA: Mapping[str, Any] = {
    "type": "special",
    "options": {"match": "null+nan", "result": {"text": "No data", "color": UNKNOWN, "index": 9}},
}
"""Without it Grafana gives a missing value the colour of the lowest step: green, or red."""


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
    return Panel(
        kind="stat",
        title=title,
        description=description,
        width=width,
        height=more.pop("height", 4),
        queries=queries,
        options=options,
        mappings=(*more.pop("mappings", ()), *(() if "no_value" in more else (NO_DATA,))),
        **more,
    )


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
    return Panel(
        kind="timeseries",
        title=title,
        description=description,
        width=width,
        height=more.pop("height", 10),
        queries=queries,
        color=more.pop("color", "palette-classic"),
        custom=custom,
        options=options,
        **more,
    )


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
    return Panel(
        kind="bargauge",
        title=title,
        description=description,
        width=width,
        height=more.pop("height", 8),
        queries=(query,),
        low=0,
        options=options,
        **more,
    )


def timeline(title: str, description: str, width: int, *queries: Query, **more: Any) -> Panel:  # noqa: ANN401
    """Return a coloured strip over time for each series."""
    options = {
        "alignValue": "left",
        "legend": {"displayMode": "list", "placement": "bottom", "showLegend": False},
        "mergeValues": True,
        "rowHeight": 0.85,
        "showValue": "never",
        "tooltip": {"mode": "single", "sort": "none"},
    }
    return Panel(
        kind="state-timeline",
        title=title,
        description=description,
        width=width,
        height=more.pop("height", 8),
        queries=queries,
        custom={"fillOpacity": 80, "lineWidth": 0},
        options=options,
        **more,
    )


def pie(title: str, description: str, width: int, query: Query, colors: Mapping[str, str]) -> Panel:
    """Return the shares of a whole, each with its colour."""
    return Panel(
        kind="piechart",
        title=title,
        description=description,
        width=width,
        height=10,
        queries=(query,),
        color="palette-classic",
        decimals=0,
        options={
            "displayLabels": ["value"],
            "legend": {
                "displayMode": "table",
                "placement": "right",
                "showLegend": True,
                "values": ["value", "percent"],
            },
            "pieType": "donut",
            "reduceOptions": _REDUCED,
            "tooltip": {"mode": "single", "sort": "none"},
        },
        overrides=tuple(painted(name, color) for name, color in colors.items()),
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
