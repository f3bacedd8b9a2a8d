"""Ready indicators for what people run, each with its source, its versions and its traps.

>>> from slogen.library import envoy_requests
>>> print(envoy_requests(cluster="shop").bad)
envoy_cluster_upstream_rq_xx{envoy_cluster_name="shop",envoy_response_code_class="5"}

An entry is imported when it is asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from slogen.library.applications import (
        otel_http_latency,
        otel_http_requests,
        otel_rpc_latency,
        otel_rpc_requests,
        spring_latency,
        spring_requests,
    )
    from slogen.library.databases import (
        postgres_connections,
        postgres_replication_lag,
        postgres_transactions,
        postgres_up,
    )
    from slogen.library.entry import Entry
    from slogen.library.grpc import (
        grpc_latency,
        grpc_native_latency,
        grpc_native_requests,
        grpc_requests,
    )
    from slogen.library.kubernetes import (
        apiserver_latency,
        apiserver_requests,
        coredns_requests,
        cronjob_age,
    )
    from slogen.library.probes import (
        cert_manager_certificate,
        probe_certificate,
        probe_duration,
        probe_up,
    )
    from slogen.library.prometheus import push_age, pushed_gauge, pushed_ratio, rule_evaluations
    from slogen.library.proxies import (
        envoy_latency,
        envoy_requests,
        istio_grpc_requests,
        istio_latency,
        istio_requests,
        nginx_ingress_latency,
        nginx_ingress_requests,
        traefik_latency,
        traefik_requests,
    )
    from slogen.library.queues import kafka_lag, rabbitmq_ready
    from slogen.library.traces import (
        jaeger_latency,
        jaeger_requests,
        tempo_latency,
        tempo_requests,
    )

__all__ = [
    "apiserver_latency",
    "apiserver_requests",
    "cert_manager_certificate",
    "coredns_requests",
    "cronjob_age",
    "envoy_latency",
    "envoy_requests",
    "grpc_latency",
    "grpc_native_latency",
    "grpc_native_requests",
    "grpc_requests",
    "istio_grpc_requests",
    "istio_latency",
    "istio_requests",
    "jaeger_latency",
    "jaeger_requests",
    "kafka_lag",
    "nginx_ingress_latency",
    "nginx_ingress_requests",
    "otel_http_latency",
    "otel_http_requests",
    "otel_rpc_latency",
    "otel_rpc_requests",
    "postgres_connections",
    "postgres_replication_lag",
    "postgres_transactions",
    "postgres_up",
    "probe_certificate",
    "probe_duration",
    "probe_up",
    "push_age",
    "pushed_gauge",
    "pushed_ratio",
    "rabbitmq_ready",
    "rule_evaluations",
    "spring_latency",
    "spring_requests",
    "tempo_latency",
    "tempo_requests",
    "traefik_latency",
    "traefik_requests",
]

_MODULES = (
    "applications",
    "databases",
    "grpc",
    "kubernetes",
    "probes",
    "prometheus",
    "proxies",
    "queues",
    "traces",
)


def entries() -> dict[str, Entry]:
    """Return every entry by its name, in the order of the names."""
    for module in _MODULES:
        import_module(f"{__name__}.{module}")
    found = import_module(f"{__name__}.entry").ENTRIES
    return dict(sorted(found.items()))


def __getattr__(name: str) -> object:
    """Import an entry when it is first used."""
    if name in __all__:
        for module in _MODULES:
            if hasattr(home := import_module(f"{__name__}.{module}"), name):
                return getattr(home, name)
    raise AttributeError(f"module 'slogen.library' has no attribute '{name}'")


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
