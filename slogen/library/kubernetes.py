"""Entries for Kubernetes: its API server, CoreDNS, and jobs that run on a schedule."""

from __future__ import annotations

from typing import Literal

from slogen.library.arguments import Age, LabelValue, Matchers, Threshold
from slogen.library.choices import Counted, events_by, too_many
from slogen.library.entry import Exporter, entry
from slogen.library.series import series
from slogen.model import Events, Latency, TimeSlices
from slogen.units import Duration, number

_API_SERVER = Exporter(
    of="Kubernetes API server",
    source=(
        "https://kubernetes.io/docs/reference/instrumentation/metrics/",
        "https://github.com/kubernetes/community/blob/main/sig-scalability/slos/slos.md",
    ),
    versions="Kubernetes 1.26 on",
)
_COREDNS = Exporter(
    of="CoreDNS",
    source=("https://coredns.io/plugins/metrics/",),
    versions="CoreDNS 1.7 on",
)
_KUBE_STATE_METRICS = Exporter(
    of="CronJob, by kube-state-metrics",
    source=(
        (
            "https://github.com/kubernetes/kube-state-metrics/blob/main/docs/metrics/"
            "workload/cronjob-metrics.md"
        ),
    ),
    versions="kube-state-metrics 2.6 on",
)

Verbs = Literal["read", "write"]
Scope = Literal["resource", "namespace", "cluster"]

_VERBS = {"read": "LIST|GET", "write": "POST|PUT|PATCH|APPLY|DELETE|DELETECOLLECTION"}
_SCOPES = {"resource": 'scope=~"resource|"', "namespace": 'scope="namespace"'}
_LONG = 'subresource!~"proxy|attach|log|exec|portforward"'


@entry(_API_SERVER, verbs="read")
def apiserver_requests(*, verbs: Verbs, limited: Counted = "good", where: Matchers = "") -> Events:
    """Requests to the API server that read, or that write; those answered with 5xx are bad.

    WATCH and CONNECT last as long as somebody wants, and are left out. Server-side apply has a verb
    of its own, APPLY, though it is a PATCH. A 429 protects the server from too many requests:
    whether it is bad is a choice.

    Args:
        verbs: Which requests: ``read`` (LIST, GET) or ``write`` (POST, PUT, PATCH,
            APPLY, DELETE, DELETECOLLECTION).
        limited: What a 429 counts as.
        where: More matchers, such as ``job="apiserver"``.
    """
    total = series("apiserver_request_total", {}, where, f'verb=~"{_VERBS[verbs]}"')
    return events_by(total, "code", "5..", too_many(limited))


@entry(_API_SERVER, verbs="read", under="1s")
def apiserver_latency(
    *, verbs: Verbs, under: Threshold, scope: Scope = "resource", where: Matchers = ""
) -> Latency:
    """Requests to the API server; those that took too long are bad.

    One SLO a scope: SIG Scalability promises 1s for one resource, and 30s for all of a namespace or
    of the cluster (many dashboards have 5s for a namespace). The histogram has no ``code``: errors
    count as fast. Requests that are long by intent (logs, exec, port forwarding) are left out.

    Args:
        verbs: Which requests: ``read`` (LIST, GET) or ``write`` (POST, PUT, PATCH,
            APPLY, DELETE, DELETECOLLECTION).
        under: The threshold; a bound of a bucket (50ms 100ms 200ms 400ms 600ms 800ms 1s 1.25s 1.5s
            2s 3s 4s 5s 6s 8s 10s 15s 20s 30s 45s 60s).
        scope: What a request asks about: ``resource``, ``namespace`` or ``cluster``. A write is
            about a resource, but for DELETECOLLECTION.
        where: More matchers, such as ``job="apiserver"``.
    """
    scoped = _SCOPES.get(scope, 'scope="cluster"')
    fixed = f'verb=~"{_VERBS[verbs]}",{scoped},{_LONG}'
    return Latency(
        histogram=series("apiserver_request_sli_duration_seconds", {}, where, fixed), under=under
    )


@entry(_COREDNS, zone="cluster.local.")
def coredns_requests(*, zone: LabelValue | None = None, where: Matchers = "") -> Events:
    """Answers of CoreDNS; those with SERVFAIL are bad.

    NXDOMAIN is a right answer: names that do not exist are asked for all the time.

    Args:
        zone: The label ``zone``, such as ``cluster.local.``; all of them unless given.
        where: More matchers, such as ``job="kube-dns"``.
    """
    total = series("coredns_dns_responses_total", {"zone": zone}, where)
    return Events(total=total, bad=total.where('rcode="SERVFAIL"'), note="NXDOMAIN counts as good")


@entry(_KUBE_STATE_METRICS, cronjob="backup", namespace="web", within="26h")
def cronjob_age(
    *, cronjob: LabelValue, namespace: LabelValue, within: Age, where: Matchers = ""
) -> TimeSlices:
    """The time in which the last success of a CronJob is not too long ago.

    Before its first success there is no such metric, and the time counts for nothing; likewise
    while the CronJob is suspended, and when it is gone. Let ``within`` be more than its interval
    and the time that it runs.

    Args:
        cronjob: The name of the CronJob.
        namespace: Its namespace.
        within: How long ago the last success may be.
        where: More matchers.
    """
    labels = {"namespace": namespace, "cronjob": cronjob}
    last = series("kube_cronjob_status_last_successful_time", labels, where)
    suspended = series("kube_cronjob_spec_suspend", labels, where)
    return TimeSlices(
        query=f"time() - max({last} unless on (namespace, cronjob) {suspended} == 1)",
        good_when=f"<= {number(Duration(within).seconds)}",
    )
