"""The indicators of SLOs as metrics of OpenSLO."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen.formats.openslo.values import OPERATORS
from slogen.model import SLI, ErrorRatio, Events, Latency, TimeSlices, Up
from slogen.promql.selector import Matcher, Selector, braced
from slogen.units import number

if TYPE_CHECKING:
    from slogen.formats.yaml.writing import Tree
    from slogen.model import SLO
    from slogen.promql.query import Query

_WORDS = {sign: word for word, sign in OPERATORS.items()}


def indicator_of(slo: SLO) -> dict[str, Tree]:
    """Return the metric of an SLO's indicator."""
    by = f" by ({', '.join(slo.group_by)}) " if slo.group_by else ""
    match slo.sli:
        case Events() as sli:
            part = sli.good or sli.bad
            assert part is not None  # noqa: S101 (one of the two is there)
            side = "bad" if sli.good is None else "good"
            return _ratio(side, _counter(part, by), _counter(sli.total, by))
        case Latency(native=False) as sli:
            name, matchers = sli.histogram.metric, sli.histogram.matchers
            limit = Matcher("le", "=", number(sli.bound))
            bucket = Selector(f"{name}_bucket{braced((*matchers, limit))}")
            count = Selector(f"{name}_count{braced(matchers)}")
            return _ratio("good", _counter(bucket, by), _counter(count, by))
        case Latency() as sli:
            rate = f"sum{by}(rate({sli.histogram}[$window]))"
            return _raw("success", f"histogram_fraction(0, {number(sli.bound)}, {rate})")
        case Up() as sli:
            return _raw("success", f"avg{by}(avg_over_time({sli.gauge}[$window]))")
        case ErrorRatio() as sli:
            return _raw("failure", sli.query.text)
        case TimeSlices() as sli:
            return {"thresholdMetric": _metric(_judged(sli))}


def objective_of(sli: SLI) -> dict[str, Tree]:
    """Return what an objective says about an indicator."""
    if not isinstance(sli, TimeSlices):
        return {}
    if sli.good_when.operator not in _WORDS:
        return {"op": "gte", "value": 1}
    return {"op": _WORDS[sli.good_when.operator], "value": sli.good_when.limit}


def _judged(sli: TimeSlices) -> str:
    """Return the query whose values are compared; an equality is judged within it."""
    good_when = sli.good_when
    if good_when.operator in _WORDS:
        return sli.query.text
    return f"({sli.query}) {good_when.operator} bool {number(good_when.limit)}"


def _counter(counter: Selector | Query, by: str) -> str:
    return f"sum{by}({counter})" if isinstance(counter, Selector) else counter.text


def _ratio(side: str, part: str, total: str) -> dict[str, Tree]:
    metrics: dict[str, Tree] = {side: _metric(part), "total": _metric(total)}
    return {"ratioMetric": {"counter": True, **metrics}}


def _raw(kind: str, query: str) -> dict[str, Tree]:
    return {"ratioMetric": {"rawType": kind, "raw": _metric(query)}}


def _metric(query: str) -> dict[str, Tree]:
    return {"metricSource": {"type": "Prometheus", "spec": {"query": query}}}
