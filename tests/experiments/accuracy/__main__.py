"""Print how far numbers are from the truth: `python -m tests.experiments.accuracy`.

Makes two months of a service with promtool, for each number of raw series, and asks a real
Prometheus at the moments of a grid. `nox -s accuracy -- --write` puts the tables into
docs/measured.md, too.
"""

from __future__ import annotations

import argparse
import sys
from time import monotonic
from typing import TYPE_CHECKING

from tests.experiments import marked
from tests.experiments.accuracy.measuring import measured
from tests.experiments.accuracy.readings import grid
from tests.experiments.accuracy.report import report
from tests.realtools.packages import find
from tests.realtools.tools import version_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tests.experiments.accuracy.measuring import Measured

SESSION = "accuracy"
LONGEST = 60
"""Days that the scenario knows."""

_FEWEST_SERIES = 4


def main(arguments: Sequence[str] | None = None, page: Path = marked.MEASURED) -> None:
    """Print the tables, and write them into the page of the docs if that is asked for."""
    given = _given(arguments)
    found = [_measured(given, series) for series in given.series]
    version = version_of(find("prometheus", given.line))
    text = report(found, version, len(grid(given.days)))
    sys.stdout.write(text)
    if given.write:
        marked.write(SESSION, text, page)


def _given(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.experiments.accuracy", description=__doc__
    )
    parser.add_argument("--series", nargs="+", type=int, default=[8, 100], help="raw series")
    parser.add_argument("--days", type=int, default=31, help="how long the grid is")
    parser.add_argument("--before", type=int, default=29, help="days that rules ran before it")
    parser.add_argument("--line", choices=("2", "3"), default="3", help="of Prometheus")
    parser.add_argument("--write", action="store_true", help="rewrite docs/measured.md")
    given = parser.parse_args(arguments)
    for series in given.series:
        if series % 2 or series < _FEWEST_SERIES:
            parser.error(f"--series: {series}: an even number from {_FEWEST_SERIES} on is needed")
    if given.days < 1 or given.before < 0 or given.days + given.before > LONGEST:
        parser.error(f"--days, --before: together 1 to {LONGEST} days, --days at least 1")
    return given


def _measured(given: argparse.Namespace, series: int) -> Measured:
    began = monotonic()

    def progress(step: str) -> None:
        sys.stderr.write(f"{series} series: {step} after {monotonic() - began:.0f} s\n")

    return measured(given.line, series, given.days, given.before, progress)


if __name__ == "__main__":
    main()
