"""What Grafana would ask of a dashboard: its queries with the variables replaced."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import attrs

from tests.experiments.browser.steps import milliseconds
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
        step: The shortest step of its panel in seconds.
        may_be_empty: Whether its panel has words of its own for an answer without series.
    """

    dashboard: str
    panel: str
    ref: str
    legend: str
    expr: str
    instant: bool
    step: int = 0
    may_be_empty: bool = False


def variables(dashboard: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return the variables of a dashboard."""
    found: list[Mapping[str, Any]] = dashboard["templating"]["list"]
    return found


def filled(text: str, values: Mapping[str, str]) -> str:
    """Return a text with the variables replaced that have a value, as Grafana does."""
    return _VARIABLE.sub(lambda match: values.get(match[1] or match[2], match[0]), text)


def values_of(dashboard: Mapping[str, Any], **chosen: str) -> dict[str, str]:
    """Return the values of all variables: those that are chosen, else all or the first ones."""
    found = {"__range": "1d", "__interval": "60s", "__url_time_range": "from=now-1h&to=now"}
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
                step=milliseconds(panel.get("interval", "")) // 1_000,
                may_be_empty=panel["fieldConfig"]["defaults"]["noValue"] != "No data",
            )


def answer(server: PrometheusServer, asked: Asked, at: int) -> Answer:
    """Return labels and value of each series at a moment; of a curve, at its end.

    Grafana asks for curves at whole steps: of days, at the midnights of UTC.

    Raises:
        AssertionError: The server refuses the query.
    """
    try:
        if asked.instant:
            return server.query(asked.expr, at)
        data = curve(server, asked, at)
    except RequestRefusedError as refused:
        raise AssertionError(f"{asked.dashboard}, {asked.panel} {asked.ref}: {refused}") from None
    ends = [(one["metric"], one["values"][-1]) for one in data]
    last = at - at % max(_MINUTE, asked.step)
    return [(labels, float(value)) for labels, (time, value) in ends if float(time) == last]


def curve(server: PrometheusServer, asked: Asked, at: int, steps: int = 30) -> list[dict[str, Any]]:
    """Return the series of a curve that ends at a moment, as Prometheus gives them."""
    step = max(_MINUTE, asked.step)
    last = at - at % step
    data = server.get(
        "/api/v1/query_range", query=asked.expr, start=last - steps * step, end=last, step=step
    )
    found: list[dict[str, Any]] = data["result"]
    return found


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
