"""Entries for metrics that are made of spans: Tempo's metrics-generator, and what Jaeger reads."""

from __future__ import annotations

from typing import Literal

from slogen.library.arguments import LabelValue, Matchers, Threshold
from slogen.library.entry import Exporter, entry
from slogen.library.series import series
from slogen.model import Events, Latency

_TEMPO = Exporter(
    of="Tempo, span metrics",
    source=(
        (
            "https://grafana.com/docs/tempo/latest/metrics-from-traces/span-metrics/"
            "span-metrics-metrics-generator/"
        ),
    ),
    versions="Tempo 1.4 to 3.0",
)
_JAEGER = Exporter(
    of="Jaeger, OpenTelemetry's span metrics",
    source=(
        (
            "https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/"
            "connector/spanmetricsconnector"
        ),
        "https://www.jaegertracing.io/docs/latest/architecture/spm/",
    ),
    versions="collector 0.109 on",
)
_SERVED = 'span_kind="SPAN_KIND_SERVER"'
_FAILED = 'status_code="STATUS_CODE_ERROR"'
_NOTE = "counted by spans that have ended and were sampled"

Unit = Literal["ms", "s"]


@entry(_TEMPO, service="shop")
def tempo_requests(
    *, service: LabelValue, span: LabelValue | None = None, where: Matchers = _SERVED
) -> Events:
    """Spans that a service served, as Tempo counts them; those with the status ERROR are bad.

    Every span of a trace counts: only those of the kind SERVER are requests to the service. Where
    traces are sampled before Tempo gets them, so is this: what is kept because it failed makes the
    ratio too high. A request whose process dies has no span. A series goes when it is idle for 15
    minutes, and begins at 0 again.

    Args:
        service: The label ``service``.
        span: The label ``span_name``, such as ``GET /cart``; all of them unless given.
        where: Matchers that are added; what is written here replaces the default.
    """
    labels = {"service": service, "span_name": span}
    total = series("traces_spanmetrics_calls_total", labels, where)
    return Events(total=total, bad=total.where(_FAILED), note=_NOTE)


@entry(_TEMPO, service="shop", under="256ms")
def tempo_latency(
    *,
    service: LabelValue,
    under: Threshold,
    span: LabelValue | None = None,
    where: Matchers = _SERVED,
) -> Latency:
    """Spans that a service served, as Tempo counts them; those that took too long are bad.

    The histogram measures in seconds, though its name has no unit, and its bounds are powers of 2:
    250ms is none of them.

    Args:
        service: The label ``service``.
        under: The threshold; a bound of a bucket (2ms 4ms 8ms 16ms 32ms 64ms 128ms 256ms 512ms
            1.024s 2.048s 4.096s 8.192s 16.384s by default).
        span: The label ``span_name``; all of them unless given.
        where: Matchers that are added; what is written here replaces the default.
    """
    labels = {"service": service, "span_name": span}
    histogram = series("traces_spanmetrics_latency", labels, where)
    return Latency(histogram=histogram, unit="s", under=under)


@entry(_JAEGER, service="shop")
def jaeger_requests(
    *, service: LabelValue, span: LabelValue | None = None, where: Matchers = _SERVED
) -> Events:
    """Spans that a service served, as the collector counts them for Jaeger; ERROR is bad.

    Jaeger's page of service performance shows these metrics, which OpenTelemetry's span metrics
    connector makes. Every span of a trace counts: only those of the kind SERVER are requests. Put
    the connector before the sampling, not behind it. Before 0.109 the metric was ``calls_total``.

    Args:
        service: The label ``service_name``.
        span: The label ``span_name``, such as ``GET /cart``; all of them unless given.
        where: Matchers that are added; what is written here replaces the default.
    """
    labels = {"service_name": service, "span_name": span}
    total = series("traces_span_metrics_calls_total", labels, where)
    return Events(total=total, bad=total.where(_FAILED), note=_NOTE)


@entry(_JAEGER, service="shop", under="200ms")
def jaeger_latency(
    *,
    service: LabelValue,
    under: Threshold,
    span: LabelValue | None = None,
    unit: Unit = "ms",
    where: Matchers = _SERVED,
) -> Latency:
    """Spans that a service served, as the collector counts them for Jaeger; slow ones are bad.

    The connector measures in the unit that its configuration says (``histogram.unit``), which is a
    part of the metric's name.

    Args:
        service: The label ``service_name``.
        under: The threshold; a bound of a bucket (2ms 4ms 6ms 8ms 10ms 50ms 100ms 200ms 400ms
            800ms 1s 1.4s 2s 5s 10s 15s by default).
        span: The label ``span_name``; all of them unless given.
        unit: What the connector measures in: ``ms`` or ``s``.
        where: Matchers that are added; what is written here replaces the default.
    """
    labels = {"service_name": service, "span_name": span}
    suffix = {"ms": "milliseconds", "s": "seconds"}[unit]
    histogram = series(f"traces_span_metrics_duration_{suffix}", labels, where)
    return Latency(histogram=histogram, under=under)
