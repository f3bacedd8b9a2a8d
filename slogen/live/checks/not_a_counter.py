"""What an SLI counts is no counter, by the word of whatever exports it.

When a gauge falls, it looks like a counter that was reset and counts from 0 again, so the counts
mean nothing. Count with a counter, or judge the gauge with `time_slices`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen.checks.reading import diagnostic_of, read_by
from slogen.diagnostics import Code
from slogen.live.checks.live_check import LiveCheck
from slogen.model import Events
from slogen.promql.selector import Selector

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slogen.diagnostics import Diagnostic
    from slogen.live.checks.view import ServerView, Subject

_WRONG = ("gauge", "gaugehistogram", "info", "stateset")


def _find(subject: Subject, view: ServerView) -> Iterator[Diagnostic]:
    sli = subject.slo.definition.sli
    for argument, source in read_by(sli) if isinstance(sli, Events) else ():
        if isinstance(source, Selector) and (kind := view.metric_type(source.metric)) in _WRONG:
            yield diagnostic_of(
                subject.slo,
                argument,
                source,
                entry=CHECK.code,
                found=f"{source.metric} is a {kind}, as its exporter says",
                remedy="count with a counter, or judge it by time_slices",
                part=source.metric,
            )


CHECK = LiveCheck(
    code=Code.warning(
        "not-a-counter",
        "an SLI counts a metric that is no counter, as its exporter says",
        doc=__doc__,
    ),
    find=_find,
)
