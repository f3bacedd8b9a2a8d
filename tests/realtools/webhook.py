"""A webhook that keeps what Alertmanager delivers, and when."""

from __future__ import annotations

import json
import time
from contextlib import contextmanager
from itertools import count
from typing import TYPE_CHECKING, Any

import attrs

from tests.realtools.serving import QuietHandler, serving

if TYPE_CHECKING:
    from collections.abc import Iterator


@attrs.frozen(kw_only=True)
class Delivery:
    """One alert of one notification.

    Attributes:
        time: When it came, as `time.monotonic` says it.
        notification: Which of the webhook's notifications it was part of, from 1.
        receiver: The receiver that Alertmanager sent it to.
        status: `firing` or `resolved`.
        labels: Of the alert.
        annotations: Of the alert, as Prometheus has rendered them.
        starts_at: Since when it fires, as Alertmanager says it.
    """

    time: float
    notification: int
    receiver: str
    status: str
    labels: dict[str, str]
    annotations: dict[str, str]
    starts_at: str


@attrs.frozen(kw_only=True)
class Webhook:
    """A running webhook: its URL, and what has come so far."""

    url: str
    deliveries: list[Delivery]


@contextmanager
def running_webhook() -> Iterator[Webhook]:
    """Take notifications for the time of a with block."""
    deliveries: list[Delivery] = []
    numbers = count(1)

    class Handler(QuietHandler):
        def do_POST(self) -> None:  # noqa: N802 (http.server calls it so)
            body = self.rfile.read(int(self.headers["Content-Length"]))
            deliveries.extend(_deliveries(json.loads(body), next(numbers)))
            self.send_response(200)
            self.end_headers()

    with serving(Handler) as target:
        yield Webhook(url=f"http://{target}/", deliveries=deliveries)


def _deliveries(notification: dict[str, Any], number: int) -> Iterator[Delivery]:
    """Read a notification, see https://prometheus.io/docs/alerting/latest/configuration/."""
    now = time.monotonic()
    for alert in notification["alerts"]:
        yield Delivery(
            time=now,
            notification=number,
            receiver=notification["receiver"],
            status=alert["status"],
            labels=alert["labels"],
            annotations=alert["annotations"],
            starts_at=alert["startsAt"],
        )
