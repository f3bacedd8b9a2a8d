"""An exporter whose tenants come and go, which logs what it answered to scrapes."""

from __future__ import annotations

import time
from collections.abc import Mapping
from contextlib import contextmanager, suppress
from threading import Lock
from typing import TYPE_CHECKING

import attrs

from slogen.naming import ERRORS_INCREASE
from tests.hours.slos import REQUESTS, TENANT
from tests.realtools.exporter import Counters
from tests.realtools.serving import QuietHandler, serving

if TYPE_CHECKING:
    from collections.abc import Iterator

BAD_CODE = "500"
SPEEDS: Mapping[str, float] = {"200": 300.0, BAD_CODE: 100.0}
"""How many events a second there are of each code while a tenant sends."""

_SILENCE = dict.fromkeys(SPEEDS, 0.0)


@attrs.frozen
class Answer:
    """What the exporter answered to a scrape: when, and its counters by tenant and code."""

    time: float
    counters: Mapping[str, Mapping[str, int]]

    def since(self, before: Answer, tenant: str, record: str) -> int:
        """Return how many events of a tenant, all or bad ones, there were since another answer."""
        codes = [BAD_CODE] if record == ERRORS_INCREASE else SPEEDS
        then, now = (answer.counters.get(tenant, {}) for answer in (before, self))
        return sum(max(0, now.get(code, 0) - then.get(code, 0)) for code in codes)


@attrs.define
class Exporter:
    """Counters of tenants, each with a series a code, and the log of all answers."""

    target: str = ""
    answers: list[Answer] = attrs.field(factory=list)
    _tenants: dict[str, Counters] = attrs.field(factory=dict)
    _lock: Lock = attrs.field(factory=Lock)

    def appear(self, tenant: str) -> None:
        """Expose a tenant's counters, at 0, without any event yet."""
        with self._lock:
            self._tenants[tenant] = Counters(_SILENCE)

    def send(self, *tenants: str) -> None:
        """Let events of tenants happen from now on."""
        for tenant in tenants:
            self._tenants[tenant].run_at(SPEEDS)

    def stop(self) -> None:
        """Let no more events happen."""
        with self._lock:
            for counters in self._tenants.values():
                counters.run_at(_SILENCE)

    def silence(self, tenant: str) -> None:
        """Let no more events of a tenant happen."""
        self._tenants[tenant].run_at(_SILENCE)

    def vanish(self, tenant: str) -> None:
        """Expose a tenant's counters no longer."""
        with self._lock:
            del self._tenants[tenant]

    def answer(self) -> str:
        """Return what all counters say, and keep it in the log."""
        with self._lock:
            counters = {
                tenant: {code: int(value) for code, value in counters.values().items()}
                for tenant, counters in self._tenants.items()
            }
            self.answers.append(Answer(time.time(), counters))
        return "".join(
            f'{REQUESTS.metric}{{{TENANT}="{tenant}",code="{code}"}} {value}\n'
            for tenant, codes in counters.items()
            for code, value in codes.items()
        )


@contextmanager
def serving_tenants() -> Iterator[Exporter]:
    """Answer scrapes for the time of a with block."""
    exporter = Exporter()

    class Handler(QuietHandler):
        def do_GET(self) -> None:  # noqa: N802 (http.server calls it so)
            body = exporter.answer().encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/plain; version=0.0.4")
            with suppress(ConnectionError):  # of a server that was killed
                self.end_headers()
                self.wfile.write(body)

    with serving(Handler) as exporter.target:
        yield exporter
