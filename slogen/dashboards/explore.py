"""Links to Grafana's Explore, with the queries that an SLI is made of."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import quote

from slogen.model import Latency, Up
from slogen.promql.expr import Aggregation, Series, call
from slogen.promql.printer import text
from slogen.units import Duration

if TYPE_CHECKING:
    from slogen.plan import ResolvedSLO
    from slogen.promql.selector import Selector

_WINDOW = Duration("5m")
_BUCKET = "le"
_VARIABLES = ("${datasource}", "${__from}", "${__to}")
"""What Grafana replaces in a link; everything else is percent-encoded."""


def explore_link(slo: ResolvedSLO) -> str:
    """Return the address of Explore with what an SLI reads, over the range that is chosen."""
    datasource, since, until = _VARIABLES
    source = {"type": "prometheus", "uid": datasource}
    queries = [
        {"refId": chr(ord("A") + place), "datasource": source, "expr": query}
        for place, query in enumerate(raw_queries(slo))
    ]
    pane = {"datasource": datasource, "queries": queries, "range": {"from": since, "to": until}}
    panes = quote(json.dumps({"slo": pane}, separators=(",", ":")), safe="")
    for variable in _VARIABLES:
        panes = panes.replace(quote(variable, safe=""), variable)
    return f"/explore?schemaVersion=1&panes={panes}"


def raw_queries(slo: ResolvedSLO) -> tuple[str, ...]:
    """Return the queries that an SLI is made of: counters as events a second, all others whole."""
    sli = slo.definition.sli
    free = (query.with_window(_WINDOW) for query in sli.queries)
    if isinstance(sli, Up):
        return (str(sli.gauge),)
    if isinstance(sli, Latency) and not sli.native:
        histogram = sli.histogram
        buckets = Series(f"{histogram.metric}_bucket", histogram.matchers, _WINDOW)
        return (text(Aggregation("sum", (_BUCKET,), call("rate", buckets))),)
    return (*free, *map(_rate, sli.selectors))


def _rate(selector: Selector) -> str:
    counter = Series(selector.metric, selector.matchers, _WINDOW)
    return text(Aggregation("sum", (), call("rate", counter)))
