"""An exporter of counters that grow with time and of gauges, for a real Prometheus to scrape."""

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from threading import Lock

import attrs

from tests.realtools.serving import QuietHandler, serving


def scraping(target: str, *, every: str = "1s") -> dict[str, object]:
    """Return the scrape configuration of an exporter that is looked at so often."""
    return {
        "job_name": "shop",
        "scrape_interval": every,
        "scrape_timeout": every,
        "static_configs": [{"targets": [target]}],
    }


class Counters:
    """Counters that grow at speeds which may change while they are looked at."""

    def __init__(self, per_second: Mapping[str, float]) -> None:
        """Begin at 0 with these speeds."""
        self._lock = Lock()
        self._since = time.monotonic()
        self._values = dict.fromkeys(per_second, 0.0)
        self._speeds = dict(per_second)

    def run_at(self, per_second: Mapping[str, float]) -> None:
        """Let the counters go on from where they are; those that are not named keep their speed."""
        with self._lock:
            self._values = self._now()
            self._since = time.monotonic()
            self._speeds |= per_second
            self._values = dict.fromkeys(self._speeds, 0.0) | self._values

    def values(self) -> dict[str, float]:
        """Return what each counter has reached."""
        with self._lock:
            return self._now()

    def _now(self) -> dict[str, float]:
        elapsed = time.monotonic() - self._since
        return {name: self._values[name] + speed * elapsed for name, speed in self._speeds.items()}


@attrs.frozen(kw_only=True)
class Exporter:
    """A running exporter: where it is (`host:port`), its counters, and its gauges.

    A gauge that is set has its new value at the next scrape.
    """

    target: str
    counters: Counters
    gauges: dict[str, float]


@contextmanager
def running_exporter(per_second: Mapping[str, float], gauges: Mapping[str, float]) -> Iterator[str]:
    """Serve series for the time of a with block, and yield ``host:port``.

    Args:
        per_second: How fast each counter, written as ``metric{label="value"}``, grows.
        gauges: The value of each gauge.
    """
    with changing_exporter(per_second, gauges) as exporter:
        yield exporter.target


@contextmanager
def changing_exporter(
    per_second: Mapping[str, float], gauges: Mapping[str, float] | None = None
) -> Iterator[Exporter]:
    """Serve series for the time of a with block; speeds of counters and gauges may be changed.

    Args:
        per_second: How fast each counter, written as ``metric{label="value"}``, grows at first.
        gauges: The value of each gauge.
    """
    counters, states = Counters(per_second), dict(gauges or {})

    class Handler(QuietHandler):
        def do_GET(self) -> None:  # noqa: N802 (http.server calls it so)
            series = counters.values() | states.copy()
            lines = (f"{name} {value}\n" for name, value in series.items())
            self.send_response(200)
            self.send_header("Content-Type", "text/plain; version=0.0.4")
            self.end_headers()
            self.wfile.write("".join(lines).encode())

    with serving(Handler) as target:
        yield Exporter(target=target, counters=counters, gauges=states)
