"""What answers the queries of OpenSLO's files, and the queries themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen.errors import InvalidValue
from slogen.formats.imported.notes import CONTRADICTION, LEFT_OUT
from slogen.formats.openslo.entries import Reference
from slogen.formats.openslo.forms import query_of
from slogen.formats.openslo.spec import DataSourceSpec
from slogen.formats.yaml.nodes import MappingNode

if TYPE_CHECKING:
    from slogen.formats.imported.notes import Notes
    from slogen.formats.openslo.documents import Registry
    from slogen.formats.openslo.spec import MetricSourceSpec, MetricSpec
    from slogen.formats.yaml.nodes import Node
    from slogen.promql.query import Query

_PROMETHEUS = frozenset(
    [
        "prometheus",
        "thanos",
        "mimir",
        "cortex",
        "victoriametrics",
        "grafanamimir",
        "grafanacloud",
        "amp",
        "amazonprometheus",
        "gmp",
        "googlemanagedprometheus",
        "azureprometheus",
        "promql",
    ]
)
"""Types of data sources that answer PromQL, in lower case and without anything between words."""


def query_and_place(metric: MetricSpec, registry: Registry, notes: Notes) -> tuple[Query, Node]:
    """Return the query of a metric, once it is known that Prometheus answers it."""
    source = metric.metric_source
    kind, node = source.type, source.origin
    assert isinstance(node, MappingNode)  # noqa: S101 (it was read from a file)
    if source.metric_source_ref:
        name = Reference("DataSource", source.metric_source_ref, node["metricSourceRef"])
        try:
            found = registry.found(name).spec
        except InvalidValue:
            if not kind:
                raise
        else:
            assert isinstance(found, DataSourceSpec)  # noqa: S101 (by its kind)
            _warn_of_types(source, found, notes)
            kind = kind or found.type
    if not kind:
        said = "a metric source says neither type nor metricSourceRef: slogen takes Prometheus"
        notes.add(CONTRADICTION, said, node, remedy="write type: Prometheus")
    elif _plain(kind) not in _PROMETHEUS:
        key = "type" if "type" in node else "metricSourceRef"
        raise InvalidValue(
            key,
            f"{kind}, which does not answer PromQL"
            if key == "type"
            else f"that of a data source of the type {kind}, which does not answer PromQL",
            "Prometheus, or what answers its queries: Thanos, Mimir, Cortex, VictoriaMetrics",
            "write the query in PromQL, over what Prometheus scrapes or another tool exports to it",
            origin=node,
            argument=key,
        )
    query, place = query_of(source)
    if isinstance(source.spec, MappingNode):
        more = [key for key in source.spec.keys() if source.spec[key] is not place]  # noqa: SIM118
        for key in more:
            said = f"{key} beside the query is left out: slogen reads the query alone"
            notes.add(LEFT_OUT, said, source.spec, argument=key)
    return query, place


def _warn_of_types(source: MetricSourceSpec, found: DataSourceSpec, notes: Notes) -> None:
    """Say that a metric source and its data source do not agree on what answers the query."""
    if source.type and _plain(source.type) in _PROMETHEUS and _plain(found.type) not in _PROMETHEUS:
        said = (
            f"type is {source.type}, and that of the data source {source.metric_source_ref} is "
            f"{found.type}: the query is taken for PromQL"
        )
        remedy = "name the data source that answers the query"
        notes.add(CONTRADICTION, said, source.origin, argument="type", remedy=remedy)


def _plain(kind: str) -> str:
    """Return the type of a data source in lower case, without anything between its words."""
    return "".join(filter(str.isalnum, kind.lower()))
