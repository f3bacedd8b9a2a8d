"""A dashboard with which nothing is wrong, and one for each thing that can be."""

from __future__ import annotations

from typing import Any

import attrs

PROMETHEUS = {"type": "prometheus", "uid": "${datasource}"}
LINK = "/d/good?var-job=${__data.fields.job}&${__url_time_range}"
LONG = "A title with many more words than fit into the head of a panel this narrow"


@attrs.frozen
class Broken:
    """A dashboard and what has to be found in it: the kind, and words of the detail.

    Attributes:
        kind: Of the finding.
        words: Some of its detail.
        dashboard: Its JSON.
    """

    kind: str
    words: str
    dashboard: dict[str, Any] = attrs.field(hash=False)


def panel(number: int, kind: str, expr: str, **more: Any) -> dict[str, Any]:  # noqa: ANN401
    """Return a panel with one instant query; tables get rows."""
    target = {"refId": "A", "datasource": PROMETHEUS, "expr": expr, "instant": True, "range": False}
    if kind == "table":
        target["format"] = "table"
    if kind == "timeseries":
        target |= {"instant": False, "range": True}
    return {
        "id": number,
        "type": kind,
        "title": kind,
        "gridPos": {"x": 12 * (number % 2), "y": 8 * (number // 2), "w": 12, "h": 8},
        "datasource": PROMETHEUS,
        "targets": [target],
        "fieldConfig": {"defaults": {"unit": "short"}, "overrides": []},
        "options": {"reduceOptions": {"calcs": ["lastNotNull"], "fields": "", "values": False}},
    } | more


def good(uid: str = "good") -> dict[str, Any]:
    """Return a dashboard with a panel of every type, with which nothing is wrong."""
    datasource = {"name": "datasource", "type": "datasource", "query": "prometheus"}
    job = {"name": "job", "type": "query", "datasource": PROMETHEUS, "refresh": 1, "sort": 1}
    job["query"] = {"qryType": 1, "query": "label_values(up, job)", "refId": "jobs"}
    kinds = ("stat", "gauge", "bargauge", "table", "timeseries", "piechart", "state-timeline")
    panels = [panel(number, kind, 'up{job="$job"}') for number, kind in enumerate(kinds)]
    panels[2]["targets"][0]["legendFormat"] = "{{job}}"
    panels[3]["fieldConfig"]["defaults"]["links"] = [{"title": "open", "url": LINK}]
    hidden = dict.fromkeys(("Time", "__name__", "instance"), True)
    panels[3]["transformations"] = [{"id": "organize", "options": {"excludeByName": hidden}}]
    panels[6]["targets"][0] |= {"legendFormat": "{{job}}", "instant": False, "range": True}
    words = {"content": "See the [runbook](https://runbooks.example.com/a).", "mode": "markdown"}
    place = {"x": 12, "y": 24, "w": 12, "h": 8}
    text = {"id": 7, "type": "text", "title": "text", "gridPos": place, "options": words}
    menu = {"type": "dashboards", "title": "More", "tags": ["test"], "asDropdown": True}
    return {
        "uid": uid,
        "title": uid,
        "tags": ["test"],
        "time": {"from": "now-6h", "to": "now"},
        "links": [menu | {"includeVars": True, "keepTime": True}],
        "templating": {"list": [datasource, job]},
        "panels": [*panels, text],
    }


def broken() -> tuple[Broken, ...]:
    """Return a dashboard for each kind of finding; each is the good one with one thing changed."""
    return (
        _changed("refused query", "A:", 0, ("targets", 0, "expr"), "rate(up)"),
        _changed("empty query", "A: nowhere", 0, ("targets", 0, "expr"), "nowhere"),
        _changed("empty panel", "no query", 0, ("targets", 0, "expr"), 'up{job="$job",job="no"}'),
        _changed("unknown panel", "heatmap", 0, ("type",), "heatmap"),
        _changed("no data shown", "", 0, ("options", "reduceOptions", "fields"), "nothing"),
        _changed("cut label", LONG, 0, ("title",), LONG + LONG),
        _changed("cut label", LONG, 2, ("targets", 0, "legendFormat"), LONG + LONG),
        _changed("cut label", "seconds", 3, ("transformations",), [_renamed("seconds and more")]),
        _changed("cut label", "a table is wider than its panel", 3, ("transformations",), []),
        _changed("cut label", "out of sight: line 7 and", 7, ("options", "content"), _lines(20)),
        _changed("cut label", LONG, 6, ("targets", 0, "legendFormat"), LONG + LONG),
        _changed("broken link", "/d/nowhere", 3, _LINK_OF_ALL, "/d/nowhere?from=now-1h&to=now"),
        _changed("broken link", "time range", 3, _LINK_OF_ALL, "/d/good"),
        _changed("broken link", "/d/gone", 7, ("options", "content"), "[here](/d/gone)"),
        _with("broken link", "time range", ("links", 0, "keepTime"), None),
        _with("refused query", "", (*_JOBS, "query", "query"), "label_values(up{, job)"),
        _with("empty variable", "job", (*_JOBS, "query", "query"), "label_values(none, job)"),
        _with("error of the page", "adhoc", (*_JOBS, "type"), "adhoc"),
    )


_JOBS = ("templating", "list", 1)
_LINK_OF_ALL = ("fieldConfig", "defaults", "links", 0, "url")


def _lines(amount: int) -> str:
    return "\n\n".join(f"line {number}" for number in range(amount))


def _renamed(title: str) -> dict[str, Any]:
    renamed = {"Value": title * 4}
    return {"id": "organize", "options": {"renameByName": renamed}}


def _changed(kind: str, words: str, number: int, place: tuple[Any, ...], value: object) -> Broken:
    return _with(kind, words, ("panels", number, *place), value)


def _with(kind: str, words: str, place: tuple[Any, ...], value: object) -> Broken:
    dashboard = good()
    inner: Any = dashboard
    for step in place[:-1]:
        inner = inner[step]
    inner[place[-1]] = value
    return Broken(kind, words, dashboard)
