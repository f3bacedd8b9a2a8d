"""From grafanalib's JSON to that of a current Grafana: panels and dashboards that users have made.

grafanalib 0.7.1 writes version 12 and leaves it to Grafana to migrate, which drops or misreads
part of it. slogen's own dashboards (`slogen.dashboards.schema`) need none of this, and stay as they
are:

- the version, raised alone, would break legends (37), coloured cells (38) and the shared crosshair;
- a data source given as a name, limits of 100 points, and every second point left out;
- thresholds whose lowest step is the text "null";
- options of bar gauges, gauges and tables at places that no longer exist.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from slogen.dashboards import schema

_PROMETHEUS = "prometheus"
_FORGOTTEN_DEFAULTS = {"title", "limit", "override", "calcs", "values"}
_POINTS_OF_GRAFANALIB = 100
"""A limit that shows a day as points of half an hour."""
_ALL = 100
_PERCENT = {"percent", "humidity"}
"""Units of which 100 is all, as grafanalib says of every bar gauge for which nobody says more."""


def migrated(dashboard: Any, mark: str = "") -> dict[str, Any]:  # noqa: ANN401 (of grafanalib)
    """Return the JSON of a dashboard that grafanalib has made.

    Args:
        dashboard: A ``grafanalib.core.Dashboard``.
        mark: What the description begins with.
    """
    given = _plain(dashboard)
    given["description"] = " ".join(part for part in (mark, given["description"]) if part)
    given["schemaVersion"] = schema.SCHEMA
    given["graphTooltip"] = given["graphTooltip"] or int(bool(given.get("sharedCrosshair")))
    given["links"] = [_link(link) for link in given["links"]]
    marks = [mark for mark in given["annotations"].get("list") or [] if not mark.get("builtIn")]
    given["annotations"] = {"list": [schema.BUILT_IN, *map(_annotation, marks)]}
    variables = given["templating"].get("list") or []
    given["templating"] = {"list": [_variable(variable) for variable in variables]}
    given["panels"] = [_panel(panel) for panel in given["panels"]]
    return schema.dashboard_json(given)


def json_text(dashboard: Mapping[str, Any]) -> str:
    """Return a dashboard as the text of a file."""
    return json.dumps(dashboard, indent=2, ensure_ascii=False) + "\n"


def _plain(value: Any) -> Any:  # noqa: ANN401 (of any shape)
    """Return plain JSON with dicts and lists of its own."""
    if hasattr(value, "to_json_data"):
        return _plain(value.to_json_data())
    if isinstance(value, Mapping):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    if isinstance(value, Decimal):
        return float(value)
    return value


def _datasource(value: Any) -> Any:  # noqa: ANN401 (a name or an object)
    return {"type": _PROMETHEUS, "uid": value} if isinstance(value, str) else value


def _link(link: dict[str, Any]) -> dict[str, Any]:
    return {**link, "title": link.get("title") or "", "url": link.get("url") or ""}


def _annotation(mark: dict[str, Any]) -> dict[str, Any]:
    if "datasource" in mark:
        mark["datasource"] = _datasource(mark["datasource"])
    return mark


def _variable(given: dict[str, Any]) -> dict[str, Any]:
    if given["type"] == "query":
        given["datasource"] = _datasource(given["datasource"] or "${datasource}")
    return schema.variable_json(given)


def _panel(given: dict[str, Any]) -> dict[str, Any]:
    kind = given["type"]
    if kind == "row":
        given["panels"] = [_panel(panel) for panel in given.get("panels") or []]
        return schema.panel_json(given)
    options, fields = given.get("options") or {}, given.get("fieldConfig") or {}
    defaults = _defaults(kind, fields.get("defaults") or {}, options, given)
    given["datasource"] = _datasource(given.get("datasource"))
    given["targets"] = [
        _target(target, place, given["datasource"])
        for place, target in enumerate(given.get("targets") or [])
    ]
    given["fieldConfig"] = {"defaults": defaults, "overrides": fields.get("overrides") or []}
    given["options"] = _options(kind, options)
    if given.get("maxDataPoints") == _POINTS_OF_GRAFANALIB:
        del given["maxDataPoints"]
    return schema.panel_json(given)


def _defaults(
    kind: str, defaults: dict[str, Any], options: dict[str, Any], panel: dict[str, Any]
) -> dict[str, Any]:
    """Return what holds for all fields, from where grafanalib has put it."""
    old = options.get("fieldOptions") or {}
    defaults = {**_set(old.get("defaults") or {}), **_set(defaults)}
    if kind == "gauge":
        calcs, values = defaults.get("calcs"), bool(defaults.get("values"))
        reduced = {"calcs": calcs or ["lastNotNull"], "fields": "", "values": values}
        options.setdefault("reduceOptions", reduced)
    if kind == "bargauge" and defaults.get("max") == _ALL and defaults.get("unit") not in _PERCENT:
        del defaults["max"]
    if kind == "table" and isinstance(panel.get("color"), Mapping):
        defaults.setdefault("color", panel["color"])
    steps = (defaults.get("thresholds") or {}).get("steps") or old.get("thresholds") or []
    if steps:
        mode = (defaults.get("thresholds") or {}).get("mode") or "absolute"
        defaults["thresholds"] = {"mode": mode, "steps": [_step(step) for step in steps]}
    else:
        defaults.pop("thresholds", None)
    if isinstance(defaults.get("color"), str):
        defaults["color"] = {"mode": defaults["color"]}
    if custom := _custom(defaults.pop("custom", None) or {}):
        defaults["custom"] = custom
    return {k: v for k, v in defaults.items() if k not in _FORGOTTEN_DEFAULTS}


def _set(values: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value not in (None, [], {}, "")}


def _step(step: Mapping[str, Any]) -> dict[str, Any]:
    value = step.get("value")
    return {"color": step["color"], "value": None if value == "null" else value}


def _custom(custom: dict[str, Any]) -> dict[str, Any]:
    mode = custom.pop("displayMode", None)
    if mode:
        custom.setdefault("cellOptions", {"type": mode})
    if (custom.get("scaleDistribution") or {}).get("type") == "linear":
        custom["scaleDistribution"] = {"type": "linear"}
    return dict(sorted((key, value) for key, value in custom.items() if value not in (None, {})))


def _options(kind: str, options: dict[str, Any]) -> dict[str, Any]:
    old = options.pop("fieldOptions", None)
    if old:
        reduced = {"calcs": old["calcs"], "fields": "", "values": bool(old["values"])}
        options.setdefault("reduceOptions", reduced)
    if kind == "bargauge":
        for name in ("showThresholdLabels", "showThresholdMarkers"):
            options.pop(name, None)
    legend = options.get("legend")
    if isinstance(legend, dict):
        hidden = legend.get("displayMode") == "hidden"
        legend.setdefault("showLegend", not hidden)
        if hidden:
            legend["displayMode"] = "list"
    if options.get("sortBy") == []:
        del options["sortBy"]
    return options


def _target(given: dict[str, Any], place: int, datasource: Any) -> dict[str, Any]:  # noqa: ANN401
    given["refId"] = given.get("refId") or chr(ord("A") + place)
    given["datasource"] = _datasource(given.get("datasource")) or datasource
    return schema.target_json(given)
