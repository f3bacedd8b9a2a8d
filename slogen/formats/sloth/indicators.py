"""The indicators of Sloth's files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from slogen.errors import InvalidPromQL, InvalidValue
from slogen.formats.imported.indicators import Indicator, of_events, of_ratio
from slogen.formats.imported.keys import camel_case
from slogen.formats.imported.notes import DIFFERS, SIMPLIFIED
from slogen.formats.sloth.plugins import of_plugin
from slogen.formats.sloth.spec import place_of
from slogen.formats.yaml.nodes import MappingNode
from slogen.source import Origin, Position, read_from

if TYPE_CHECKING:
    from slogen.formats.imported.notes import Notes
    from slogen.formats.sloth.spec import EventsSpec, PluginSpec, RawSpec, SLISpec

_QUERIES = {
    "total": "total_query",
    "bad": "error_query",
    "good": "error_query",
    "query": "error_ratio_query",
    "gauge": "error_ratio_query",
    "histogram": "error_query",
}
"""The keys that arguments of indicators come from."""


@attrs.frozen
class _Queries:
    """Where the arguments of an indicator stand that was made of queries."""

    node: Origin

    def position(self, argument: str | None = None) -> Position | None:
        """Return the place of the query that an argument was made of."""
        return self.node.position(key_of(self.node, _QUERIES.get(argument or "", "")))


def key_of(node: Origin | None, name: str) -> str:
    """Return a key as its file spells it: ``error_query`` or ``errorQuery``."""
    is_there = not isinstance(node, MappingNode) or name in node
    return name if is_there else camel_case(name)


def indicator_of(spec: SLISpec, notes: Notes) -> Indicator:
    """Return the indicator of an SLO, and say what is left out or differs.

    Raises:
        InvalidValue: If it cannot be read.
    """
    if spec.events is not None:
        found = _of_queries(spec.events)
    elif spec.raw is not None:
        found = _of_one_query(spec.raw)
    else:
        assert spec.plugin is not None  # noqa: S101 (one of the three is there)
        found = _of_plugin(spec.plugin)
    _say(found, spec.given[0].origin, notes)
    return found


def _of_queries(spec: EventsSpec) -> Indicator:
    with read_from(_Queries(place_of(spec))):
        return of_events(spec.error_query, spec.total_query)


def _of_one_query(spec: RawSpec) -> Indicator:
    with read_from(_Queries(place_of(spec))):
        return of_ratio(spec.error_ratio_query)


def _of_plugin(spec: PluginSpec) -> Indicator:
    try:
        with read_from(place_of(spec)):
            return of_plugin(spec.id, spec.options)
    except InvalidPromQL as fault:
        raise attrs.evolve(
            fault, subject="options", argument="options", origin=spec.origin
        ) from fault
    except InvalidValue as fault:
        raise attrs.evolve(fault, origin=spec.origin) from fault


def _say(found: Indicator, origin: Origin | None, notes: Notes) -> None:
    """Say what an indicator leaves out of its queries, and what it means instead."""
    for text in dict.fromkeys(found.needless):
        reason = "slogen counts an empty query as 0, and records no ratio without events"
        notes.add(SIMPLIFIED, f"`{text}` is left out: {reason}", origin)
    if found.merged:
        many = ", ".join(found.merged)
        notes.add(DIFFERS, f"one counter stands for {many}; one of them may be missing", origin)
    if found.mixed:
        notes.add(
            DIFFERS,
            "one query has rate() and the other increase(), so that Sloth's ratio was too large or "
            "too small by the length of the window; slogen counts both alike",
            origin,
        )
    if found.is_per_series:
        notes.add(
            DIFFERS,
            "the queries keep every label, so that each series had a ratio of its own in Sloth; "
            "slogen sums them, unless group_by names labels",
            origin,
        )
    if found.group_by:
        labels = ", ".join(found.group_by)
        notes.add(DIFFERS, f"each {labels} has an error budget of its own (group_by)", origin)
