"""Entries for Prometheus itself, and for what is pushed to it."""

from __future__ import annotations

from typing import Literal

from slogen.library.arguments import Age, GoodWhen, LabelValue, Matchers, Metric
from slogen.library.entry import Exporter, entry
from slogen.library.series import series
from slogen.model import ErrorRatio, Events, TimeSlices
from slogen.units import Duration, number

_RULES = Exporter(
    of="Prometheus' rules",
    source=("https://github.com/prometheus/prometheus/blob/main/rules/group.go",),
    versions="Prometheus 2.42 to 3.5",
)
_PUSHGATEWAY = Exporter(
    of="Pushgateway",
    source=("https://github.com/prometheus/pushgateway/blob/master/README.md",),
    versions="Pushgateway 1.x",
)

RatioOf = Literal["bad", "good"]


@entry(_RULES, job="prometheus")
def rule_evaluations(*, job: LabelValue = "prometheus", where: Matchers = "") -> Events:
    """Evaluations of rules; those that failed are bad.

    Failures are a metric of their own, with the same labels. A rule that is evaluated too late does
    not fail: ``prometheus_rule_group_iterations_missed_total`` has those. Let another Prometheus
    evaluate this SLO: one whose rules fail may fail to say so.

    Args:
        job: The label ``job``.
        where: More matchers, such as ``rule_group=~".*slogen.*"``.
    """
    return Events(
        total=series("prometheus_rule_evaluations_total", {"job": job}, where),
        bad=series("prometheus_rule_evaluation_failures_total", {"job": job}, where),
    )


@entry(
    _PUSHGATEWAY,
    gauge='sli_latency_p95{service="backend-api"}',
    job="sli-collector",
    within="2m",
    good_when="<= 200",
)
def pushed_gauge(*, gauge: Metric, job: LabelValue, within: Age, good_when: GoodWhen) -> TimeSlices:
    """The time in which a gauge that a collector pushes is good, and no older than it may be.

    A Pushgateway never forgets: when the collector dies, the last value stays, good for ever, and
    ``up`` is that of the gateway. So a value counts only while its push is young, by
    ``push_time_seconds``, and time without one is bad. Scrape the gateway with
    ``honor_labels: true``, so that ``job`` is that of the push. Of several series the worst counts.

    Args:
        gauge: The gauge and its matchers, without ``job``: ``sli_latency_p95{service="shop"}``.
        job: The job that it is pushed as.
        within: How old a push may be; three times the interval of the collector is enough.
        good_when: What good values satisfy, such as ``<= 200``, in the unit of the gauge.
    """
    return TimeSlices(query=_young(gauge, job, within), good_when=good_when, when_missing="bad")


@entry(
    _PUSHGATEWAY, gauge='sli_availability{service="backend-api"}', job="sli-collector", within="2m"
)
def pushed_ratio(
    *, gauge: Metric, job: LabelValue, within: Age, ratio_of: RatioOf = "good"
) -> ErrorRatio:
    """A ratio that a collector pushes, while it is no older than it may be.

    Each moment weighs the same, however many requests it had: where the collector's own source is
    in Prometheus, count that instead. As `pushed_gauge`: a value counts only while its push is
    young, and time without one is bad.

    Args:
        gauge: The gauge and its matchers, without ``job``: ``sli_availability{service="shop"}``.
        job: The job that it is pushed as.
        within: How old a push may be; three times the interval of the collector is enough.
        ratio_of: What the ratio, between 0 and 1, is of: ``good`` or ``bad`` events.
    """
    young = _young(gauge, job, within)
    query = f"1 - ({young})" if ratio_of == "good" else young
    return ErrorRatio(query=query, when_missing="bad")


@entry(_PUSHGATEWAY, job="sli-collector", within="2m")
def push_age(*, job: LabelValue, within: Age, where: Matchers = "") -> TimeSlices:
    """The time in which the last push of a job is not too long ago; of groups the oldest counts.

    The collector lives, whatever it pushes. A group that nobody pushes any more stays until it is
    deleted, and is too old all that time.

    Args:
        job: The job that is pushed.
        within: How long ago the last push may be.
        where: More matchers, such as ``instance="a"``.
    """
    pushed = series("push_time_seconds", {"job": job}, where)
    return TimeSlices(
        query=f"time() - min({pushed})",
        good_when=f"<= {number(Duration(within).seconds)}",
        when_missing="bad",
    )


def _young(gauge: str, job: str, within: str) -> str:
    """Return a query of a pushed gauge that gives nothing where the push is too old."""
    pushed = series(gauge, {}, f'job="{job}"')
    at = series("push_time_seconds", {"job": job})
    limit = number(Duration(within).seconds)
    return f"{pushed} and on (job, instance) time() - {at} <= {limit}"
