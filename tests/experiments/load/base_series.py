"""Print what base series cost a server: `python -m tests.experiments.load.base_series`.

Beside them stand the first design, the rate over three scrapes, and the raw rates of a window of
1h. Half of all raw series are bad; no setting of slogen is changed.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from slogen import SLO, Events, Selector, Service, build
from slogen.naming import ERRORS_INCREASE, EVENTS_INCREASE
from slogen.rules import RecordingRule
from tests.experiments.load.history import Past, write_blocks
from tests.realtools.packages import find
from tests.realtools.server import running_prometheus
from tests.realtools.tools import version_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tests.realtools.server import PrometheusServer

COUNTS = (8, 100, 1_000)
INTERVALS = (15, 30)
LINE = "3"
_TOTAL = Selector("requests_total")
_BAD = _TOTAL.where('code="500"')
_TIMES = 25
_PAST_SECONDS = 7_200
_FIRST_EVENTS = f"sum(rate({_TOTAL}[90s])) >= 0 < Inf"
_FIRST_ERRORS = f"(sum(rate({_BAD}[90s])) >= 0 < Inf or 0 * ({_FIRST_EVENTS})) and {_FIRST_EVENTS}"


@attrs.frozen
class Cost:
    """What an evaluation reads, in samples, and how long it takes, in milliseconds."""

    samples: int
    milliseconds: float


def ways() -> Mapping[str, Sequence[str]]:
    """Return the expressions of each way."""
    slo = SLO(
        service=Service("shop"),
        name="availability",
        objective="99.9%",
        window="30d",
        sli=Events(total=_TOTAL, bad=_BAD),
    )
    (built,) = build([slo]).rules
    base = [
        rule.expr
        for group in built.groups
        for rule in group.rules
        if isinstance(rule, RecordingRule) and rule.record in {EVENTS_INCREASE, ERRORS_INCREASE}
    ]
    return {
        "base series": base,
        "first design": (_FIRST_EVENTS, _FIRST_ERRORS),
        "raw rates of 1h": tuple(f"sum(rate({selector}[1h]))" for selector in (_TOTAL, _BAD)),
    }


def costs(count: int, interval: int, folder: Path) -> dict[str, Cost]:
    """Return what each way costs with so many raw series, scraped at an interval."""
    now = int(time.time())
    codes = ("200", "500")
    series = tuple(f'{_TOTAL}{{code="{codes[n % 2]}",pod="{n // 2}"}}' for n in range(count))
    past = Past(series=series, mean=10, interval=interval, seconds=_PAST_SECONDS, counter=True)
    write_blocks(LINE, [past], now=now, data=folder / "data", work=folder)
    with running_prometheus(LINE, [], folder=folder) as server:
        return {way: _cost(server, exprs, now) for way, exprs in ways().items()}


def _cost(server: PrometheusServer, exprs: Sequence[str], now: int) -> Cost:
    answers = [[_stats(server, expr, now - n) for expr in exprs] for n in range(_TIMES)]
    return Cost(
        samples=max(sum(samples for samples, _ in answer) for answer in answers),
        milliseconds=statistics.median(sum(ms for _, ms in answer) for answer in answers),
    )


def _stats(server: PrometheusServer, expr: str, at: int) -> tuple[int, float]:
    stats = server.get("/api/v1/query", query=expr, time=at, stats="all")["stats"]
    samples: int = stats["samples"]["totalQueryableSamples"]
    return samples, 1_000 * stats["timings"]["evalTotalTime"]


def table(counts: Sequence[int], intervals: Sequence[int]) -> Iterator[str]:
    """Yield the lines of a Markdown table."""
    names = [f"{way}: samples | ms" for way in ways()]
    yield f"| scrape interval | raw series | {' | '.join(names)} |"
    yield f"| --- | --- |{' ---: |' * 2 * len(names)}"
    for interval in intervals:
        for count in counts:
            with tempfile.TemporaryDirectory() as folder:
                found = costs(count, interval, Path(folder)).values()
            cells = (f"{cost.samples:,} | {cost.milliseconds:.1f}" for cost in found)
            yield f"| {interval} s | {count:,} | {' | '.join(cells)} |"


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.experiments.load.base_series", description=__doc__
    )
    parser.add_argument("--series", default=COUNTS, nargs="+", type=int, help="how many raw series")
    given = parser.parse_args(arguments)
    version = version_of(find("prometheus", LINE))
    sys.stdout.write(f"Both base rules, one evaluation, Prometheus {version}.\n\n")
    for line in table(given.series, INTERVALS):
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
