"""Samples of a counter arrive later than the rules look at it.

The rules read counters `offset` in the past. A sample that arrives after its evaluation is lost for
ever, and nothing says so: the SLI counts too few events, or none. Set `offset` to at least the age
of the newest samples less one scrape interval. That is a minute where data arrives by remote write
or federation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen.checks.reading import diagnostic_of
from slogen.diagnostics import Code
from slogen.live.checks.live_check import LiveCheck
from slogen.live.checks.view import counter_of, needed_of
from slogen.promql.expr import Aggregation, call
from slogen.units import Duration

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slogen.diagnostics import Diagnostic
    from slogen.live.checks.view import ServerView, Subject


_OLDEST = 3_153_600_000.0
"""A hundred years, the longest duration, in seconds; the shortest that is said is one."""


def _find(subject: Subject, view: ServerView) -> Iterator[Diagnostic]:
    slo, counter = subject.slo, counter_of(subject.slo)
    if counter is None:
        return
    age = call("time") - call("timestamp", counter)
    seen = slo.timing.scrape_interval + slo.timing.lag_of_counters
    late = view.query(Aggregation("count", (), age >= seen.seconds))
    oldest = view.query(Aggregation("max", (), age))
    if late and oldest:
        (argument, source), *_ = needed_of(slo)
        whole = Duration.of_milliseconds(round(min(max(oldest[0].value, 1.0), _OLDEST)) * 1_000)
        yield diagnostic_of(
            slo,
            argument,
            source,
            entry=CHECK.code,
            found=f"{late[0].value:g} series of {counter.metric} are up to {whole} old when they "
            f"arrive, and the rules see none that is older than {seen} then",
            remedy="make offset longer: 60s where data arrives by remote write or federation",
        )


CHECK = LiveCheck(
    code=Code.warning(
        "data-late", "samples arrive after the rules have read their time", doc=__doc__
    ),
    find=_find,
)
