"""A probe is watched, and time without its data counts for nothing.

If a probe takes longer than the scrape timeout, nothing is stored: neither that it failed nor how
long it took. So the worst outage leaves no bad moment. With `when_missing: bad` such time is bad.
The library's entries `probe_up` and `probe_duration` have that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen.checks.check import Check
from slogen.checks.reading import diagnostic_of, queries_of, read_by, selectors_of
from slogen.diagnostics import Code
from slogen.promql.patterns import fallback

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slogen.diagnostics import Diagnostic
    from slogen.plan import ResolvedSLO

_PROBES = frozenset({"probe_success", "probe_duration_seconds", "probe_http_duration_seconds"})


def _find(slo: ResolvedSLO, _: tuple[int, ...]) -> Iterator[Diagnostic]:
    sli = slo.definition.sli
    if sli.counts_events or sli.when_missing == "bad":
        return
    if any(fallback(query) is not None for _, query in queries_of(sli)):
        return  # it has a value where a probe has none: `missing-data-hidden` looks at a good one
    for argument, source in read_by(sli):
        probes = [found.metric for found in selectors_of(source) if found.metric in _PROBES]
        for metric in dict.fromkeys(probes):
            yield diagnostic_of(
                slo,
                argument,
                source,
                entry=CHECK.code,
                found=f"{metric} is missing while a probe takes longer than the scrape's time-out, "
                "and time without data counts for nothing",
                remedy="say when_missing: bad",
                part=metric,
            )


CHECK = Check(
    code=Code.warning(
        "probe-without-data", "a probe that takes too long leaves no bad moment", doc=__doc__
    ),
    find=_find,
)
