"""Detection as Markdown: `python -m tests.experiments.detection`, or `nox -s detection`.

Sloth is compared where it is at hand: `go install github.com/slok/sloth/cmd/sloth@v0.16.0`.
Rules of any other tool, for the counters requests_total and failures_total, are compared with
`--rules`. Progress goes to stderr.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from tests.experiments import marked
from tests.experiments.detection.asking import pages
from tests.experiments.detection.situations import incidents, quiet_month
from tests.experiments.detection.tools import PYRRA_FORM, SLOGEN, of_files, sloth
from tests.realtools.packages import find
from tests.realtools.tools import version_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tests.experiments.detection.asking import Pages
    from tests.experiments.detection.situations import Situation
    from tests.experiments.detection.tools import Tool


SESSION = "detection"


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table."""
    given = _parser().parse_args(arguments)
    others = [of_files(*rules) for rules in given.rules]
    tools = [tool for tool in (SLOGEN, sloth(given.sloth), PYRRA_FORM, *others) if tool]
    version = version_of(find("promtool", given.line))
    head = f"Pages of each tool's rules, run by promtool {version}; 30 s between evaluations.\n"
    lines = (head, *_table(given.line, tools, given.days))
    text = "".join(f"{line}\n" for line in lines)
    sys.stdout.write(text)
    if given.write:
        marked.write(SESSION, text)


def _table(line: str, tools: Sequence[Tool], days: int) -> Iterator[str]:
    yield f"| what happens | {' | '.join(tool.name for tool in tools)} |"
    yield f"| --- |{' --- |' * len(tools)}"
    for situation in (*incidents(), *([quiet_month(days)] if days else [])):
        cells = []
        for tool in tools:
            sys.stderr.write(f"{situation.name}: {tool.name}\n")
            with tempfile.TemporaryDirectory() as folder:
                found = pages(line, tool, situation, Path(folder) / "work")
            cells.append(said(situation, found))
        yield f"| {situation.name} | {' | '.join(cells)} |"


def said(situation: Situation, found: Pages) -> str:
    """Return what pages there were: times after the beginning and the end of an incident."""
    if situation.begin is None or situation.end is None:
        hours = found.seconds / 3_600
        return f"{found.times} pages, {hours:.1f} h" if found.times else "none"
    if found.first is None or found.last is None:
        return "no page"
    again = f", {found.times} times" if found.times > 1 else ""
    page, resolved = found.first - situation.begin, found.last - situation.end
    return f"page after {_time(page)}, resolved after {_time(resolved)}{again}"


def _time(seconds: int) -> str:
    sign, (minutes, rest) = "-" * (seconds < 0), divmod(abs(seconds), 60)
    return f"{sign}{minutes}m{rest:02}s"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m tests.experiments.detection", description=__doc__
    )
    parser.add_argument("--line", default="3", choices=("2", "3"), help="of Prometheus")
    parser.add_argument("--sloth", help="the program; sloth on PATH unless given")
    parser.add_argument(
        "--rules",
        nargs=3,
        action="append",
        default=[],
        metavar=("NAME", "MATCHER", "FILE"),
        help="a tool, what selects its pages, and its rules: {objective} in FILE is 99.9 or 99",
    )
    parser.add_argument("--write", action="store_true", help="rewrite docs/measured.md")
    parser.add_argument("--days", type=int, default=30, help="of the quiet month; 0: none")
    return parser


if __name__ == "__main__":
    main()
