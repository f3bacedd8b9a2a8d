"""Entries for queues: Kafka and RabbitMQ."""

from __future__ import annotations

from slogen.library.arguments import Amount, LabelValue, Matchers
from slogen.library.entry import Exporter, entry
from slogen.library.series import series
from slogen.model import TimeSlices

_KAFKA = Exporter(
    of="kafka_exporter",
    source=("https://github.com/danielqsj/kafka_exporter/blob/master/README.md",),
    versions="kafka_exporter 1.4 on",
)
_RABBITMQ = Exporter(
    of="RabbitMQ",
    source=("https://www.rabbitmq.com/docs/prometheus",),
    versions="RabbitMQ 3.8 on",
)


@entry(_KAFKA, group="billing", topic="orders", at_most="1000")
def kafka_lag(
    *, group: LabelValue, topic: LabelValue, at_most: Amount, where: Matchers = ""
) -> TimeSlices:
    """The time in which no partition of a consumer group is too many messages behind.

    The partition that is furthest behind counts, so that one that is stuck is not hidden by the
    others. Messages are not seconds: let ``at_most`` be what is consumed in the time that people
    wait. The exporter writes -1 for a partition without an offset, which counts as no lag. A group
    without consumers vanishes: the time counts as bad.

    Args:
        group: The label ``consumergroup``.
        topic: The label ``topic``.
        at_most: How many messages a partition may be behind.
        where: More matchers.
    """
    lag = series("kafka_consumergroup_lag", {"consumergroup": group, "topic": topic}, where)
    return TimeSlices(query=f"max({lag})", good_when=f"<= {at_most}", when_missing="bad")


@entry(_RABBITMQ, queue="mail", at_most="1000")
def rabbitmq_ready(
    *, queue: LabelValue, vhost: LabelValue | None = None, at_most: Amount, where: Matchers = ""
) -> TimeSlices:
    """The time in which a queue holds no more messages that nobody has taken yet.

    Queues have series of their own at ``/metrics/per-object`` alone, or with
    ``prometheus.return_per_object_metrics``; ``/metrics`` adds all queues up. Every node that has
    the queue may report it: the largest value counts. Without data nobody knows, and the time
    counts for nothing.

    Args:
        queue: The label ``queue``.
        vhost: The label ``vhost``; all of them unless given.
        at_most: How many messages may be ready.
        where: More matchers.
    """
    ready = series("rabbitmq_queue_messages_ready", {"queue": queue, "vhost": vhost}, where)
    return TimeSlices(query=f"max({ready})", good_when=f"<= {at_most}")
