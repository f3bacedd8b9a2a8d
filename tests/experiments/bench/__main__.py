"""Benchmarks as Markdown: `python -m tests.experiments.bench [COUNT ...]`, or `nox -s bench`.

Each measurement has a process of its own. Parts are timed in a second process, whose functions are
wrapped, so that the wrappers cost the other numbers nothing.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from time import perf_counter
from typing import TYPE_CHECKING, Any

from tests.experiments import marked
from tests.experiments.bench import command, replays, sloth, tables
from tests.experiments.bench.dashboards import dashboards
from tests.experiments.bench.proofs import proofs
from tests.experiments.bench.starting import imports, starts
from tests.experiments.bench.targets import targets

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SESSION = "bench"
COUNTS = (100, 1_000, 10_000)
_COMMANDS = (1_000, 5_000)
_DASHBOARDS_OF = (10, 500, 1_000)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the tables."""
    given = _parser().parse_args(arguments)
    texts = []
    for text in _measured(given.count or list(COUNTS)):
        sys.stdout.write(f"{text}\n")
        sys.stdout.flush()
        texts.append(text)
    if given.write:
        marked.write(SESSION, "\n".join(texts))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.experiments.bench", description=__doc__)
    parser.add_argument("count", nargs="*", type=int, help=f"how many SLOs; by default {COUNTS}")
    parser.add_argument("--write", action="store_true", help="rewrite docs/measured.md")
    return parser


def _measured(counts: Sequence[int]) -> Iterator[str]:
    """Yield the parts of the page, each once it has been measured."""
    yield tables.introduction()
    yield tables.builds({count: _one(count) for count in counts})
    costs = {count: command.build(count) for count in _COMMANDS}
    yield tables.commands(costs, command.bare(), command.alone())
    yield tables.sloth({count: cost for count in _COMMANDS if (cost := sloth.build(count))})
    yield tables.parts({count: _one(count, "--parts") for count in counts})
    yield tables.targets({count: tuple(targets(count)) for count in counts})
    yield tables.definitions({count: _definitions(count) for count in counts})
    yield tables.starts(starts(), imports())
    yield replays.table()
    yield tables.proofs(proofs())
    yield tables.dashboards([one for count in _DASHBOARDS_OF for one in dashboards(count)])


def _one(count: int, *options: str) -> dict[str, Any]:
    began = ("--began", str(perf_counter()))
    command = (sys.executable, "-m", "tests.experiments.bench.one", str(count), *began, *options)
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 (as above)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _definitions(count: int) -> dict[str, float]:
    command = (sys.executable, "-m", "tests.experiments.bench.definitions", str(count))
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 (as above)
    found: dict[str, float] = json.loads(done.stdout)
    return found


if __name__ == "__main__":
    main()
