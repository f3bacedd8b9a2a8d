"""What is asked of each entry, and which part of it is bad in the expositions.

The expositions are written as the exporters write them, with what must not be counted beside what
must: other reporters, streams, watches, other services. Their job is the name of their file.
"""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from slogen import SLO, AlertPolicy, Settings
from slogen.library import entries

Arguments = Mapping[str, str]


@attrs.frozen
class Case:
    """An entry with arguments, and the part of its events or of the time that is bad.

    Attributes:
        entry: The name of the entry.
        arguments: What it is given.
        ratio: What the rules have to record of the expositions.
    """

    entry: str
    arguments: Arguments
    ratio: float

    def slo(self, name: str, alerts: AlertPolicy | None = None) -> SLO:
        """Return an SLO of the indicator, that is scraped every three seconds."""
        entry = entries()[self.entry]
        return SLO(
            service="library",
            name=name,
            objective="99%",
            window="30d",
            sli=entry.indicator(entry.arguments(**self.arguments)),
            alerts=alerts or AlertPolicy.none(),
            settings=Settings(scrape_interval="3s", offset="8s"),
        )


_NGINX = {"ingress": "shop", "namespace": "web"}
_TRAEFIK = {"service": "shop-web@docker"}
_ISTIO = {"service": "shop", "namespace": "web"}
_SOURCE = {**_ISTIO, "reporter": "source"}
_OTEL = {"job": "otel"}
_POSTGRES = {"job": "postgres"}
_GOOD = {"job": "blackbox-good"}
_BAD = {"job": "blackbox-bad"}
_PUSHED = {"job": "sli-collector", "within": "2m"}
_DEAD = {"job": "dead-collector", "within": "2m"}
_BACKEND = 'sli_latency_p95{service="backend-api"}'
_FRONTEND = 'sli_latency_p95{service="frontend-app"}'

CASES = (
    Case("nginx_ingress_requests", _NGINX, 0.1),
    Case("nginx_ingress_requests", {**_NGINX, "client_closed": "bad"}, 0.15),
    Case("nginx_ingress_requests", {**_NGINX, "limited": "left_out"}, 10 / 95),
    Case("nginx_ingress_latency", {**_NGINX, "under": "250ms"}, 0.2),
    Case("traefik_requests", _TRAEFIK, 0.05),
    Case("traefik_requests", {**_TRAEFIK, "client_closed": "left_out"}, 5 / 90),
    Case("traefik_latency", {**_TRAEFIK, "under": "300ms"}, 0.25),
    Case("envoy_requests", {"cluster": "shop"}, 0.04),
    Case("envoy_latency", {"cluster": "shop", "under": "250ms"}, 0.12),
    Case("istio_requests", _ISTIO, 0.05),
    Case("istio_requests", {**_ISTIO, "no_response": "bad"}, 0.1),
    Case("istio_requests", _SOURCE, 0.2),
    Case("istio_grpc_requests", _ISTIO, 0.08),
    Case("istio_grpc_requests", {**_ISTIO, "no_response": "bad"}, 0.12),
    Case("istio_grpc_requests", {**_ISTIO, "no_response": "left_out"}, 16 / 192),
    Case("istio_grpc_requests", {**_ISTIO, "limited": "bad", "fault": "linkerd"}, 0.11),
    Case("istio_latency", {**_ISTIO, "under": "250ms"}, 0.2),
    Case("grpc_requests", {"job": "grpc", "service": "shop.v1.Checkout"}, 0.1),
    Case("grpc_requests", {"job": "grpc", "fault": "linkerd"}, 0.08),
    Case("grpc_requests", {"job": "grpc", "fault": "client_deadlines"}, 0.05),
    Case("grpc_requests", {"job": "grpc", "fault": "not_ok"}, 0.2),
    Case("grpc_requests", {"job": "grpc", "limited": "bad"}, 0.13),
    Case("grpc_latency", {"job": "grpc", "under": "1s"}, 0.07),
    Case("grpc_native_requests", {"job": "grpc-native"}, 0.08),
    Case("grpc_native_latency", {"job": "grpc-native", "under": "250ms"}, 0.28),
    Case("otel_http_requests", _OTEL, 0.1),
    Case("otel_http_requests", {**_OTEL, "failed_when": "status"}, 0.06),
    Case("otel_http_latency", {**_OTEL, "route": "/cart/{id}", "under": "500ms"}, 0.14),
    Case("otel_rpc_requests", _OTEL, 0.05),
    Case("otel_rpc_requests", {**_OTEL, "names": "older"}, 0.2),
    Case("otel_rpc_latency", {**_OTEL, "under": "100ms"}, 0.35),
    Case("otel_rpc_latency", {**_OTEL, "names": "older", "under": "100ms"}, 0.5),
    Case("spring_requests", {"job": "spring"}, 0.06),
    Case("spring_requests", {"job": "spring", "unknown": "bad"}, 0.1),
    Case("spring_latency", {"job": "spring", "under": "1s"}, 0.02),
    Case("apiserver_requests", {"verbs": "read"}, 0.05),
    Case("apiserver_requests", {"verbs": "read", "limited": "bad"}, 0.1),
    Case("apiserver_requests", {"verbs": "write"}, 0.3),
    Case("apiserver_latency", {"verbs": "read", "under": "1s"}, 0.05),
    Case("apiserver_latency", {"verbs": "read", "scope": "cluster", "under": "30s"}, 0.1),
    Case("coredns_requests", {"zone": "cluster.local."}, 0.03),
    Case("cronjob_age", {"namespace": "web", "cronjob": "backup", "within": "1h"}, 0),
    Case("cronjob_age", {"namespace": "web", "cronjob": "report", "within": "1h"}, 1),
    Case("probe_up", _GOOD, 0),
    Case("probe_up", _BAD, 1),
    Case("probe_duration", {**_GOOD, "under": "1s"}, 0),
    Case("probe_duration", {**_BAD, "under": "1s"}, 1),
    Case("probe_certificate", {**_GOOD, "left": "14d"}, 0),
    Case("probe_certificate", {**_BAD, "left": "14d"}, 1),
    Case("cert_manager_certificate", {"namespace": "web", "name": "shop", "left": "14d"}, 0),
    Case("cert_manager_certificate", {"namespace": "web", "left": "14d"}, 1),
    Case("cert_manager_certificate", {"namespace": "new", "left": "14d"}, 1),
    Case(
        "cert_manager_certificate", {"namespace": "new", "left": "14d", "not_issued": "left_out"}, 0
    ),
    Case("kafka_lag", {"group": "billing", "topic": "orders", "at_most": "100"}, 0),
    Case("kafka_lag", {"group": "billing", "topic": "refunds", "at_most": "100"}, 1),
    Case("rabbitmq_ready", {"queue": "mail", "at_most": "100"}, 0),
    Case("rabbitmq_ready", {"queue": "slow", "at_most": "100"}, 1),
    Case("postgres_up", _POSTGRES, 0),
    Case("postgres_up", {"job": "postgres-down"}, 1),
    Case("postgres_transactions", {**_POSTGRES, "datname": "shop"}, 0.04),
    Case("postgres_connections", {**_POSTGRES, "instance": "postgres", "at_most": "80%"}, 0),
    Case(
        "postgres_connections",
        {"job": "postgres-down", "instance": "postgres-down", "at_most": "80%"},
        1,
    ),
    Case("postgres_replication_lag", {**_POSTGRES, "at_most": "1m"}, 0),
    Case("postgres_replication_lag", {"job": "postgres-down", "at_most": "1m"}, 1),
    Case("postgres_replication_lag", {**_POSTGRES, "at_most": "1m", "measured": "last_replay"}, 1),
    Case("tempo_requests", {"service": "shop"}, 0.06),
    Case("tempo_latency", {"service": "shop", "under": "256ms"}, 0.25),
    Case("jaeger_requests", {"service": "shop"}, 0.07),
    Case("jaeger_latency", {"service": "shop", "under": "200ms"}, 0.23),
    Case("rule_evaluations", {}, 0.09),
    Case("pushed_gauge", {"gauge": _BACKEND, **_PUSHED, "good_when": "<= 200"}, 0),
    Case("pushed_gauge", {"gauge": _FRONTEND, **_PUSHED, "good_when": "<= 200"}, 1),
    Case("pushed_gauge", {"gauge": _BACKEND, **_DEAD, "good_when": "<= 200"}, 1),
    Case("pushed_ratio", {"gauge": 'sli_availability{service="backend-api"}', **_PUSHED}, 0.05),
    Case("pushed_ratio", {"gauge": "sli_error_rate", **_PUSHED, "ratio_of": "bad"}, 0.02),
    Case("pushed_ratio", {"gauge": "sli_availability", **_DEAD}, 1),
    Case("push_age", _PUSHED, 0),
    Case("push_age", _DEAD, 1),
)
"""Every entry at least once, and every choice that moves what is bad."""
