"""A known metric is read without a matcher on a label that makes it say something else.

In Istio, both proxies of a request report it. Without a matcher on `reporter` every request counts
twice, and a failure that only one side sees counts half. The API server of Kubernetes also counts
WATCH and CONNECT, which last for as long as the client wants. The entries of the library choose
these labels, for example `istio_requests` and `apiserver_requests`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen.checks.check import Check
from slogen.checks.reading import diagnostic_of, read_by, selectors_of
from slogen.diagnostics import Code

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from slogen.diagnostics import Diagnostic
    from slogen.plan import ResolvedSLO

_REPORTER = (
    "reporter",
    "both proxies of a request report it, so that it counts twice",
    'add reporter="destination" ("source" for gateways and foreign hosts, "waypoint" in ambient)',
)
_VERB = (
    "verb",
    "WATCH and CONNECT are among the requests, and last for as long as the client wants",
    'add verb=~"LIST|GET", or "POST|PUT|PATCH|APPLY|DELETE|DELETECOLLECTION"',
)
_LABELS: Mapping[str, tuple[str, str, str]] = {
    "istio_request_bytes": _REPORTER,
    "istio_request_duration_milliseconds": _REPORTER,
    "istio_requests_total": _REPORTER,
    "istio_response_bytes": _REPORTER,
    "apiserver_request_duration_seconds": _VERB,
    "apiserver_request_sli_duration_seconds": _VERB,
    "apiserver_request_total": _VERB,
}
_PARTS = ("_bucket", "_count", "_sum")


def _find(slo: ResolvedSLO, _: tuple[int, ...]) -> Iterator[Diagnostic]:
    said: set[str] = set()
    for argument, source in read_by(slo.definition.sli):
        for selector in selectors_of(source):
            known = _LABELS.get(_histogram(selector.metric))
            is_fixed = known and any(m.label == known[0] for m in selector.matchers)
            if known is None or is_fixed or selector.metric in said:
                continue
            said.add(selector.metric)
            label, why, remedy = known
            yield diagnostic_of(
                slo,
                argument,
                source,
                entry=CHECK.code,
                found=f"{selector.metric} has no matcher on {label}: {why}",
                remedy=remedy,
                part=selector.metric,
            )


def _histogram(metric: str) -> str:
    """Return the name of a histogram for that of one of its parts."""
    part = next((part for part in _PARTS if metric.endswith(part)), "")
    return metric.removesuffix(part)


CHECK = Check(
    code=Code.warning(
        "label-left-open",
        "a known metric is read without the label that tells its parts apart",
        doc=__doc__,
    ),
    find=_find,
)
