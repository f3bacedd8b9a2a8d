"""Good events are counted by another metric than the total.

Bad events are then the difference between two metrics. Prometheus scrapes these at different
moments, perhaps from different places. An event that only one of them counted becomes an error, or
hides one. So alerts wait until the difference lasts. Count the bad events instead, or select the
good events from the total with `good_where`. A bucket and the count of one histogram are not two
metrics in this sense.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from slogen.checks.check import Check
from slogen.checks.reading import diagnostic_of
from slogen.diagnostics import Code
from slogen.model import Events
from slogen.promql.selector import Selector

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slogen.diagnostics import Diagnostic
    from slogen.plan import ResolvedSLO
    from slogen.promql.query import Query

_OF_HISTOGRAM = re.compile("_(bucket|count|sum)$")


def _find(slo: ResolvedSLO, _: tuple[int, ...]) -> Iterator[Diagnostic]:
    sli = slo.definition.sli
    if not isinstance(sli, Events) or sli.good is None or not sli.is_difference:
        return
    if _family(sli.good) != _family(sli.total):
        yield diagnostic_of(
            slo,
            "good",
            sli.good,
            entry=CHECK.code,
            found="good events are counted by another metric than the total: what only one of "
            "the two counts looks like an error, or hides one",
            remedy="count bad events, or make good ones a part of the total with good_where",
        )


def _family(source: Selector | Query) -> tuple[str, ...]:
    """Return the metrics of a source, and of buckets and counts their histograms."""
    metrics = (source.metric,) if isinstance(source, Selector) else source.metrics
    return tuple(_OF_HISTOGRAM.sub("", metric) for metric in metrics)


CHECK = Check(
    code=Code.warning(
        "good-from-another-metric",
        "good events are counted by another metric than the total",
        doc=__doc__,
    ),
    find=_find,
)
