"""What a dashboard holds, before Grafana's words for it: panels, queries, variables."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Literal

import attrs

Kind = Literal["stat", "table", "timeseries", "bargauge", "piechart", "state-timeline", "text"]

Step = tuple[str, float | None]
"""A colour, and from which value on it holds; None for from below."""

COLUMNS = 24
"""How wide a dashboard is in Grafana."""


def _frozen(value: Mapping[str, Any]) -> Mapping[str, Any]:
    return MappingProxyType(dict(value))


def _mapping() -> Any:  # noqa: ANN401 (what attrs says of a field)
    return attrs.field(factory=dict, converter=_frozen, hash=False)


@attrs.frozen(kw_only=True)
class Query:
    """A question to Prometheus.

    Attributes:
        expr: PromQL with variables of Grafana.
        legend: How a series is called, with labels as ``{{label}}``.
        instant: Whether it is asked once, for the end of the range.
        table: Whether it gives rows instead of curves.
        ref: What overrides call it; given by its place unless it is set.
    """

    expr: str
    legend: str = ""
    instant: bool = False
    table: bool = False
    ref: str = ""


@attrs.frozen(kw_only=True)
class Override:
    """What differs for some fields.

    Attributes:
        matcher: ``byName``, ``byRegexp`` or ``byFrameRefID``.
        of: The name, regex or query.
        properties: Grafana's ids of properties, and their values.
    """

    of: str
    matcher: str = "byName"
    properties: Mapping[str, Any] = _mapping()


@attrs.frozen(kw_only=True)
class Panel:
    """A panel.

    Attributes:
        kind: Grafana's name of the panel's type.
        title: A few words.
        description: What it shows, for whom it is new.
        width: In columns, of 24.
        height: In rows of 30 pixels and their gaps.
        queries: What it shows.
        unit: Grafana's name of the unit.
        decimals: How many are shown.
        steps: Colours by value, the lowest first.
        mappings: Texts and colours for values.
        low: The lower end of the scale.
        high: The upper end.
        custom: Options of its fields, in Grafana's words.
        options: Options of the panel, in Grafana's words.
        overrides: What differs for some fields.
        transformations: What happens to the data before it is shown.
        interval: The shortest step of its queries.
        time_from: The range, where it is not the dashboard's.
        content: The text of a text panel, in Markdown.
        no_value: What it says where there is nothing to show.
        points: How many points each query gives at most; Grafana's own number if 0.
    """

    kind: Kind
    title: str
    description: str
    width: int
    height: int
    queries: tuple[Query, ...] = ()
    unit: str = "none"
    decimals: int | None = None
    steps: tuple[Step, ...] = (("text", None),)
    mappings: tuple[Mapping[str, Any], ...] = ()
    low: float | None = None
    high: float | None = None
    color: str = "thresholds"
    custom: Mapping[str, Any] = _mapping()
    options: Mapping[str, Any] = _mapping()
    overrides: tuple[Override, ...] = ()
    transformations: tuple[Mapping[str, Any], ...] = ()
    interval: str = ""
    time_from: str = ""
    content: str = ""
    no_value: str = ""
    points: int = 0


@attrs.frozen(kw_only=True)
class Variable:
    """Something that a reader chooses on a dashboard.

    Attributes:
        name: What queries call it.
        label: What the reader sees.
        query: Of the choices.
        many: Whether several can be chosen, and all are unless some are.
        regex: What of an answer is the choice.
        chosen: What is chosen at first, where that is not the first one, or all.
    """

    name: str
    label: str
    query: str
    many: bool = True
    regex: str = ""
    chosen: str = ""


@attrs.frozen(kw_only=True)
class Mark:
    """Times that are marked in all charts.

    Attributes:
        name: What the reader sees.
        expr: PromQL that has a value then.
        color: Of the mark.
        title: What happened, with labels as ``{{label}}``.
        text: More about it, likewise.
        shown: Whether it is shown unless a reader switches it off.
    """

    name: str
    expr: str
    color: str
    title: str
    text: str
    shown: bool = True


@attrs.frozen
class Link:
    """A link on top of a dashboard.

    Attributes:
        title: What the reader sees.
        url: Where it leads; the time range and what is chosen are added where it is a dashboard.
    """

    title: str
    url: str

    @property
    def is_dashboard(self) -> bool:
        """Whether it leads to another dashboard."""
        return self.url.startswith("/d/")


@attrs.frozen(kw_only=True)
class Board:
    """A dashboard.

    Attributes:
        uid: What links and permissions hang on, for ever.
        folder: The title of its folder.
        title: What the reader sees in lists.
        description: What it is for, in a sentence.
        time_from: The range that it opens with.
        variables: What a reader chooses, besides the data source.
        marks: Annotations.
        panels: From left to right and from top to bottom.
        refresh: How often it is drawn anew; the empty text for never.
        links: Links on top, besides the list of all dashboards.
    """

    uid: str
    folder: str
    title: str
    description: str
    time_from: str
    variables: tuple[Variable, ...]
    marks: tuple[Mark, ...]
    panels: tuple[Panel, ...]
    refresh: str = "1m"
    links: tuple[Link, ...] = ()


def places(panels: tuple[Panel, ...]) -> tuple[tuple[Panel, int, int], ...]:
    """Return panels with the column and row at which each begins: filled line by line."""
    placed = []
    x = y = tallest = 0
    for panel in panels:
        if x + panel.width > COLUMNS:
            x, y, tallest = 0, y + tallest, 0
        placed.append((panel, x, y))
        x, tallest = x + panel.width, max(tallest, panel.height)
    return tuple(placed)
