"""Run tests and print what they cost, by folder and for the dearest tests.

Arguments are pytest's. Times are seconds of processors: they hardly depend on what else runs, as
the time on a clock does.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from tests.experiments.times import measuring

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

DEAREST = 40


def main() -> int:
    """Run pytest with the plugin, print the tables, and return pytest's exit code."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "pytest", "-p", measuring.__name__, *sys.argv[1:]]
        ended = subprocess.run(  # noqa: S603 - our own tests
            command, env=os.environ | {measuring.FOLDER: folder}, check=False
        ).returncode
        files = sorted(Path(folder).iterdir())
        lines = [line for file in files for line in file.read_text().splitlines()]
    costs = [(one["test"], one["processor"]) for one in map(json.loads, lines)]
    sys.stdout.write("\n".join(tables(costs)) + "\n")
    return ended


def tables(costs: list[tuple[str, float]]) -> list[str]:
    """Return the lines of three tables: by folder, by file and by test."""
    whole = sum(seconds for _, seconds in costs)
    return [
        f"{len(costs)} tests took {whole:.0f} seconds of processors.",
        *_table("folder", costs, _folder),
        *_table("file", costs, lambda test: test.partition("::")[0]),
        *_table("test", costs, str),
    ]


def _folder(test: str) -> str:
    return "/".join(test.partition("::")[0].split("/")[:-1])


def _table(
    title: str, costs: Iterable[tuple[str, float]], group: Callable[[str], str]
) -> list[str]:
    """Return the dearest groups of tests, with how many they are."""
    found: dict[str, list[float]] = defaultdict(list)
    for test, seconds in costs:
        found[group(test)].append(seconds)
    dearest = sorted(found.items(), key=lambda one: -sum(one[1]))[:DEAREST]
    return [
        "",
        f"{'seconds':>8} {'tests':>6}  {title}",
        *(f"{sum(some):8.1f} {len(some):6}  {name}" for name, some in dearest),
    ]


if __name__ == "__main__":
    sys.exit(main())
