"""An exporter that serves expositions from files, each at a path of its own.

A value of a counter or of a histogram is what is added each second, `NOW` in that of a gauge is the
time: a file shows what an exporter writes, and here it lives.
"""

from __future__ import annotations

import re
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from tests.realtools.serving import QuietHandler, serving

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = Path(__file__).parent / "expositions"
FILES = sorted(FOLDER.glob("*.prom"))
_TYPE = re.compile(r"# TYPE (\S+) (\S+)")
_SAMPLE = re.compile(r"(\S*?(?:\{.*\})?) (\S+)")


def living(text: str, elapsed: float, now: float) -> str:
    r"""Return an exposition after some seconds.

    >>> living("# TYPE a counter\na 2\n# TYPE b gauge\nb NOW-5", 10, 100)
    '# TYPE a counter\na 20.0\n# TYPE b gauge\nb 95.0\n'
    """
    kind, lines = "", []
    for line in text.splitlines():
        if line.startswith("#"):
            kind = match[2] if (match := _TYPE.match(line)) else kind
            lines.append(line)
            continue
        series, value = _SAMPLE.fullmatch(line).groups()  # type: ignore[union-attr]
        if value.startswith("NOW"):
            number = now + float(value.removeprefix("NOW"))
        else:
            number = float(value) * (1 if kind == "gauge" else elapsed)
        lines.append(f"{series} {number}")
    return "\n".join([*lines, ""])


@contextmanager
def running_exporters() -> Iterator[str]:
    """Serve every file at the path of its name for the time of a block, and yield ``host:port``."""
    began, texts = time.monotonic(), {f"/{file.stem}": file.read_text() for file in FILES}

    class Handler(QuietHandler):
        def do_GET(self) -> None:  # noqa: N802 (http.server calls it so)
            text = living(texts[self.path], time.monotonic() - began, time.time())
            self.send_response(200)
            self.send_header("Content-Type", "text/plain; version=0.0.4")
            self.end_headers()
            self.wfile.write(text.encode())

    with serving(Handler) as target:
        yield target


def scrape_configs(target: str) -> list[dict[str, object]]:
    """Return how Prometheus scrapes them: each as a job and an instance of its file's name."""
    return [
        {
            "job_name": file.stem,
            "metrics_path": f"/{file.stem}",
            "scrape_interval": "3s",
            "scrape_timeout": "3s",
            "honor_labels": file.stem == "pushgateway",
            "static_configs": [{"targets": [target], "labels": {"instance": file.stem}}],
        }
        for file in FILES
    ]
