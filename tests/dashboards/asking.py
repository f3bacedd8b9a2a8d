"""What Grafana would ask of a dashboard: its queries with the variables replaced."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import attrs

from tests.realtools.server import RequestRefusedError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tests.realtools.server import PrometheusServer

_VARIABLE = re.compile(r"\$\{(\w+)(?::\w+)?\}|\$(\w+)")
_LABEL_VALUES = re.compile(r"label_values\((.*), (\w+)\)", re.DOTALL)
_MINUTE = 60

Answer = list[tuple[dict[str, str], float]]


@attrs.frozen
class Asked:
    """A query of a panel, as Grafana sends it.

    Attributes:
        dashboard: The uid of its dashboard.
        panel: The title of its panel.
        ref: The name of the query.
        legend: How its series are called.
        expr: The PromQL that is sent.
        instant: Whether it is asked for one moment.
    """

    dashboard: str
    panel: str
    ref: str
    legend: str
    expr: str
    instant: bool


def variables(dashboard: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return the variables of a dashboard."""
    found: list[Mapping[str, Any]] = dashboard["templating"]["list"]
    return found


def filled(text: str, values: Mapping[str, str]) -> str:
    """Return a text with the variables replaced that have a value, as Grafana does."""
    return _VARIABLE.sub(lambda match: values.get(match[1] or match[2], match[0]), text)


def values_of(dashboard: Mapping[str, Any], **chosen: str) -> dict[str, str]:
    """Return the values of all variables: those that are chosen, else all or the first ones."""
    found = {"__range": "1d", "__url_time_range": "from=now-1h&to=now"}
    for one in variables(dashboard):
        found[one["name"]] = one.get("allValue") or one["current"].get("value") or ""
    return found | chosen


def queries(dashboard: Mapping[str, Any], values: Mapping[str, str]) -> Iterator[Asked]:
    """Yield what the panels of a dashboard ask."""
    for panel in dashboard["panels"]:
        for target in panel.get("targets", ()):
            yield Asked(
                dashboard=dashboard["uid"],
                panel=panel["title"],
                ref=target["refId"],
                legend=target["legendFormat"],
                expr=filled(target["expr"], values),
                instant=target["instant"],
            )


def answer(server: PrometheusServer, asked: Asked, at: int) -> Answer:
    """Return labels and value of each series at a moment; of a curve, at its end.

    Raises:
        AssertionError: The server refuses the query.
    """
    try:
        if asked.instant:
            return server.query(asked.expr, at)
        data = server.get(
            "/api/v1/query_range", query=asked.expr, start=at - 30 * _MINUTE, end=at, step=_MINUTE
        )
    except RequestRefusedError as refused:
        raise AssertionError(f"{asked.dashboard}, {asked.panel} {asked.ref}: {refused}") from None
    ends = [(one["metric"], one["values"][-1]) for one in data["result"]]
    return [(labels, float(value)) for labels, (time, value) in ends if float(time) == at]


def choices(
    server: PrometheusServer, variable: Mapping[str, Any], values: Mapping[str, str], at: int
) -> list[str]:
    """Return what a variable offers."""
    match = _LABEL_VALUES.fullmatch(filled(variable["query"]["query"], values))
    assert match is not None, variable["query"]
    path = f"/api/v1/label/{match[2]}/values"
    params = {"match[]": match[1], "start": at - 60 * _MINUTE, "end": at}
    found: list[str] = server.get(path, **params)
    if not variable["regex"]:
        return found
    pattern = re.compile(variable["regex"].strip("/"))
    return [hit[1] for hit in map(pattern.search, found) if hit]
