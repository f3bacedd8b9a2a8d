"""Draw dashboards in a browser and judge them: `python -m tests.experiments.browser [case ...]`.

Ends with 0 where nothing is wrong, 1 with findings, 4 where the machine lacks something.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from tests.experiments.browser.bundle import BundleError, bundled
from tests.experiments.browser.cases import CASES, ROOT, BuildError, Case, Result, Tools, checked
from tests.experiments.browser.drawing import DrawingError
from tests.experiments.browser.findings import panels_of
from tests.experiments.browser.machine import MachineLacksError, chromium, fonts, require_node
from tests.experiments.browser.typed import TypingError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

FOLDER = ROOT / ".browser"


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a table of what was drawn, and all findings."""
    names = [case.name for case in CASES]
    parser = argparse.ArgumentParser(
        prog="python -m tests.experiments.browser", description=__doc__
    )
    parser.add_argument("case", nargs="*", help=f"of {', '.join(names)}; by default all")
    parser.add_argument("--out", type=Path, default=FOLDER / "pictures", help="of the pictures")
    given = parser.parse_args(arguments)
    if unknown := sorted(set(given.case) - set(names)):
        parser.error(f"unknown: {', '.join(unknown)}; known: {', '.join(names)}")
    try:
        results = [*_results(given.case or names, given.out)]
    except (MachineLacksError, BundleError, BuildError, DrawingError, TypingError) as error:
        sys.stderr.write(f"{error}\n")
        return 4
    sys.stdout.write(f"{table(results)}\n\nPictures: {given.out}\n")
    found = [finding for one in results for finding in one.findings]
    sys.stdout.writelines(f"{finding}\n" for finding in found)
    return 1 if found else 0


def tools() -> Tools:
    """Return what drawing needs, fetched and built if need be."""
    require_node()
    browser = chromium()
    bundled(FOLDER / "page")
    return Tools(page=FOLDER / "page", fonts=fonts(), chromium=browser)


def table(results: Iterable[Result]) -> str:
    """Return a line for each dashboard, and one for all."""
    rows = [
        (
            one.case,
            one.dashboard["uid"],
            one.drawn,
            len(panels_of(one.dashboard)),
            one.queries,
            len(one.findings),
        )
        for one in results
    ]
    total = ("all", len(rows), *(sum(column) for column in [*zip(*rows, strict=True)][2:]))
    head = ("case", "dashboard", "drawn", "panels", "queries", "findings")
    return "\n".join(
        f"{a:10}{b!s:45}{c:>8}{d:>8}{e:>9}{f:>10}" for a, b, c, d, e, f in (head, *rows, total)
    )


def _results(names: Iterable[str], pictures: Path) -> Iterable[Result]:
    """Yield what became of each case; there are as many cases at a time as cores."""
    draw = partial(_checked, tools=tools(), pictures=pictures)
    with ProcessPoolExecutor(os.cpu_count()) as cores:
        for results in cores.map(draw, [case for case in CASES if case.name in names]):
            yield from results


def _checked(case: Case, *, tools: Tools, pictures: Path) -> tuple[Result, ...]:
    begin = time.monotonic()
    results = checked(case, tools, pictures)
    sys.stderr.write(f"{case.name}: {time.monotonic() - begin:.0f} s\n")
    return results


if __name__ == "__main__":
    sys.exit(main())
