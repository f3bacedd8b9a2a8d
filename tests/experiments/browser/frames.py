"""Prometheus' answers as the data frames that Grafana's server makes of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_LABEL = re.compile(r"\{\{\s*(.+?)\s*\}\}")
_NOT_IN_JSON = {"NaN": None, "+Inf": None, "-Inf": None}


def frame(
    query: Mapping[str, Any], expr: str, series: Mapping[str, Any], samples: Iterable[Sequence[Any]]
) -> dict[str, Any]:
    """Return the frame of one series: two fields, time and value."""
    labels: Mapping[str, str] = series.get("metric", {})
    name = _name(query.get("legendFormat", ""), expr, labels)
    is_range = "values" in series
    kind = {"type": "timeseries-multi" if is_range else "numeric-multi", "typeVersion": [0, 1]}
    result = {"resultType": "matrix" if is_range else "vector"}
    points = [*samples]
    times, values = [round(1_000 * time) for time, _ in points], [_number(v) for _, v in points]
    return {
        "schema": {
            "refId": query["refId"],
            "name": name,
            "meta": {**kind, "custom": result, "executedQueryString": f"Expr: {expr}"},
            "fields": [
                {"name": "Time", "type": "time", "typeInfo": {"frame": "time.Time"}, "config": {}},
                {
                    "name": "Value",
                    "type": "number",
                    "typeInfo": {"frame": "float64"},
                    "labels": labels,
                    "config": {"displayNameFromDS": name},
                },
            ],
        },
        "data": {"values": [times, values]},
    }


def _name(legend: str, expr: str, labels: Mapping[str, str]) -> str:
    """Return what a series is called: as the legend says, by its labels, or as its query."""
    if legend and legend != "__auto":
        return _LABEL.sub(lambda found: labels.get(found[1], ""), legend)
    pairs = ", ".join(f'{key}="{value}"' for key, value in labels.items() if key != "__name__")
    metric = labels.get("__name__", "")
    if legend == "__auto" and not pairs:
        return metric or expr
    return f"{metric}{{{pairs}}}" if pairs else metric or expr


def _number(text: str) -> float | None:
    return None if text in _NOT_IN_JSON else float(text)
