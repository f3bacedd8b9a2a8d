"""What a real Prometheus records and alerts on that runs the rules, told in the rules' own time.

The rules run many times faster, see `tests.pipeline.scaling`. No scrape has to keep up with them:
one brings all samples with their times, most of which are yet to come. What the rules made of them
is moved to the time that they believe to live in, where a second Prometheus serves it with the raw
series: it looks as if rules had run there for hours.
"""

from __future__ import annotations

import time
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from slogen import build, naming
from tests.live.replay.counters import PACE
from tests.pipeline.scaling import hastened, short
from tests.realtools.backfill import Past
from tests.realtools.exporter import scraping
from tests.realtools.server import running_prometheus
from tests.realtools.serving import QuietHandler, serving
from tests.realtools.waiting import until

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from slogen import SLO, Settings
    from tests.realtools.server import PrometheusServer

    Course = tuple[int, Sequence[float | None]]
    """How many seconds after `START` a series begins, and its value at each scrape, or None."""
    Courses = Mapping[str, Course]
    Samples = list[tuple[float, float]]

START = 1_764_201_600  # 2025-11-27 00:00 UTC
SPEED = 60
EARLIER = 30
"""Minutes before `START` from which on gauges have to be there: rules run before they count."""
_READY = 20
"""Seconds in which a server starts and scrapes."""
_ALERTS = f'{naming.ALERT_SERIES}{{{naming.ALERT_STATE_LABEL}="{naming.FIRING}"}}'
_RECORDED = (naming.ERRORS_INCREASE, naming.EVENTS_INCREASE, _ALERTS)


@contextmanager
def ruled(  # noqa: PLR0913 (the speed may be left out)
    line: str,
    slos: Sequence[SLO],
    settings: Settings,
    courses: Courses,
    folder: Path,
    *,
    speed: int = SPEED,
) -> Iterator[PrometheusServer]:
    """Serve raw series, base series and ALERTS of rules that ran over them from `START` on.

    Args:
        line: Of Prometheus, "2" or "3".
        slos: The SLOs.
        settings: The settings that they are built with.
        courses: What each raw series is at each scrape, of which there is one every `PACE`.
        folder: Where all files go.
        speed: How many times faster the rules run.
    """
    past = Past(line=line, folder=folder / "past")
    past.folder.mkdir(parents=True)
    recorded = _recorded(line, slos, settings, courses, folder, speed)
    raw = ((series, list(_scraped(course))) for series, course in courses.items())
    past.add_samples(chain(raw, recorded))
    with past.serving() as server:
        yield server


def _recorded(  # noqa: PLR0913, PLR0917 (those of `ruled`)
    line: str,
    slos: Sequence[SLO],
    settings: Settings,
    courses: Courses,
    folder: Path,
    speed: int,
) -> list[tuple[str, Samples]]:
    """Return the series of a server that ran the rules, with the times that these believe in."""
    built = build(slos, settings).render("prometheus")
    rules = {folder / Path(each.path).name: hastened(each.text, speed) for each in built}
    for path in rules:
        path.write_text("groups: []\n")
    hour = 3_600 // speed
    began = hour * (1 + int(time.time() + _READY) // hour)
    lasts = max(at for course in courses.values() for at, _ in _scraped(course)) - START
    time.sleep(began - _READY - time.time())
    with (
        _exporter(_exposed(courses, began, speed)) as target,
        running_prometheus(
            line,
            rules,
            folder=folder,
            scrape_configs=[scraping(target, every="2s")],
            arguments=[f"--query.lookback-delta={short('5m', speed)}"],
        ) as server,
    ):
        # Rules that ran before the scrape would count moments without data.
        until(lambda: server.query("max_over_time(scrape_samples_scraped[1m]) > 0"), seconds=_READY)
        for path, text in rules.items():
            path.write_text(text)
        server.reload()
        end = began + lasts / speed
        time.sleep(max(end + 1 - time.time(), 0))
        found = [
            (_name(series["metric"]), _moved(series["values"], began, speed))
            for metric in _RECORDED
            for series in server.get(
                "/api/v1/query", query=f"{metric}[{round(end - began) + _READY}s]", time=end
            )["result"]
        ]
    return [(name, samples) for name, samples in found if samples]


def _scraped(course: Course) -> Iterator[tuple[int, float]]:
    """Yield times and values of a series."""
    at, values = course
    for place, value in enumerate(values):
        if value is not None:
            yield START + at + PACE * place, value


def _exposed(courses: Courses, began: int, speed: int) -> bytes:
    lines = (
        f"{series} {value} {1_000 * began + 1_000 * (at - START) // speed}\n"
        for series, course in courses.items()
        for at, value in _scraped(course)
    )
    return "".join(lines).encode()


def _moved(values: Sequence[tuple[float, str]], began: int, speed: int) -> Samples:
    """Return samples at the times that rules believe in."""
    return [(round(START + speed * (at - began), 3), float(value)) for at, value in values]


def _name(labels: Mapping[str, str]) -> str:
    others = ",".join(f'{name}="{value}"' for name, value in labels.items() if name != "__name__")
    return f"{labels['__name__']}{{{others}}}"


@contextmanager
def _exporter(text: bytes) -> Iterator[str]:
    """Serve a text until it was read once, and nothing after that."""
    texts = [b"", text]

    class Handler(QuietHandler):
        def do_GET(self) -> None:  # noqa: N802 (http.server calls it so)
            body = texts[-1]
            self.send_response(200)
            self.send_header("Content-Type", "text/plain; version=0.0.4")
            self.end_headers()
            try:
                self.wfile.write(body)
            except OSError:  # the scrape took too long
                return
            texts[1:] = []

    with serving(Handler) as target:
        yield target
