"""A histogram has no bucket at the threshold of an SLI.

No series then counts the requests that were fast enough, and the SLI records nothing. Choose a
threshold that is the bound of a bucket, or give the histogram a bucket there.
"""

from __future__ import annotations

import math
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from slogen.checks.reading import diagnostic_of
from slogen.diagnostics import Code
from slogen.live.checks.live_check import LiveCheck
from slogen.live.checks.view import BUCKET_SUFFIX
from slogen.model import Latency
from slogen.promql.expr import Aggregation, Series
from slogen.units import number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slogen.diagnostics import Diagnostic
    from slogen.live.checks.view import ServerView, Subject

_BOUND = "le"
_MOST_SHOWN = 20


def _find(subject: Subject, view: ServerView) -> Iterator[Diagnostic]:
    sli = subject.slo.definition.sli
    if not isinstance(sli, Latency) or sli.native:
        return
    buckets = Series(f"{sli.histogram.metric}{BUCKET_SUFFIX}", sli.histogram.matchers)
    samples = view.query(Aggregation("group", (_BOUND,), buckets))
    bounds = sorted(filter(None, (_bound(sample.labels.get(_BOUND, "")) for sample in samples)))
    if bounds and sli.bound not in bounds:
        shown = ", ".join(map(number, bounds[:_MOST_SHOWN]))
        nearest = min(bounds, key=lambda bound: abs(bound - sli.bound))
        yield diagnostic_of(
            subject.slo,
            "under",
            sli.histogram,
            entry=CHECK.code,
            found=f"{buckets.metric} has no bucket at {number(sli.bound)}",
            allowed=shown,
            remedy=f"set under to a bound, such as {number(nearest)} in the histogram's unit",
        )


def _bound(text: str) -> Decimal | None:
    """Return the bound of a bucket; None for the last one, and for what no float is."""
    try:
        bound = Decimal(text)
    except InvalidOperation:
        return None
    return bound if bound.is_finite() and math.isfinite(float(bound)) else None


CHECK = LiveCheck(
    code=Code.warning("bucket-missing", "a histogram has no bucket at the threshold", doc=__doc__),
    find=_find,
)
