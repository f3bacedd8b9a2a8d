"""A webhook that keeps what Alertmanager delivers, and when."""

from __future__ import annotations

import json
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from threading import Thread
from typing import TYPE_CHECKING, Any

import attrs

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

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            deliveries.extend(_deliveries(json.loads(body), next(numbers)))
            self.send_response(200)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name of the base
            """Keep quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield Webhook(url=f"http://127.0.0.1:{server.server_address[1]}/", deliveries=deliveries)
    finally:
        server.shutdown()
        server.server_close()


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
