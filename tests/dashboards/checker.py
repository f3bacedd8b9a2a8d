"""What has to hold for every dashboard, by its JSON alone: each rule a function that finds faults.

Grafana shows a dashboard that breaks one of them, but wrongly: an empty panel, a lost legend, a
link that leads nowhere.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from itertools import combinations, pairwise
from typing import TYPE_CHECKING, Any

from grafana_foundation_sdk.cog.encoder import JSONEncoder
from grafana_foundation_sdk.cog.plugins import register_default_plugins
from grafana_foundation_sdk.models.dashboard import Dashboard as ModelDashboard

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

Board = dict[str, Any]
KINDS = {"stat", "table", "timeseries", "bargauge", "piechart", "state-timeline", "text", "row"}
LARGEST = 1_000_000
_COLUMNS = 24
_PIXELS = 2_000
"""Of a wide panel: fewer points are too few."""
_VARIABLE = re.compile(r"\$\{(\w+)[^}]*\}|\$(\w+)|\[\[(\w+)")
_BUILT_IN = re.compile(r"__\w+|\d+")
_LINK = re.compile(r"/d/([^/?#]+)[^?#]*(?:\?([^#]*))?")
_ALLOWED_UID = re.compile(r"[A-Za-z0-9_-]{1,40}")
_OF_PROMETHEUS = re.compile(
    r"Grafana does not know \.annotations\.list\[\d+\]"
    r"\.(step|tagKeys|textFormat|titleFormat|useValueForTime)"
)
"""What the model of dashboards lacks: keys of annotations of Grafana's Prometheus plugin.

Source: ``annotations.ts`` of the npm package ``@grafana/prometheus``.
"""
_GRAFANA = {"type": "grafana", "uid": "-- Grafana --"}
_PROMETHEUS = {"type": "prometheus", "uid": "${datasource}"}

register_default_plugins()


def faults(boards: Iterable[Board]) -> list[str]:
    """Return what is wrong with a set of dashboards, each as a sentence."""
    chosen = list(boards)
    found = [f"{one['uid']}: {fault}" for one in chosen for rule in RULES for fault in rule(one)]
    twice = [uid for uid, times in Counter(one["uid"] for one in chosen).items() if times > 1]
    found += [f"{uid}: two dashboards have this uid" for uid in twice]
    return [*found, *_wrong_links({one["uid"]: one for one in chosen})]


def panels(board: Board) -> Iterator[dict[str, Any]]:
    """Yield the panels of a dashboard, those in rows too."""
    for panel in board["panels"]:
        yield panel
        yield from panel.get("panels", ())


def _head(board: Board) -> Iterator[str]:
    if not _ALLOWED_UID.fullmatch(board["uid"]):
        yield "the uid has other characters than Grafana takes, or more than 40"
    if board["schemaVersion"] != 42:
        yield "the schema is not the last classic one"
    if board.get("id") is not None or board["editable"] or board["timezone"] != "utc":
        yield "it has an id, can be edited, or is not in UTC"
    if board["graphTooltip"] != 1:
        yield "the crosshair is not shared"
    if not board["title"] or not board["description"]:
        yield "it has no title or no description"
    if len(json.dumps(board, indent=2).encode()) > LARGEST:
        yield "it is larger than a ConfigMap may be"


def _panels(board: Board) -> Iterator[str]:
    ids = [panel["id"] for panel in panels(board)]
    if len(set(ids)) != len(ids):
        yield "two panels have one id"
    titles = Counter(panel["title"] for panel in panels(board))
    yield from (f"two panels are called {title!r}" for title, n in titles.items() if n > 1)
    for panel in panels(board):
        name = panel["title"]
        if panel["type"] not in KINDS:
            yield f"{name}: Grafana has no panel {panel['type']!r} of its own"
        if not name or not panel.get("description"):
            yield f"{name}: no title or no description"
        unit = panel.get("fieldConfig", {}).get("defaults", {}).get("unit")
        if panel["type"] not in {"text", "row"} and not unit:
            yield f"{name}: no unit"
        if panel.get("maxDataPoints", _PIXELS) < _PIXELS:
            yield f"{name}: draws fewer points than there are pixels"


def _places(board: Board) -> Iterator[str]:
    boxes = [(panel["title"], panel["gridPos"]) for panel in board["panels"]]
    for name, box in boxes:
        if box["x"] < 0 or box["x"] + box["w"] > _COLUMNS or min(box["w"], box["h"]) < 1:
            yield f"{name}: reaches over the edge"
    for (name, one), (other, two) in combinations(boxes, 2):
        across = one["x"] < two["x"] + two["w"] and two["x"] < one["x"] + one["w"]
        down = one["y"] < two["y"] + two["h"] and two["y"] < one["y"] + one["h"]
        if across and down:
            yield f"{name} and {other} overlap"
        if one["y"] == two["y"] and one["h"] != two["h"]:
            yield f"{name} and {other} stand in one line and differ in height"


def _thresholds(board: Board) -> Iterator[str]:
    for panel in panels(board):
        for found in _dicts(panel):
            steps = found.get("steps")
            if not isinstance(steps, list):
                continue
            values = [step["value"] for step in steps]
            if not values or values[0] is not None or None in values[1:]:
                yield f"{panel['title']}: thresholds have no lowest step"
            elif any(low >= high for low, high in pairwise(values[1:])):
                yield f"{panel['title']}: thresholds do not ascend"


def _queries(board: Board) -> Iterator[str]:
    for panel in panels(board):
        targets = panel.get("targets", [])
        name = panel["title"]
        if panel["type"] not in {"text", "row"} and not targets:
            yield f"{name}: asks nothing"
        refs = [target["refId"] for target in targets]
        if len(set(refs)) != len(refs):
            yield f"{name}: two queries have one refId"
        for target in targets:
            if target["instant"] == target["range"]:
                yield f"{name}: a query is asked for a moment and for a range, or for neither"
            if not target["expr"].strip():
                yield f"{name}: a query is empty"


def _sources(board: Board) -> Iterator[str]:
    for found in _dicts(board):
        source = found.get("datasource")
        if source is not None and source not in (_PROMETHEUS, _GRAFANA):
            yield f"a data source is {source}"
    if board["templating"]["list"][0]["name"] != "datasource":
        yield "the data source is not the first choice"


def _defined(board: Board) -> Iterator[str]:
    known = {one["name"] for one in board["templating"]["list"]}
    seen: set[str] = set()
    for one in board["templating"]["list"]:
        used = _used(json.dumps(one))
        yield from (f"${name} is used before it is chosen" for name in sorted(used - seen))
        seen.add(one["name"])
    used = _used(json.dumps([board["panels"], board["annotations"]]))
    yield from (f"${name} is no variable" for name in sorted(used - known))


def _used(text: str) -> set[str]:
    names = {a or b or c for a, b, c in _VARIABLE.findall(text)}
    return {name for name in names if not _BUILT_IN.fullmatch(name)}


def _known_to_grafana(board: Board) -> Iterator[str]:
    """Yield the keys that the official model of Grafana loses on the way through it."""
    read = ModelDashboard.from_json(json.loads(json.dumps(board)))
    back = json.loads(json.dumps(read, cls=JSONEncoder))
    lost = (f"Grafana does not know {path}" for path in _lost(board, back, ""))
    yield from (fault for fault in lost if not _OF_PROMETHEUS.fullmatch(fault))


def _lost(ours: Any, theirs: Any, path: str) -> Iterator[str]:  # noqa: ANN401 (JSON)
    if isinstance(ours, dict):
        if not isinstance(theirs, dict):
            yield path
            return
        for key, value in ours.items():
            if key in theirs:
                yield from _lost(value, theirs[key], f"{path}.{key}")
            elif value not in (None, [], {}):
                yield f"{path}.{key}"
    elif isinstance(ours, list):
        if not isinstance(theirs, list) or len(ours) != len(theirs):
            yield path
            return
        for place, (one, other) in enumerate(zip(ours, theirs, strict=True)):
            yield from _lost(one, other, f"{path}[{place}]")
    elif ours != theirs:
        yield f"{path}: {ours!r} became {theirs!r}"


def _wrong_links(boards: Mapping[str, Board]) -> Iterator[str]:
    """Yield links that lead to no dashboard of the set, or that set what it does not have."""
    for uid, board in boards.items():
        for found in _dicts(board["panels"]):
            url = found.get("url")
            match = _LINK.match(url) if isinstance(url, str) else None
            if isinstance(url, str) and not match and not url.startswith(("http:", "https:")):
                yield f"{uid}: {url} is no link to a dashboard"
            if not match:
                continue
            if "${__url_time_range}" not in (match[2] or ""):
                yield f"{uid}: {url} forgets the time range"
            target = match[1]
            if not target.startswith("${") and target not in boards:
                yield f"{uid}: {url} leads to no dashboard"


def _dicts(value: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401 (JSON)
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from _dicts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _dicts(inner)


RULES: tuple[Callable[[Board], Iterator[str]], ...] = (
    _head,
    _panels,
    _places,
    _thresholds,
    _queries,
    _sources,
    _defined,
    _known_to_grafana,
)
