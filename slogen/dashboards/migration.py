"""From grafanalib's JSON to that of a current Grafana: schema 42, the last of the classic form.

grafanalib 0.7.1 writes version 12 and leaves it to Grafana to migrate, which drops or misreads
part of it. So slogen migrates it, also panels that a user has made with grafanalib:

- the version, raised alone, would break legends (37), coloured cells (38) and the shared crosshair;
- a data source given as a name, limits of 100 points, and every second point left out;
- thresholds whose lowest step is the text "null";
- options of bar gauges, gauges and tables at places that no longer exist;
- keys that Grafana has forgotten, and empty ones.

Source: https://grafana.com/docs/grafana/latest/dashboards/build-dashboards/view-dashboard-json-model/
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

SCHEMA = 42
_PROMETHEUS = "prometheus"
_DASHBOARD_KEYS = (
    "description", "title", "uid", "tags", "schemaVersion", "version", "editable", "graphTooltip",
    "timezone", "time", "timepicker", "refresh", "links", "annotations", "templating", "panels",
)  # fmt: skip
_PANEL_KEYS = (
    "id", "type", "title", "description", "gridPos", "datasource", "interval", "timeFrom",
    "timeShift", "maxDataPoints", "repeat", "repeatDirection", "maxPerRow", "transparent", "links",
    "targets", "transformations", "fieldConfig", "options", "collapsed", "panels",
)  # fmt: skip
_TARGET_KEYS = (
    "refId", "datasource", "expr", "legendFormat", "editorMode", "format", "instant", "range",
    "interval", "hide", "exemplar",
)  # fmt: skip
_VARIABLE_KEYS = (
    "name", "label", "type", "datasource", "query", "regex", "refresh", "sort",
    "hide", "multi", "includeAll", "allValue", "current", "options", "auto", "auto_min",
    "auto_count",
)  # fmt: skip
_ONLY_OF_INTERVALS = {"auto", "auto_min", "auto_count"}
_FORGOTTEN_DEFAULTS = {"title", "limit", "override", "calcs", "values"}
_GRAFANA = {"type": "grafana", "uid": "-- Grafana --"}
_BUILT_IN = {
    "builtIn": 1,
    "datasource": _GRAFANA,
    "enable": True,
    "hide": True,
    "iconColor": "rgba(0, 211, 255, 1)",
    "name": "Annotations & Alerts",
    "type": "dashboard",
}


def migrated(dashboard: Any, mark: str = "") -> dict[str, Any]:  # noqa: ANN401 (of grafanalib)
    """Return the JSON of a dashboard that grafanalib has made.

    Args:
        dashboard: A ``grafanalib.core.Dashboard``.
        mark: What the description begins with.
    """
    given = _plain(dashboard)
    given["description"] = " ".join(part for part in (mark, given["description"]) if part)
    given["schemaVersion"], given["version"] = SCHEMA, 0
    given["graphTooltip"] = given["graphTooltip"] or int(bool(given["sharedCrosshair"]))
    given["timepicker"], given["refresh"] = {}, given["refresh"] or ""
    given["links"] = [_link(link) for link in given["links"]]
    marks = given["annotations"].get("list") or []
    given["annotations"] = {"list": [_BUILT_IN, *map(_annotation, marks)]}
    variables = given["templating"].get("list") or []
    given["templating"] = {"list": [_variable(variable) for variable in variables]}
    given["panels"] = [_panel(panel) for panel in given["panels"]]
    return _ordered(given, _DASHBOARD_KEYS)


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


def _ordered(given: Mapping[str, Any], keys: tuple[str, ...]) -> dict[str, Any]:
    """Return those of the keys that there are, in this order."""
    return {key: given[key] for key in keys if key in given}


def _datasource(value: Any) -> Any:  # noqa: ANN401 (a name or an object)
    return {"type": _PROMETHEUS, "uid": value} if isinstance(value, str) else value


def _link(link: dict[str, Any]) -> dict[str, Any]:
    return {**link, "title": link.get("title") or "", "url": link.get("url") or ""}


def _annotation(mark: dict[str, Any]) -> dict[str, Any]:
    if "datasource" in mark:
        mark["datasource"] = _datasource(mark["datasource"])
    return mark


def _variable(given: dict[str, Any]) -> dict[str, Any]:
    kind = given["type"]
    for name in ("regex", "hide", "label"):
        given[name] = given.get(name) or {"regex": "", "hide": 0, "label": given["name"]}[name]
    if kind == "query":
        given["datasource"] = _datasource(given["datasource"] or "${datasource}")
        if isinstance(given["query"], str):
            name = "PrometheusVariableQueryEditor-VariableQuery"
            given["query"] = {"qryType": 1, "query": given["query"], "refId": name}
    given["current"] = _current(given)
    dropped = {key for key in given if given[key] is None}
    dropped |= set() if kind == "interval" else _ONLY_OF_INTERVALS
    dropped |= {"sort"} if kind != "query" else set()
    return _ordered({k: v for k, v in given.items() if k not in dropped}, _VARIABLE_KEYS)


def _current(given: dict[str, Any]) -> dict[str, Any]:
    """Return what is chosen at first: grafanalib writes a choice also where there is none."""
    current = given.get("current") or {}
    value = current.get("value")
    if value in (None, "", []):
        return {}
    if value == "$__all" and given.get("multi"):
        return {"text": ["All"], "value": ["$__all"]}
    text = "All" if value == "$__all" else current.get("text") or value
    return {"text": text, "value": value}


def _panel(given: dict[str, Any]) -> dict[str, Any]:
    kind = given["type"]
    if kind == "row":
        given["panels"] = [_panel(panel) for panel in given.get("panels") or []]
        given["title"], given["collapsed"] = given.get("title") or "", bool(given.get("collapsed"))
        return _ordered(given, ("id", "type", "title", "gridPos", "collapsed", "panels"))
    options, fields = given.get("options") or {}, given.get("fieldConfig") or {}
    defaults = _defaults(kind, fields.get("defaults") or {}, options, given)
    given["datasource"] = _datasource(given.get("datasource"))
    given["targets"] = [
        _target(target, place, given["datasource"])
        for place, target in enumerate(given.get("targets") or [])
    ]
    given["title"] = given.get("title") or ""
    given["fieldConfig"] = {
        "defaults": dict(sorted(defaults.items())),
        "overrides": fields.get("overrides") or [],
    }
    given["options"] = dict(sorted(_options(kind, options).items()))
    # grafanalib's limit of 100 points shows a day as points of half an hour.
    wanted = {"maxDataPoints"} if given.get("maxDataPoints") == _POINTS_OF_GRAFANALIB else set()
    if kind == "text":
        wanted |= {"datasource", "targets", "fieldConfig"}
    kept = {k: v for k, v in given.items() if k not in wanted and v not in (None, [], "", False)}
    kept["title"] = given["title"]
    return _ordered(kept, _PANEL_KEYS)


_POINTS_OF_GRAFANALIB = 100


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
    given["editorMode"], given["range"] = "code", not given["instant"]
    given["legendFormat"] = given["legendFormat"] or "__auto"
    kept = {key: value for key, value in given.items() if value not in (None, "", False)}
    kept["instant"], kept["range"] = bool(given["instant"]), given["range"]
    if kept.get("format") == "time_series":
        del kept["format"]
    return _ordered(kept, _TARGET_KEYS)
