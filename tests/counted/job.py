"""An exporter that a server scrapes, which logs what it answered and fails as it is ordered to."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from enum import Enum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread

import attrs

from tests.counted.slos import FLEET, REQUESTS
from tests.realtools.exporter import Counters
from tests.realtools.server import free_port

SLOW_SECONDS = 8

SPEEDS: Mapping[str, float] = {
    f'{REQUESTS}{{code="200"}}': 20.0,
    f'{REQUESTS}{{code="500"}}': 5.0,
    f'{FLEET}{{code="200"}}': 40.0,
    f'{FLEET}{{code="500"}}': 10.0,
}
"""Each counter, and how many events a second it counts."""

_PODS = 20
_BEFORE = 20_000
"""What a fleet's counters had counted when it was first scraped."""


class Fault(Enum):
    """What happens to a scrape."""

    REFUSED = "answered with 503"
    DROPPED = "not answered"
    SLOW = f"answered after {SLOW_SECONDS} s"


@attrs.frozen
class Answer:
    """What the exporter answered to a scrape.

    Attributes:
        time: When the scrape began, in seconds since the epoch.
        values: What the counters said, by series.
        life: How many times the exporter had been restarted.
    """

    time: float
    values: Mapping[str, int]
    life: int


class Job:
    """Counters that are scraped by one server at one interval.

    Args:
        interval: The scrape interval, which is the name of the job.
        faults: What happens to which scrape, counted from 1 since events are sent.
    """

    def __init__(self, interval: str, faults: Mapping[int, Fault]) -> None:
        """Begin without any event."""
        self.interval = interval
        self.answers: list[Answer] = []
        self._port = free_port()
        self._faults = faults
        self._lock = Lock()
        self._scrapes: int | None = None
        self._life = 0
        self._counters = Counters(dict.fromkeys(SPEEDS, 0.0))
        self._sent = dict.fromkeys(SPEEDS, 0)
        self._left = dict.fromkeys(SPEEDS, 0)

    @property
    def scrape_config(self) -> dict[str, object]:
        """How a server scrapes it; the time-out is Prometheus' own default."""
        return {
            "job_name": self.interval,
            "scrape_interval": self.interval,
            "static_configs": [{"targets": [f"127.0.0.1:{self._port}"]}],
        }

    @property
    def is_sending(self) -> bool:
        """Whether events were sent already."""
        return self._scrapes is not None

    def send(self) -> None:
        """Let events happen from now on."""
        self._counters.run_at(SPEEDS)
        self._scrapes = 0

    def stop_sending(self) -> None:
        """Let no more events happen."""
        self._counters.run_at(dict.fromkeys(SPEEDS, 0.0))

    def lose_pod(self) -> None:
        """Let one pod of the fleet leave: the sum of all loses what that pod had counted."""
        with self._lock:
            exposed = self._exposed()
            self._left = {
                series: value // _PODS if _is_of_fleet(series) else 0
                for series, value in exposed.items()
            }

    def sent(self) -> dict[str, int]:
        """Return how many events happened so far, by series."""
        now = self._counted()
        return {series: self._sent[series] + now[series] for series in SPEEDS}

    @contextmanager
    def serving(self) -> Iterator[None]:
        """Answer scrapes for the time of a with block; each block is a life of the exporter."""
        server = ThreadingHTTPServer(("127.0.0.1", self._port), self._handler())
        server.daemon_threads = True
        Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield
        finally:
            server.shutdown()
            server.server_close()

    def forget(self) -> None:
        """Begin at 0 again, as an exporter that is restarted."""
        with self._lock:
            self._sent = self.sent()
            self._counters = Counters(SPEEDS)
            self._left = dict.fromkeys(SPEEDS, 0)
            self._life += 1

    def _counted(self) -> dict[str, int]:
        return {series: int(value) for series, value in self._counters.values().items()}

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        job = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                job.answer(self)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the name of the base)
                """Keep quiet."""

        return Handler

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        """Answer a scrape, or fail to."""
        began = time.time()
        fault = self._next_fault()
        if fault is Fault.DROPPED:
            request.close_connection = True
            return
        if fault is Fault.REFUSED:
            request.send_error(503)
            return
        if fault is Fault.SLOW:
            time.sleep(SLOW_SECONDS)
        with self._lock:
            answer = Answer(began, self._exposed(), self._life)
            self.answers.append(answer)
        request.send_response(200)
        request.send_header("Content-Type", "text/plain; version=0.0.4")
        request.end_headers()
        lines = (f"{series} {value}\n" for series, value in answer.values.items())
        request.wfile.write("".join(lines).encode())

    def _next_fault(self) -> Fault | None:
        with self._lock:
            if self._scrapes is None:
                return None
            self._scrapes += 1
            return self._faults.get(self._scrapes)

    def _exposed(self) -> dict[str, int]:
        before = 0 if self._life else _BEFORE
        return {
            series: value + (before if _is_of_fleet(series) else 0) - self._left[series]
            for series, value in self._counted().items()
        }


def _is_of_fleet(series: str) -> bool:
    return series.startswith(FLEET.metric)
