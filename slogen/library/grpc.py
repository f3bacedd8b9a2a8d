"""Entries for gRPC: Go's middleware, and gRPC's own OpenTelemetry metrics."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from slogen.library.arguments import LabelValue, Matchers, Threshold
from slogen.library.entry import Exporter, entry
from slogen.library.grpc_codes import Fault, bad_codes, in_words, spelled
from slogen.library.series import series
from slogen.model import Events, Latency

if TYPE_CHECKING:
    from slogen.library.choices import Choice
    from slogen.promql.selector import Selector

_MIDDLEWARE = Exporter(
    of="gRPC, Go middleware",
    source=("https://github.com/grpc-ecosystem/go-grpc-middleware/tree/main/providers/prometheus",),
    versions="go-grpc-middleware 1 and 2",
)
_NATIVE = Exporter(
    of="gRPC, its own OpenTelemetry metrics",
    source=("https://github.com/grpc/proposal/blob/master/A66-otel-stats.md",),
    versions="gRPC 1.63 on",
)

Limited = Literal["good", "bad"]


def grpc_events(  # noqa: PLR0913, PLR0917 (a call's metric, and what people choose about it)
    total: Selector,
    label: str,
    spelling: str,
    fault: str,
    limited: str,
    without: Choice | None = None,
) -> Events:
    """Return calls of gRPC, of which those with a code that is the server's fault are bad.

    Args:
        total: The counter.
        label: The label with the code.
        spelling: How it spells codes.
        fault: Whose list of bad codes counts.
        limited: What RESOURCE_EXHAUSTED counts as.
        without: What is chosen for calls whose label is empty, where there are any.
    """
    codes = "|".join(spelled(code, spelling) for code in bad_codes(fault, limited))
    if without and without.counted == "left_out":
        total = total.where(f'{label}!="{without.value}"')
    elif without and without.counted == "bad":
        codes += f"|{without.value}"
    said = in_words(fault, limited) + (f"; {without}" if without else "")
    return Events(total=total, bad=total.where(f'{label}=~"{codes}"'), note=said)


@entry(_MIDDLEWARE, job="shop")
def grpc_requests(
    *,
    job: LabelValue,
    service: LabelValue | None = None,
    fault: Fault = "opentelemetry",
    limited: Limited = "good",
    where: Matchers = 'grpc_type="unary"',
) -> Events:
    """Calls that a gRPC server in Go handled; those that end by the server's fault are bad.

    Whose fault a code is differs from list to list, and a list without DEADLINE_EXCEEDED lets a
    service that only times out read as perfect. The codes are in Go's spelling
    (``DeadlineExceeded``). A stream counts when it ends, which may be never: unary calls alone are
    counted. Call ``InitializeMetrics`` in the server, so that no series is born by its first error.

    Args:
        job: The label ``job``.
        service: The label ``grpc_service``, such as ``shop.v1.Checkout``; all of them unless given.
        fault: Whose list of bad codes counts: ``opentelemetry``; ``linkerd``, the same without
            UNIMPLEMENTED; ``client_deadlines``, the same without DEADLINE_EXCEEDED; ``not_ok``, all
            but OK.
        limited: What RESOURCE_EXHAUSTED counts as.
        where: Matchers that are added; what is written here replaces the default.
    """
    total = series("grpc_server_handled_total", {"job": job, "grpc_service": service}, where)
    return grpc_events(total, "grpc_code", "camel", fault, limited)


@entry(_MIDDLEWARE, job="shop", under="250ms")
def grpc_latency(
    *,
    job: LabelValue,
    under: Threshold,
    service: LabelValue | None = None,
    where: Matchers = 'grpc_type="unary"',
) -> Latency:
    """Calls that a gRPC server in Go handled; those that took too long are bad.

    The histogram is there after ``EnableHandlingTimeHistogram`` alone, and has no ``grpc_code``:
    errors that come fast count as fast.

    Args:
        job: The label ``job``.
        under: The threshold; a bound of a bucket (5ms 10ms 25ms 50ms 100ms 250ms 500ms 1s 2.5s 5s
            10s by default).
        service: The label ``grpc_service``; all of them unless given.
        where: Matchers that are added; what is written here replaces the default.
    """
    labels = {"job": job, "grpc_service": service}
    return Latency(histogram=series("grpc_server_handling_seconds", labels, where), under=under)


@entry(_NATIVE, job="shop")
def grpc_native_requests(
    *,
    job: LabelValue,
    method: LabelValue | None = None,
    fault: Fault = "opentelemetry",
    limited: Limited = "good",
    where: Matchers = "",
) -> Events:
    """Calls that a gRPC server answered, by gRPC's own metrics; the server's faults are bad.

    The codes are in capitals (``DEADLINE_EXCEEDED``). At a client, count calls
    (``grpc_client_call_duration_seconds``): attempts have retries among them.

    Args:
        job: The label ``job``.
        method: The label ``grpc_method``, such as ``shop.v1.Checkout/Pay``; all of them unless
            given.
        fault: Whose list of bad codes counts: ``opentelemetry``; ``linkerd``, the same without
            UNIMPLEMENTED; ``client_deadlines``, the same without DEADLINE_EXCEEDED; ``not_ok``, all
            but OK.
        limited: What RESOURCE_EXHAUSTED counts as.
        where: More matchers.
    """
    labels = {"job": job, "grpc_method": method}
    total = series("grpc_server_call_duration_seconds_count", labels, where)
    return grpc_events(total, "grpc_status", "upper", fault, limited)


@entry(_NATIVE, job="shop", under="250ms")
def grpc_native_latency(
    *, job: LabelValue, under: Threshold, method: LabelValue | None = None, where: Matchers = ""
) -> Latency:
    """Calls that a gRPC server answered, by gRPC's own metrics; those that took long are bad.

    The proposal only advises on buckets: ask the server which it has.

    Args:
        job: The label ``job``.
        under: The threshold; a bound of a bucket (100ms 130ms 160ms 200ms 250ms 300ms 400ms 500ms
            650ms 800ms 1s 2s 5s and others are advised).
        method: The label ``grpc_method``; all of them unless given.
        where: More matchers, such as ``grpc_status="OK"``.
    """
    labels = {"job": job, "grpc_method": method}
    return Latency(
        histogram=series("grpc_server_call_duration_seconds", labels, where), under=under
    )
