"""Load on a real Prometheus as Markdown: `python -m tests.experiments.load`, or `nox -s load`.

Progress goes to stderr. The machine should have nothing else to do meanwhile.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from slogen.units import Duration
from tests.experiments import marked
from tests.experiments.load.estates import many_groups, many_slos
from tests.experiments.load.runs import Options, run_raw, run_slogen, say
from tests.experiments.load.tables import raw_table, slogen_table
from tests.realtools.packages import find
from tests.realtools.tools import version_of

if TYPE_CHECKING:
    from collections.abc import Sequence

SESSION = "load"
_DAY = 86_400


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the tables."""
    given = _parser().parse_args(arguments)
    text = f"{_machine(given.line)}\n\n{_tables(given)}"
    sys.stdout.write(text)
    if given.write:
        marked.write(SESSION, text)
    say("done")


def _machine(line: str) -> str:
    version = version_of(find("prometheus", line))
    return (
        f"Prometheus {version} on {platform.system()} {platform.machine()} with {os.cpu_count()} "
        f"CPUs, which\nthe load test shares; load average at the start {os.getloadavg()[0]:.1f}."
    )


def _tables(given: argparse.Namespace) -> str:
    days = float(Duration(given.history).seconds) / _DAY
    slos = many_slos(given.slos)
    with tempfile.TemporaryDirectory(prefix="slogen-load-") as folder:
        options = Options(line=given.line, seconds=60 * given.minutes, work=Path(folder))
        runs = [run_slogen(options, slos, days, compacted=compacted) for compacted in (True, False)]
        if given.groups:
            runs.append(run_slogen(options, many_groups(given.groups), days))
        texts = [slogen_table(runs)]
        if given.raw_sources:
            steps = list(run_raw(options, days, given.raw_sources, given.raw_limit))
            texts.append(raw_table(steps, days, given.raw_sources))
    return "\n".join(texts)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.experiments.load", description=__doc__)
    parser.add_argument("--line", default="3", choices=("2", "3"), help="of Prometheus")
    parser.add_argument("--slos", type=int, default=2_000, help="of 20 raw series each")
    parser.add_argument("--history", default="30d", help="how many days of hours there are")
    parser.add_argument("--groups", type=int, default=10_000, help="of one SLO; 0: none")
    parser.add_argument("--minutes", type=float, default=3, help="of each measurement of slogen")
    parser.add_argument("--write", action="store_true", help="rewrite docs/measured.md")
    parser.add_argument(
        "--raw-sources", type=int, default=10, help="SLOs with raw history; 0: no raw way"
    )
    parser.add_argument("--raw-limit", type=int, default=6_400, help="the most SLOs of the raw way")
    return parser


if __name__ == "__main__":
    main()
