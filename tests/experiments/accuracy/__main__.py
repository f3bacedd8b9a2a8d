"""Accuracy and cost as Markdown: `python -m tests.experiments.accuracy`, or `nox -s accuracy`.

Makes a TSDB for each number of raw series with promtool, and asks a real Prometheus.
"""

from __future__ import annotations

import argparse
import math
import sys
import tempfile
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from tests.experiments.accuracy import setting
from tests.experiments.accuracy.measuring import WAYS, Cost, Reading, costs, readings
from tests.realtools.packages import find
from tests.realtools.tools import version_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

AIMS = (
    "Aims: the period's ratio within 0.1 % of the truth, 1h and longer within 2 %; at 100 raw "
    "series at least 100 times fewer samples per second than raw windows for the long windows "
    "together; what the windows read does not grow with the number of series."
)
AIM = {"1h": 0.02, "6h": 0.02, "1d": 0.02, "3d": 0.02, "30d": 0.001}
"""How far off a window may be, as a part of the truth; there is no aim for 5m."""

LONG = ("1d", "3d", "30d")
MOST_SAMPLES = 10_000_000
"""How many raw samples a TSDB gets at most; with more series the time is shorter."""

ENOUGH = 100
"""How many bad events a window must have for its error to say something."""

_SHORTEST_DAYS = 3.2


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.experiments.accuracy", description=__doc__
    )
    parser.add_argument("--series", default="8,100,1000", help="how many raw series, as a list")
    parser.add_argument("--days", type=float, default=32, help="how long the past is, at most")
    parser.add_argument("--line", choices=("2", "3"), default="3", help="of Prometheus")
    given = parser.parse_args(arguments)
    counts = [int(text) for text in given.series.split(",")]
    if wrong := [count for count in counts if count < 2 or count % 2]:
        parser.error(f"--series: {wrong[0]} is no even number; a pod has two series")
    if given.days < _SHORTEST_DAYS:
        parser.error(f"--days: at least {_SHORTEST_DAYS}, for windows of 3d")
    version = version_of(find("prometheus", given.line))
    _say(f"# Accuracy and cost\n\nPrometheus {version}, scrapes every 30 s. {AIMS}\n")
    bills = {}
    for count in counts:
        days = min(
            given.days, max(_SHORTEST_DAYS, MOST_SAMPLES / (count * 86_400 / setting.SCRAPE))
        )
        found, bills[count] = _measured(given.line, count, days)
        _say_accuracy(count, days, found)
    _say_costs(bills)


def _measured(
    line: str, count: int, days: float
) -> tuple[list[Reading], dict[str, dict[str, Cost]]]:
    began = monotonic()

    def progress(words: str) -> None:
        sys.stderr.write(
            f"{count} series, {days:.1f} days: {words} after {monotonic() - began:.0f} s\n"
        )

    with tempfile.TemporaryDirectory(prefix="slogen-accuracy-") as scratch:
        past = setting.made(line, Path(scratch), count, days)
        progress("backfilled")
        with past.serving() as server:
            found = list(readings(server, count, days))
            bill = costs(server, days)
        progress("measured")
    return found, bill


def _say_accuracy(count: int, days: float, found: list[Reading]) -> None:
    _say(f"## Error ratios over {count:,} raw series, {days:.1f} days\n")
    _table(
        ("window", "when", "bad events", "truth", *(f"{way} | off" for way in WAYS)),
        (
            (
                one.window,
                one.moment,
                f"{one.bad:,}",
                f"{one.truth:.6f}",
                *(
                    cell
                    for way in WAYS
                    for cell in (_value(one.answers[way].value), _percent(one.error(way)))
                ),
            )
            for one in found
        ),
    )
    enough = [one for one in found if one.bad >= ENOUGH]
    _say_worst([one for one in enough if one.moment != setting.AT_A_STEP])
    _say_misses(enough)
    if missing := [w for w in setting.WINDOWS if w not in {one.window for one in found}]:
        _say(f"Not reached: {', '.join(missing)}, for which {days:.1f} days are too short.\n")


def _say_worst(found: list[Reading]) -> None:
    _say(
        f"At worst, where a window has {ENOUGH} bad events or more (of fewer each one that the lag "
        f"moves over a border counts for more than a percent), and but for *{setting.AT_A_STEP}*, "
        "where the window's border is a step and what is off is the lag:\n"
    )
    _table(
        ("window", "moments", *WAYS),
        (
            (
                window,
                str(sum(one.window == window for one in found)),
                *(_percent(_worst(found, window, way)) for way in WAYS),
            )
            for window in dict.fromkeys(one.window for one in found)
        ),
    )


def _say_misses(found: list[Reading]) -> None:
    beyond = [one for one in found if one.error(WAYS[0]) > AIM.get(one.window, math.inf)]
    words = ", ".join(
        f"{one.window}, {one.moment} ({_percent(one.error(WAYS[0]))})" for one in beyond
    )
    _say(f"Where slogen misses the aim: {words or 'nowhere'}.\n")


def _say_costs(bills: dict[int, dict[str, dict[str, Cost]]]) -> None:
    _say(
        "## Samples read\n\nAs `stats=all` of the query API says, for each evaluation and for each "
        "second. The other ways are taken to be evaluated as rarely as slogen's windows: every 30 "
        "seconds up to 6h, every 2m above.\n"
    )
    for count, bill in bills.items():
        _say(f"### {count:,} raw series\n")
        _table(
            ("rule", *(f"{way} | per second" for way in WAYS), "raw / slogen"),
            ((name, *_cells(costs)) for name, costs in bill.items()),
        )
        _say_sums(bill)
    _say("### What the windows read, by the number of raw series\n")
    windows = [name for name in setting.WINDOWS if all(name in bill for bill in bills.values())]
    _table(
        ("raw series", *windows),
        (
            (f"{count:,}", *(f"{bill[name]['slogen'].samples:,}" for name in windows))
            for count, bill in bills.items()
        ),
    )


def _say_sums(bill: dict[str, dict[str, Cost]]) -> None:
    """Say what long windows together cost, and what everything does."""
    chosen = [name for name in LONG if name in bill]
    slogen, raw = (sum(bill[name][way].per_second for name in chosen) for way in (WAYS[0], WAYS[2]))
    everything = sum(costs[WAYS[0]].per_second for costs in bill.values())
    all_raw = sum(costs[WAYS[2]].per_second for costs in bill.values() if WAYS[2] in costs)
    _say(
        f"{', '.join(chosen)} together: {slogen:,.0f} against {raw:,.0f} raw samples per second, "
        f"{raw / slogen:,.0f} times fewer. All windows with base series and hours: "
        f"{everything:,.0f} against {all_raw:,.0f}, {all_raw / everything:,.0f} times fewer.\n"
    )


def _cells(costs: dict[str, Cost]) -> Iterable[str]:
    for way in WAYS:
        if way in costs:
            yield f"{costs[way].samples:,}"
            yield f"{costs[way].per_second:,.0f}"
        else:
            yield from ("", "")
    yield f"{costs[WAYS[2]].samples / costs[WAYS[0]].samples:,.0f}" if WAYS[2] in costs else ""


def _worst(found: list[Reading], window: str, way: str) -> float:
    return max(one.error(way) for one in found if one.window == window)


def _value(value: float | None) -> str:
    return "none" if value is None else f"{value:.6f}"


def _percent(error: float) -> str:
    if math.isnan(error):
        return ""
    return "no value" if math.isinf(error) else f"{error:.3%}"


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> None:
    names = " | ".join(head).split(" | ")
    _say(f"| {' | '.join(names)} |\n| {' | '.join('---' for _ in names)} |")
    for row in rows:
        _say(f"| {' | '.join(row)} |")
    _say("")


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
