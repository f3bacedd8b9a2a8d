"""Print how old recorded numbers are in an incident: `python -m tests.experiments.lag`.

Everything fails from a moment on, and each bad event counts the seconds since: what a number has
seen says how old it is. It takes 36 minutes, since no time is divided; several SLOs on the same
series make it many phases of evaluations.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from slogen import SLO, Events, Selector, Service, Settings, build, naming
from tests.experiments.lag.ages import Moment, ages
from tests.realtools.exporter import changing_exporter, scraping
from tests.realtools.server import running_prometheus

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.realtools.exporter import Exporter
    from tests.realtools.server import PrometheusServer

_LINE = "3"
_SLOS = 12
_PER_SECOND = 100.0
_GOOD, _BAD = 'requests_total{code="200"}', 'requests_total{code="500"}'
_BEFORE, _FIRST, _LAST = 360, 240, 1_800
_BETWEEN = 7
_READ = "|".join((
    naming.RATIO_PERIOD, naming.BUDGET_REMAINING, naming.COVERAGE,
    naming.ERRORS_PERIOD, naming.EVENTS_PERIOD,
    *(f"slo:sli_error:ratio_rate{window}" for window in ("6h", "1d", "3d")),
))  # fmt: skip


def main() -> None:
    """Measure, and print a table of Markdown."""
    intervals = ("1m", "2m")
    found = _measured(intervals)
    lines = ["| slow groups every | number | median | 95 % | worst |"]
    lines.append("| --- | --- | ---: | ---: | ---: |")
    for interval in intervals:
        for number, seconds in found[interval].items():
            ordered = sorted(seconds)
            shown = (statistics.median(ordered), ordered[int(0.95 * len(ordered))], ordered[-1])
            cells = " | ".join(f"{one:.0f} s" for one in shown)
            lines.append(f"| {interval} | {number} | {cells} |")
    sys.stdout.write("\n".join((*lines, "")))


def _measured(intervals: Sequence[str]) -> dict[str, dict[str, list[float]]]:
    """Return the ages of each number, by the interval of the slow groups."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = [_rules(folder / interval, interval) for interval in intervals]
        with changing_exporter({_GOOD: _PER_SECOND, _BAD: 0}) as exporter:
            scrape = scraping(exporter.target, every="30s")
            with running_prometheus(_LINE, files, folder=folder, scrape_configs=[scrape]) as server:
                moments = _incident(server, exporter)
    return {interval: ages(moments, f"{interval}-") for interval in intervals}


def _incident(server: PrometheusServer, exporter: Exporter) -> list[Moment]:
    time.sleep(_BEFORE)
    began = time.time()
    exporter.counters.run_at({_GOOD: 0, _BAD: _PER_SECOND})
    time.sleep(_FIRST)
    moments = []
    while time.time() < began + _LAST:
        now = time.time()
        answer = server.query(f'{{__name__=~"{_READ}"}}', now)
        moments.append(Moment.of(now - began, answer, _PER_SECOND))
        time.sleep(_BETWEEN)
    return moments


def _rules(folder: Path, interval: str) -> Path:
    requests = Selector("requests_total")
    slos = [
        SLO(
            service=Service("shop"),
            name=f"{interval}-{number}",
            id=f"{interval}-{number}",
            objective="90%",
            window="28d",
            sli=Events(total=requests, bad=requests.where('code="500"')),
            settings=Settings(slow_interval=interval),
        )
        for number in range(_SLOS)
    ]
    build(slos).write(folder, layout="single")
    (file,) = folder.glob("prometheus/*.yaml")
    return file


if __name__ == "__main__":
    main()
