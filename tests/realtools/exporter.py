"""An exporter of counters that grow with time and of gauges, for a real Prometheus to scrape."""

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread


def scraping(target: str) -> dict[str, object]:
    """Return the scrape configuration of an exporter that is looked at every second."""
    return {
        "job_name": "shop",
        "scrape_interval": "1s",
        "static_configs": [{"targets": [target]}],
    }


@contextmanager
def running_exporter(per_second: Mapping[str, float], gauges: Mapping[str, float]) -> Iterator[str]:
    """Serve series for the time of a with block, and yield ``host:port``.

    Args:
        per_second: How fast each counter, written as ``metric{label="value"}``, grows.
        gauges: The value of each gauge.
    """
    began = time.monotonic()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            elapsed = time.monotonic() - began
            counters = {series: growth * elapsed for series, growth in per_second.items()}
            lines = (f"{series} {value}\n" for series, value in {**counters, **gauges}.items())
            self.send_response(200)
            self.send_header("Content-Type", "text/plain; version=0.0.4")
            self.end_headers()
            self.wfile.write("".join(lines).encode())

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name of the base
            """Keep quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
