"""A latency threshold is not a bucket of the instrumentation that the histogram's name tells.

slogen can count only the requests below the bound of a bucket. If there is no bucket with this
bound, there is no series of good requests, and every request counts as slow. Choose one of the
bounds. Or add a bucket to the instrumentation, and an exception for this warning.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from slogen.checks.check import Check
from slogen.checks.reading import diagnostic_of
from slogen.diagnostics import Code
from slogen.model import Latency
from slogen.units import length, number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from slogen.diagnostics import Diagnostic
    from slogen.plan import ResolvedSLO


_GO = ".005 .01 .025 .05 .1 .25 .5 1 2.5 5 10"
_OPENTELEMETRY = ".005 .01 .025 .05 .075 .1 .25 .5 .75 1 2.5 5 7.5 10"
_ENVOY = (
    ".5 1 5 10 25 50 100 250 500 1000 2500 5000 10000 30000 60000 300000 600000 1800000 3600000"
)
_BOUNDS: Mapping[str, str] = {
    "apiserver_request_sli_duration_seconds": ".05 .1 .2 .4 .6 .8 1 1.25 1.5 2 3 4 5 6 8 10 15 20 "
    "30 45 60",
    "envoy_cluster_upstream_rq_time": _ENVOY,
    "grpc_server_handling_seconds": _GO,
    "http_server_request_duration_seconds": _OPENTELEMETRY,
    "istio_request_duration_milliseconds": _ENVOY,
    "nginx_ingress_controller_header_duration_seconds": _GO,
    "nginx_ingress_controller_request_duration_seconds": _GO,
    "nginx_ingress_controller_response_duration_seconds": _GO,
    "rpc_server_call_duration_seconds": _OPENTELEMETRY,
    "traces_span_metrics_duration_milliseconds": "2 4 6 8 10 50 100 200 400 800 1000 1400 2000 "
    "5000 10000 15000",
    "traces_span_metrics_duration_seconds": ".002 .004 .006 .008 .01 .05 .1 .2 .4 .8 1 1.4 2 5 10 "
    "15",
    "traces_spanmetrics_latency": ".002 .004 .008 .016 .032 .064 .128 .256 .512 1.024 2.048 4.096 "
    "8.192 16.384",
    "traefik_service_request_duration_seconds": ".1 .3 1.2 5",
}
"""The bounds that instrumentations have by default, by the names of their histograms."""


def _find(slo: ResolvedSLO, _: tuple[int, ...]) -> Iterator[Diagnostic]:
    sli = slo.definition.sli
    if not isinstance(sli, Latency) or sli.native:
        return
    bounds = [Decimal(bound) for bound in _BOUNDS.get(sli.histogram.metric, "").split()]
    if bounds and sli.bound not in bounds:
        below = [bound for bound in bounds if bound < sli.bound][-1:]
        near = below + [bound for bound in bounds if bound > sli.bound][:1]
        yield diagnostic_of(
            slo,
            "under",
            sli.histogram,
            entry=CHECK.code,
            found=f"{sli.histogram.metric} has no bucket of {length(sli.under)} by default",
            remedy=f"take one of its bounds, such as {' or '.join(map(number, near))} "
            f"({sli.unit}), or add the bucket",
        )


CHECK = Check(
    code=Code.warning(
        "unusual-bucket", "a threshold is no bucket of a known instrumentation", doc=__doc__
    ),
    find=_find,
)
