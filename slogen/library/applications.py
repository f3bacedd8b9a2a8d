"""Entries for what applications say of themselves: OpenTelemetry's conventions, Spring Boot."""

from __future__ import annotations

from typing import Literal

from slogen.library.arguments import LabelValue, Matchers, Threshold
from slogen.library.choices import Choice, Counted, events_by
from slogen.library.entry import Exporter, entry
from slogen.library.grpc import Limited, grpc_events
from slogen.library.grpc_codes import Fault
from slogen.library.series import series
from slogen.model import Events, Latency

_HTTP = Exporter(
    of="OpenTelemetry, HTTP servers",
    source=("https://opentelemetry.io/docs/specs/semconv/http/http-metrics/",),
    versions="semantic conventions 1.23 on",
)
_RPC = Exporter(
    of="OpenTelemetry, RPC servers",
    source=("https://opentelemetry.io/docs/specs/semconv/rpc/rpc-metrics/",),
    versions="semantic conventions 1.17 on",
)
_SPRING = Exporter(
    of="Spring Boot, Micrometer",
    source=("https://docs.spring.io/spring-boot/reference/actuator/metrics.html",),
    versions="Spring Boot 2 to 4",
)

FailedWhen = Literal["error_type", "status"]
Names = Literal["stable", "older"]


@entry(_HTTP, job="shop")
def otel_http_requests(
    *,
    job: LabelValue,
    route: LabelValue | None = None,
    failed_when: FailedWhen = "error_type",
    where: Matchers = "",
) -> Events:
    """Requests that an HTTP server with OpenTelemetry's stable conventions got; failures are bad.

    A request that ended without an answer has no status, and so is in no 5xx, but it has an
    ``error_type``; so do those with 5xx. An instrumentation that does not set it needs ``status``,
    and then misses requests without an answer. The names are those of Prometheus' usual
    translation: with ``NoTranslation`` they keep their dots, and want a query.

    Args:
        job: The label ``job``: ``namespace/service`` where it comes over OTLP.
        route: The label ``http_route``, such as ``/cart/{id}``; all of them unless given.
        failed_when: What tells a failed request: ``error_type``, that there is one, or ``status``,
            5xx alone.
        where: More matchers.
    """
    labels = {"job": job, "http_route": route}
    total = series("http_server_request_duration_seconds_count", labels, where)
    by_status = failed_when == "status"
    bad = 'http_response_status_code=~"5.."' if by_status else 'error_type!=""'
    said = "without an answer counts as good" if by_status else "or without an answer is bad"
    return Events(total=total, bad=total.where(bad), note=f"failed by {failed_when}: {said}")


@entry(_HTTP, job="shop", under="250ms")
def otel_http_latency(
    *, job: LabelValue, under: Threshold, route: LabelValue | None = None, where: Matchers = ""
) -> Latency:
    """Requests that an HTTP server with OpenTelemetry's stable conventions got; slow ones are bad.

    An exponential histogram becomes a native one, which wants `Latency` with ``native``.

    Args:
        job: The label ``job``: ``namespace/service`` where it comes over OTLP.
        under: The threshold; a bound of a bucket (5ms 10ms 25ms 50ms 75ms 100ms 250ms 500ms 750ms
            1s 2.5s 5s 7.5s 10s by default).
        route: The label ``http_route``; all of them unless given.
        where: More matchers, such as ``error_type=""``.
    """
    labels = {"job": job, "http_route": route}
    return Latency(
        histogram=series("http_server_request_duration_seconds", labels, where), under=under
    )


@entry(_RPC, job="shop")
def otel_rpc_requests(
    *,
    job: LabelValue,
    names: Names = "stable",
    fault: Fault = "opentelemetry",
    limited: Limited = "good",
    where: Matchers = "",
) -> Events:
    """Calls that a gRPC server with OpenTelemetry's conventions got; the server's faults are bad.

    Older instrumentations have other names: ``rpc_server_duration_milliseconds`` with numbers for
    codes. Ask which one yours has.

    Args:
        job: The label ``job``.
        names: Which names the instrumentation has: ``stable`` or ``older``.
        fault: Whose list of bad codes counts: ``opentelemetry``; ``linkerd``, the same without
            UNIMPLEMENTED; ``client_deadlines``, the same without DEADLINE_EXCEEDED; ``not_ok``, all
            but OK.
        limited: What RESOURCE_EXHAUSTED counts as.
        where: More matchers, such as ``rpc_service="shop.v1.Checkout"``.
    """
    total = series(f"{_RPC_METRICS[names]}_count", {"job": job}, where)
    label, spelling = _RPC_CODES[names]
    return grpc_events(total, label, spelling, fault, limited)


@entry(_RPC, job="shop", under="250ms")
def otel_rpc_latency(
    *, job: LabelValue, under: Threshold, names: Names = "stable", where: Matchers = ""
) -> Latency:
    """Calls that a server with OpenTelemetry's conventions for RPC got; slow ones are bad.

    Args:
        job: The label ``job``.
        under: The threshold; a bound of a bucket (5ms 10ms 25ms 50ms 75ms 100ms 250ms 500ms 750ms
            1s 2.5s 5s 7.5s 10s by default).
        names: Which names the instrumentation has: ``stable`` or ``older``.
        where: More matchers.
    """
    return Latency(histogram=series(_RPC_METRICS[names], {"job": job}, where), under=under)


_RPC_METRICS = {
    "stable": "rpc_server_call_duration_seconds",
    "older": "rpc_server_duration_milliseconds",
}
_RPC_CODES = {
    "stable": ("rpc_response_status_code", "upper"),
    "older": ("rpc_grpc_status_code", "number"),
}


@entry(_SPRING, job="shop")
def spring_requests(
    *, job: LabelValue, unknown: Counted = "good", where: Matchers = 'uri!~"/actuator.*"'
) -> Events:
    """Requests that a Spring Boot application got; those with the outcome SERVER_ERROR are bad.

    The outcome UNKNOWN has no status: say what it counts as. Probes of the actuator, which would
    dilute the errors of people, are left out. ``http_server_requests_seconds_max`` is no counter.

    Args:
        job: The label ``job``.
        unknown: What the outcome UNKNOWN counts as.
        where: Matchers that are added; what is written here replaces the default.
    """
    total = series("http_server_requests_seconds_count", {"job": job}, where)
    choice = Choice("UNKNOWN", "an outcome without a status", unknown)
    return events_by(total, "outcome", "SERVER_ERROR", choice)


@entry(_SPRING, job="shop", under="250ms")
def spring_latency(
    *, job: LabelValue, under: Threshold, where: Matchers = 'uri!~"/actuator.*"'
) -> Latency:
    """Requests that a Spring Boot application got; those that took too long are bad.

    There are no buckets at all unless the application asks for them:
    ``management.metrics.distribution.slo.http.server.requests`` with this threshold, or
    ``percentiles-histogram``, which makes about 70 of them. Without them every request is bad.

    Args:
        job: The label ``job``.
        under: The threshold; one of those that the application was given.
        where: Matchers that are added; what is written here replaces the default.
    """
    return Latency(
        histogram=series("http_server_requests_seconds", {"job": job}, where), under=under
    )
