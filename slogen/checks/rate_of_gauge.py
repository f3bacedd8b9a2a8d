"""A gauge is read as a counter.

The increase of a gauge means nothing: slogen and Prometheus take each fall of the value for a
restart of a counter. The name of this metric says that it is a gauge. Judge its value with
`time_slices`, or read a counter.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen.checks.check import Check
from slogen.checks.reading import diagnostic_of, read_by
from slogen.diagnostics import Code
from slogen.model import Events
from slogen.promql.patterns import counters_read
from slogen.promql.query import Query

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slogen.diagnostics import Diagnostic
    from slogen.plan import ResolvedSLO
    from slogen.promql.selector import Selector


_GAUGES = (
    "_celsius",
    "_gauge",
    "_in_flight",
    "_info",
    "_lag",
    "_last_success",
    "_max",
    "_min",
    "_percent",
    "_ratio",
    "_timestamp",
    "_timestamp_seconds",
    "_uptime_seconds",
)
"""How the names of metrics end that are gauges by the conventions of Prometheus."""
_NAMES = frozenset({"probe_success", "up"})


def _find(slo: ResolvedSLO, _: tuple[int, ...]) -> Iterator[Diagnostic]:
    for argument, source in read_by(slo.definition.sli):
        for metric in dict.fromkeys(_counters(slo, source)):
            if metric in _NAMES or metric.endswith(_GAUGES):
                yield diagnostic_of(
                    slo,
                    argument,
                    source,
                    entry=CHECK.code,
                    found=f"{metric} is read as a counter, and by its name it is a gauge",
                    remedy="judge its value with time_slices, or read a counter",
                    part=metric,
                )


def _counters(slo: ResolvedSLO, source: Selector | Query) -> Iterator[str]:
    """Yield the names of the metrics that are read as counters."""
    if isinstance(source, Query):
        yield from (read.metric for read in counters_read(source))
    elif isinstance(slo.definition.sli, Events):
        yield source.metric


CHECK = Check(
    code=Code.warning(
        "rate-of-gauge", "a metric that is a gauge by its name is read as a counter", doc=__doc__
    ),
    find=_find,
)
