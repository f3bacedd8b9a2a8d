"""The versions of OpenSLO, and their keys as v1 spells them."""

from __future__ import annotations

from slogen.formats.yaml.nodes import MappingNode

VERSIONS = ("openslo/v1", "openslo/v1alpha", "openslo.com/v2alpha", "openslo/v2alpha")
"""What is read; the first is the one that is written."""
_RENAMED = {
    "SLO": {"serviceRef": "service", "sli": "indicator", "sliRef": "indicatorRef"},
}
_METRICS = ("good", "bad", "total", "raw")


def as_v1(root: MappingNode, version: str, kind: str) -> MappingNode:
    """Return an object with the keys of v1, where v2alpha has others for the same."""
    spec = root.get("spec")
    if not version.endswith("/v2alpha") or not isinstance(spec, MappingNode):
        return root
    if kind == "SLO":
        for old, new in _RENAMED["SLO"].items():
            spec = _renamed(spec, old, new)
        indicator = spec.get("indicator")
        if isinstance(indicator, MappingNode) and isinstance(
            inner := indicator.get("spec"), MappingNode
        ):
            spec = spec.with_entries(indicator=indicator.with_entries(spec=_indicator(inner)))
    elif kind == "SLI":
        spec = _indicator(spec)
    return root.with_entries(spec=spec)


def _indicator(spec: MappingNode) -> MappingNode:
    """Return the spec of an SLI whose queries stand in a metric source."""
    ratio, threshold = spec.get("ratioMetric"), spec.get("thresholdMetric")
    if isinstance(ratio, MappingNode):
        metrics = {
            name: _metric(metric)
            for name in _METRICS
            if isinstance(metric := ratio.get(name), MappingNode)
        }
        spec = spec.with_entries(ratioMetric=ratio.with_entries(**metrics))
    if isinstance(threshold, MappingNode):
        spec = spec.with_entries(thresholdMetric=_metric(threshold))
    return spec


def _metric(metric: MappingNode) -> MappingNode:
    """Return a metric whose query stands in a metric source."""
    if "metricSource" in metric:
        return metric
    source = _renamed(metric, "dataSourceRef", "metricSourceRef")
    described = source.get("dataSourceSpec")
    if isinstance(described, MappingNode) and "type" in described:
        source = source.with_entries(type=described["type"])
    return metric.with_entries(metricSource=source.without("dataSourceSpec")).only("metricSource")


def _renamed(node: MappingNode, old: str, new: str) -> MappingNode:
    if old not in node:
        return node
    return node.with_entries(**{new: node[old]}).without(old)
