"""Entries for what stands in front of services: ingress controllers, proxies, meshes."""

from __future__ import annotations

from typing import Literal

from slogen.library.arguments import LabelValue, Matchers, Threshold
from slogen.library.choices import Choice, Counted, client_left, events_by, too_many
from slogen.library.entry import Exporter, entry
from slogen.library.grpc import Limited, grpc_events
from slogen.library.grpc_codes import Fault
from slogen.library.series import series
from slogen.model import Events, Latency

_NGINX = Exporter(
    of="ingress-nginx",
    source=("https://github.com/kubernetes/ingress-nginx/blob/main/docs/user-guide/monitoring.md",),
    versions="controller 1.x",
    legacy="ingress-nginx is retired since March 2026: no release follows",
)
_TRAEFIK = Exporter(
    of="Traefik",
    source=("https://doc.traefik.io/traefik/observability/metrics/overview/",),
    versions="Traefik 2 and 3",
)
_ENVOY = Exporter(
    of="Envoy, Envoy Gateway",
    source=(
        (
            "https://www.envoyproxy.io/docs/envoy/latest/configuration/upstream/"
            "cluster_manager/cluster_stats"
        ),
    ),
    versions="Envoy 1.x",
)
_ISTIO = Exporter(
    of="Istio",
    source=("https://istio.io/latest/docs/reference/config/metrics/",),
    versions="Istio 1.5 on",
)

Reporter = Literal["destination", "source", "waypoint"]


@entry(_NGINX, ingress="shop", namespace="web")
def nginx_ingress_requests(
    *,
    ingress: LabelValue,
    namespace: LabelValue | None = None,
    client_closed: Counted = "good",
    limited: Counted = "good",
    where: Matchers = "",
) -> Events:
    """Requests to an Ingress that ingress-nginx answered; those with a status of 5xx are bad.

    A 499 is a client that left, often because the answer was slow: say what it counts as. The
    counter has no ``_total`` in its name. A call of gRPC that fails is HTTP 200, and counts as
    good: ask the server itself, as `grpc_requests` does.

    Args:
        ingress: The name of the Ingress.
        namespace: Its namespace; needed where the name is not unique.
        client_closed: What a 499 counts as.
        limited: What a 429 counts as.
        where: More matchers, such as ``canary=""``.
    """
    labels = {"ingress": ingress, "namespace": namespace}
    total = series("nginx_ingress_controller_requests", labels, where)
    return events_by(total, "status", "5..", client_left(client_closed), too_many(limited))


@entry(_NGINX, ingress="shop", namespace="web", under="250ms")
def nginx_ingress_latency(
    *,
    ingress: LabelValue,
    under: Threshold,
    namespace: LabelValue | None = None,
    where: Matchers = "",
) -> Latency:
    """Requests to an Ingress; those whose answer began too late are bad.

    It reads ``header_duration``, the time until the first header came from the service:
    ``request_duration`` lasts until the client has read the last byte, and ``response_duration``
    does so for large answers, so that slow clients look like a slow service. Errors that come fast
    count as fast.

    Args:
        ingress: The name of the Ingress.
        under: The threshold; a bound of a bucket (5ms 10ms 25ms 50ms 100ms 250ms 500ms 1s 2.5s 5s
            10s by default).
        namespace: Its namespace; needed where the name is not unique.
        where: More matchers.
    """
    labels = {"ingress": ingress, "namespace": namespace}
    metric = "nginx_ingress_controller_header_duration_seconds"
    return Latency(histogram=series(metric, labels, where), under=under)


@entry(_TRAEFIK, service="shop-web@docker")
def traefik_requests(
    *,
    service: LabelValue,
    client_closed: Counted = "good",
    limited: Counted = "good",
    where: Matchers = 'protocol!~"grpc.*"',
) -> Events:
    """Requests that Traefik sent to a service; those answered with 5xx are bad.

    Traefik writes 499 for a client that closed the connection. A call of gRPC is HTTP 200 whatever
    becomes of it: Traefik 3 has the number of the gRPC code instead, which is in no 5xx, and its
    calls are left out; Traefik 2 counts them as good. Ask the server itself, as `grpc_requests`
    does. When a service is removed from its configuration, its series go: what was counted stays,
    and what comes back begins at 0.

    Args:
        service: The label ``service``, with its provider: ``shop-web@docker``.
        client_closed: What a 499 counts as.
        limited: What a 429 counts as.
        where: Matchers that are added; what is written here replaces the default.
    """
    total = series("traefik_service_requests_total", {"service": service}, where)
    return events_by(total, "code", "5..", client_left(client_closed), too_many(limited))


@entry(_TRAEFIK, service="shop-web@docker", under="300ms")
def traefik_latency(
    *, service: LabelValue, under: Threshold, where: Matchers = 'protocol!~"websocket|sse|grpc.*"'
) -> Latency:
    """Requests that Traefik sent to a service; those that took too long are bad.

    By default there are four buckets: 100ms, 300ms, 1.2s and 5s. Another threshold needs
    ``metrics.prometheus.buckets`` in Traefik. A websocket, a stream of events and a stream of
    gRPC last as long as somebody listens, and are left out.

    Args:
        service: The label ``service``, with its provider: ``shop-web@docker``.
        under: The threshold; a bound of a bucket.
        where: Matchers that are added; what is written here replaces the default.
    """
    histogram = series("traefik_service_request_duration_seconds", {"service": service}, where)
    return Latency(histogram=histogram, under=under)


@entry(_ENVOY, cluster="shop")
def envoy_requests(*, cluster: LabelValue, where: Matchers = "") -> Events:
    """Final answers of a cluster of Envoy; those of the class 5xx are bad.

    What Envoy tried again and got right is good: retries hide errors of the upstream
    (``envoy_cluster_upstream_rq_retry`` has them). There are clusters for the control plane and for
    health checks, too: name the one that serves people. Envoy counts classes of codes: 429 and 499
    are among 4xx, which are good. A call of gRPC that the service fails is HTTP 200, and counts as
    good; what Envoy itself answers, such as a timeout, counts by the code of HTTP that it stands
    for, unless ``suppress_grpc_request_failure_code_stats`` is set. Ask a server of gRPC itself, as
    `grpc_requests` does.

    Args:
        cluster: The label ``envoy_cluster_name``.
        where: More matchers.
    """
    total = series("envoy_cluster_upstream_rq_xx", {"envoy_cluster_name": cluster}, where)
    return Events(
        total=total,
        bad=total.where('envoy_response_code_class="5"'),
        note="after retries; 429 and 499 are of class 4 and count as good, as do failed gRPC calls",
    )


@entry(_ENVOY, cluster="shop", under="250ms")
def envoy_latency(*, cluster: LabelValue, under: Threshold, where: Matchers = "") -> Latency:
    """Requests to a cluster of Envoy; those that took too long are bad.

    The histogram measures in milliseconds, though its name has no unit. Errors that come fast count
    as fast.

    Args:
        cluster: The label ``envoy_cluster_name``.
        under: The threshold; a bound of a bucket (0.5ms 1ms 5ms 10ms 25ms 50ms 100ms 250ms 500ms
            1s 2.5s 5s 10s 30s 60s and more by default).
        where: More matchers.
    """
    histogram = series("envoy_cluster_upstream_rq_time", {"envoy_cluster_name": cluster}, where)
    return Latency(histogram=histogram, unit="ms", under=under)


@entry(_ISTIO, service="shop", namespace="web")
def istio_requests(  # noqa: PLR0913 (what people choose)
    *,
    service: LabelValue,
    namespace: LabelValue,
    reporter: Reporter = "destination",
    no_response: Counted = "good",
    limited: Counted = "good",
    where: Matchers = 'request_protocol!="grpc"',
) -> Events:
    """Requests to a service of the mesh, as one side of them reports it; 5xx are bad.

    Both proxies of a request report it: without a fixed ``reporter`` everything counts twice. A
    request that ended without an answer has the code 0, which is in no 5xx: say what it counts as.
    A call of gRPC that fails is HTTP 200, and would count as good: gRPC is left out, and has
    `istio_grpc_requests`. There are thousands of series: every source, version and response flag
    has its own.

    Args:
        service: The label ``destination_service_name``.
        namespace: The label ``destination_service_namespace``.
        reporter: Whose report counts: ``destination``, a sidecar beside the service, which reports
            nothing while it is down; ``source``, for gateways and hosts outside of the mesh;
            ``waypoint``, in ambient mode.
        no_response: What a code of 0 counts as.
        limited: What a 429 counts as.
        where: Matchers that are added; what is written here replaces the default.
    """
    total = series("istio_requests_total", _istio(service, namespace, reporter), where)
    without = Choice("0", "no response", no_response)
    return events_by(total, "response_code", "5..", without, too_many(limited))


@entry(_ISTIO, service="shop", namespace="web")
def istio_grpc_requests(  # noqa: PLR0913 (what people choose)
    *,
    service: LabelValue,
    namespace: LabelValue,
    reporter: Reporter = "destination",
    fault: Fault = "opentelemetry",
    limited: Limited = "good",
    no_response: Counted = "good",
    where: Matchers = "",
) -> Events:
    """Calls of gRPC to a service of the mesh, by their own codes; the server's faults are bad.

    The code of HTTP is 200 whatever becomes of a call: ``grpc_response_status`` has the code of
    gRPC, as a number. Where the service sent none, Envoy derives it from the code of HTTP: a stream
    that breaks off is UNKNOWN. A call that ended without any answer has no status: say what it
    counts as. A stream counts when it ends, which may be never.

    Args:
        service: The label ``destination_service_name``.
        namespace: The label ``destination_service_namespace``.
        reporter: Whose report counts: ``destination``, ``source`` or ``waypoint``, as in
            `istio_requests`.
        fault: Whose list of bad codes counts: ``opentelemetry``; ``linkerd``, the same without
            UNIMPLEMENTED; ``client_deadlines``, the same without DEADLINE_EXCEEDED; ``not_ok``, all
            but OK.
        limited: What RESOURCE_EXHAUSTED counts as.
        no_response: What a call without a status counts as.
        where: More matchers.
    """
    labels = _istio(service, namespace, reporter)
    total = series("istio_requests_total", labels, where, fixed='request_protocol="grpc"')
    without = Choice("", "no response", no_response)
    return grpc_events(total, "grpc_response_status", "number", fault, limited, without)


@entry(_ISTIO, service="shop", namespace="web", under="250ms")
def istio_latency(
    *,
    service: LabelValue,
    namespace: LabelValue,
    under: Threshold,
    reporter: Reporter = "destination",
    where: Matchers = 'request_protocol!="grpc"',
) -> Latency:
    """Requests to a service of the mesh; those that took too long are bad.

    As `istio_requests`, of one reporter. The histogram has Envoy's buckets. A stream of gRPC lasts
    as long as it is open, and is left out with all of gRPC; for unary calls alone write
    ``request_protocol="grpc"``.

    Args:
        service: The label ``destination_service_name``.
        namespace: The label ``destination_service_namespace``.
        under: The threshold; a bound of a bucket (0.5ms 1ms 5ms 10ms 25ms 50ms 100ms 250ms 500ms
            1s 2.5s 5s 10s 30s and more).
        reporter: Whose report counts: ``destination``, ``source`` or ``waypoint``.
        where: Matchers that are added; what is written here replaces the default.
    """
    labels = _istio(service, namespace, reporter)
    histogram = series("istio_request_duration_milliseconds", labels, where)
    return Latency(histogram=histogram, under=under)


def _istio(service: str, namespace: str, reporter: str) -> dict[str, str | None]:
    return {
        "reporter": reporter,
        "destination_service_name": service,
        "destination_service_namespace": namespace,
    }
