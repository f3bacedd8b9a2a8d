"""Grafana's own shape of a dashboard: schema 42, the last of the classic form.

Each class is one of grafanalib's, and its JSON is what a current Grafana reads: whoever gets them
from ``RuleSet.dashboards()`` can change them as any of grafanalib, and print them with it.

Source: https://grafana.com/docs/grafana/latest/dashboards/build-dashboards/view-dashboard-json-model/
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attr
from grafanalib import core

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

SCHEMA = 42
BUILT_IN = {
    "builtIn": 1,
    "datasource": {"type": "grafana", "uid": "-- Grafana --"},
    "enable": True,
    "hide": True,
    "iconColor": "rgba(0, 211, 255, 1)",
    "name": "Annotations & Alerts",
    "type": "dashboard",
}
"""The annotations that every dashboard has."""
_DASHBOARD_KEYS = (
    "description", "title", "uid", "tags", "schemaVersion", "version", "editable", "graphTooltip",
    "timezone", "time", "timepicker", "refresh", "links", "annotations", "templating", "panels",
)  # fmt: skip
_PANEL_KEYS = (
    "id", "type", "title", "description", "gridPos", "datasource", "interval", "timeFrom",
    "timeShift", "maxDataPoints", "repeat", "repeatDirection", "maxPerRow", "transparent", "links",
    "targets", "transformations", "fieldConfig", "options",
)  # fmt: skip
_ROW_KEYS = ("id", "type", "title", "gridPos", "collapsed", "panels")
_TARGET_KEYS = (
    "refId", "datasource", "expr", "legendFormat", "editorMode", "format", "instant", "range",
    "interval", "hide", "exemplar",
)  # fmt: skip
_VARIABLE_KEYS = (
    "name", "label", "type", "datasource", "query", "regex", "refresh", "sort",
    "hide", "multi", "includeAll", "allValue", "current", "options", "auto", "auto_min",
    "auto_count",
)  # fmt: skip
_VARIABLE_QUERY = "PrometheusVariableQueryEditor-VariableQuery"


_with_fields: Callable[[type], type] = attr.s
"""Of a class whose base, grafanalib's, has fields that mypy does not know."""


class Dashboard(core.Dashboard):
    """A dashboard of grafanalib whose JSON is Grafana's own."""

    def to_json_data(self) -> dict[str, Any]:
        """Return the JSON."""
        return dashboard_json({**super().to_json_data(), "schemaVersion": SCHEMA})


@_with_fields
class Panel(core.Panel):
    """A panel of grafanalib, of any type, whose JSON is Grafana's own.

    Attributes:
        type: Grafana's name of its type.
        fieldConfig: How its fields are shown, in Grafana's words.
        options: Options of its type, in Grafana's words.
    """

    type: str = attr.ib(default="")
    fieldConfig: dict[str, Any] = attr.ib(factory=dict)  # noqa: N815 (Grafana's key)
    options: dict[str, Any] = attr.ib(factory=dict)

    def to_json_data(self) -> dict[str, Any]:
        """Return the JSON."""
        own = {"type": self.type, "fieldConfig": self.fieldConfig, "options": self.options}
        return panel_json(self.panel_json(own))


class Target(core.Target):
    """A query of grafanalib whose JSON is Grafana's own."""

    def to_json_data(self) -> dict[str, Any]:
        """Return the JSON."""
        return target_json(super().to_json_data())


class Template(core.Template):
    """A variable of grafanalib whose JSON is Grafana's own."""

    def to_json_data(self) -> dict[str, Any]:
        """Return the JSON."""
        return variable_json(super().to_json_data())


def dashboard_json(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return a dashboard with the keys that Grafana knows, and in their order."""
    changed: dict[str, Any] = {
        "version": 0,
        "timepicker": {},
        "refresh": given.get("refresh") or "",
    }
    return _ordered({**given, **changed}, _DASHBOARD_KEYS)


def panel_json(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return a panel with the keys that Grafana knows, in their order and unless they are empty."""
    if given["type"] == "row":
        title, collapsed = given.get("title") or "", bool(given.get("collapsed"))
        return _ordered({**given, "title": title, "collapsed": collapsed}, _ROW_KEYS)
    dropped = {"datasource", "targets", "fieldConfig"} if given["type"] == "text" else set()
    kept = {k: v for k, v in given.items() if k not in dropped and v not in (None, [], "", False)}
    fields, options = given.get("fieldConfig") or {}, given.get("options") or {}
    kept["title"], kept["options"] = given.get("title") or "", dict(sorted(options.items()))
    if "fieldConfig" not in dropped:
        defaults = dict(sorted((fields.get("defaults") or {}).items()))
        kept["fieldConfig"] = {"defaults": defaults, "overrides": fields.get("overrides") or []}
    return _ordered(kept, _PANEL_KEYS)


def target_json(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return a query with the keys that Grafana knows, in their order and unless they are empty."""
    once = bool(given["instant"])
    kept = {key: value for key, value in given.items() if value not in (None, "", False)}
    kept |= {"editorMode": "code", "instant": once, "range": not once}
    kept["legendFormat"] = given["legendFormat"] or "__auto"
    if kept.get("format") == "time_series":
        del kept["format"]
    return _ordered(kept, _TARGET_KEYS)


def variable_json(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return a variable with the keys that Grafana knows of its type, and in their order."""
    kind, query = given["type"], given["query"]
    if kind == "query" and isinstance(query, str):
        query = {"qryType": 1, "query": query, "refId": _VARIABLE_QUERY}
    kept = {
        **given,
        "query": query,
        "regex": given.get("regex") or "",
        "hide": given.get("hide") or 0,
        "label": given.get("label") or given["name"],
        "current": _current(given),
    }
    dropped = {key for key, value in kept.items() if value is None}
    dropped |= set() if kind == "interval" else {"auto", "auto_min", "auto_count"}
    dropped |= {"sort"} if kind != "query" else set()
    return _ordered({k: v for k, v in kept.items() if k not in dropped}, _VARIABLE_KEYS)


def _current(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is chosen at first: grafanalib writes a choice also where there is none."""
    current = given.get("current") or {}
    value = current.get("value")
    if value in (None, "", []):
        return {}
    if value == "$__all" and given.get("multi"):
        return {"text": ["All"], "value": ["$__all"]}
    text = "All" if value == "$__all" else current.get("text") or value
    return {"text": text, "value": value}


def _ordered(given: Mapping[str, Any], keys: tuple[str, ...]) -> dict[str, Any]:
    """Return those of the keys that there are, in this order."""
    return {key: given[key] for key in keys if key in given}
