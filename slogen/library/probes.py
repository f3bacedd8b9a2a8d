"""Entries for probes and certificates: blackbox exporter, cert-manager."""

from __future__ import annotations

from typing import Literal

from slogen.library.arguments import Age, LabelValue, Matchers, Threshold
from slogen.library.entry import Exporter, entry
from slogen.library.series import series
from slogen.model import TimeSlices, Up
from slogen.units import Duration, number, seconds

NotIssued = Literal["bad", "left_out"]

_BLACKBOX = Exporter(
    of="blackbox exporter",
    source=("https://github.com/prometheus/blackbox_exporter/blob/master/README.md",),
    versions="blackbox exporter 0.20 on",
)
_CERT_MANAGER = Exporter(
    of="cert-manager",
    source=("https://cert-manager.io/docs/devops-tips/prometheus-metrics/",),
    versions="cert-manager 1.0 on",
)


@entry(_BLACKBOX, job="blackbox")
def probe_up(*, job: LabelValue, instance: LabelValue | None = None, where: Matchers = "") -> Up:
    """The time in which probes succeed.

    ``up`` says that the exporter was scraped, also while its probe fails: this reads
    ``probe_success``. A probe that takes longer than the scrape's time-out stores nothing, so time
    without data is bad. A probe is a sample, not the traffic of people.

    Args:
        job: The label ``job`` of the probes.
        instance: The label ``instance``, which is the probed address; all of them unless given.
        where: More matchers.
    """
    gauge = series("probe_success", {"job": job, "instance": instance}, where)
    return Up(gauge=gauge, when_missing="bad")


@entry(_BLACKBOX, job="blackbox", under="1s")
def probe_duration(
    *, job: LabelValue, under: Threshold, instance: LabelValue | None = None, where: Matchers = ""
) -> TimeSlices:
    """The time in which the slowest probe is fast enough.

    A probe that takes longer than the scrape's time-out stores nothing, so time without data is
    bad. A probe that fails fast counts as fast: watch `probe_up`, too.

    Args:
        job: The label ``job`` of the probes.
        under: How long a probe may take.
        instance: The label ``instance``, which is the probed address; all of them unless given.
        where: More matchers.
    """
    gauge = series("probe_duration_seconds", {"job": job, "instance": instance}, where)
    return TimeSlices(
        query=f"max({gauge})", good_when=f"<= {number(seconds(under))}", when_missing="bad"
    )


@entry(_BLACKBOX, job="blackbox", left="14d")
def probe_certificate(
    *, job: LabelValue, left: Age, instance: LabelValue | None = None, where: Matchers = ""
) -> TimeSlices:
    """The time in which no probed certificate is near its end.

    It reads what a server shows to people, the chain included, whoever renews it. A probe that does
    not get as far as the certificate stores none: watch `probe_up`, too.

    Args:
        job: The label ``job`` of the probes.
        left: How much time has to be left, such as ``14d``.
        instance: The label ``instance``, which is the probed address; all of them unless given.
        where: More matchers.
    """
    ends = series("probe_ssl_earliest_cert_expiry", {"job": job, "instance": instance}, where)
    return _left(f"min({ends})", left)


@entry(_CERT_MANAGER, namespace="web", left="14d")
def cert_manager_certificate(
    *,
    namespace: LabelValue,
    name: LabelValue | None = None,
    left: Age,
    not_issued: NotIssued = "bad",
    where: Matchers = "",
) -> TimeSlices:
    """The time in which no certificate of cert-manager is near its end.

    A certificate that was never issued ends at 0, in 1970: say what it counts as, since each one
    begins so, and a new one makes bad time of the minutes until it is issued.
    It says when the certificate in the Secret ends; whether servers have loaded it,
    `probe_certificate` says. The label ``namespace`` is that of the certificate where the scrape
    honours labels (``honorLabels: true``); otherwise it is that of cert-manager itself, and the
    certificate's is ``exported_namespace``, which belongs into ``where``.

    Args:
        namespace: The label ``namespace`` of the certificates.
        name: The label ``name``; all of them unless given.
        left: How much time has to be left, such as ``14d``; less than when it is renewed, which is
            30d before the end by default for one of 90d.
        not_issued: What a certificate counts as that was never issued: ``bad`` or ``left_out``.
        where: More matchers.
    """
    labels = {"namespace": namespace, "name": name}
    ends = series("certmanager_certificate_expiration_timestamp_seconds", labels, where)
    issued = ends if not_issued == "bad" else f"{ends} > 0"
    return _left(f"min({issued})", left)


def _left(ends: str, left: str) -> TimeSlices:
    return TimeSlices(query=f"{ends} - time()", good_when=f">= {number(Duration(left).seconds)}")
