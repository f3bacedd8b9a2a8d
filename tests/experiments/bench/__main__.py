"""Benchmarks as Markdown: `python -m tests.experiments.bench [COUNT ...]`, or `nox -s bench`.

Each measurement has a process of its own. Parts are timed in a second process, whose functions are
wrapped, so that the wrappers cost the other numbers nothing. This process stays small: on Linux the
peak memory of a child begins with that of its parent.
"""

from __future__ import annotations

import argparse
import json
import platform
import subprocess
import sys
from time import perf_counter
from typing import TYPE_CHECKING, Any

from tests.experiments.bench import command, sloth
from tests.experiments.bench.dashboards import dashboards
from tests.experiments.bench.proofs import proofs
from tests.experiments.bench.starting import imports, starts

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

COUNTS = (100, 1_000, 10_000)
AIMS = (
    "Aims: at most 30 µs of processor time a rule, and 150 MiB for 5,000 SLOs; "
    "1,000 definitions read within 0.5 s and dumped within 1 s; "
    "--version at most 3.5x, one SLO at most 11x of the bare interpreter."
)
_MOST_IMPORTS = 12
_COMMANDS = (1_000, 5_000)
_DASHBOARDS_OF = (10, 500, 1_000)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(prog="python -m tests.experiments.bench", description=__doc__)
    parser.add_argument("count", nargs="*", type=int, help=f"how many SLOs; by default {COUNTS}")
    counts: list[int] = parser.parse_args(arguments).count or list(COUNTS)
    python = f"Python {platform.python_version()} on {platform.system()} {platform.machine()}"
    _say(f"# Benchmarks\n\n{python}. {AIMS}\n")
    _say_builds({count: _one(count) for count in counts}, _bare())
    _say_commands()
    _say_parts({count: _one(count, "--parts") for count in counts})
    _say_definitions({count: _definitions(count) for count in counts})
    _say_starts()
    _say_proofs()
    _say_dashboards()


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


def _bare() -> float:
    """Return the peak memory of an interpreter that does nothing, in MiB."""
    code = "import resource; print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)"
    done = subprocess.run((sys.executable, "-c", code), check=True, capture_output=True, text=True)  # noqa: S603
    return float(done.stdout)


def _say_builds(found: dict[int, dict[str, Any]], bare: float) -> None:
    _say("## From Python objects to files\n")
    head = (
        "SLOs",
        "rules",
        "MB",
        "seconds",
        "SLOs/s",
        "ms per SLO",
        "peak MiB",
        "over bare Python",
    )
    _table(
        (*head, "json.dumps, s", "ratio", "objects, s", "whole process, s"),
        (
            (
                f"{count:,}",
                f"{one['rules']:,}",
                f"{one['bytes'] / 1e6:.1f}",
                f"{one['seconds']:.2f}",
                f"{count / one['seconds']:,.0f}",
                f"{1_000 * one['seconds'] / count:.2f}",
                f"{one['peak']:.0f}",
                f"{one['peak'] / bare:.1f}x",
                f"{one['json']:.3f}",
                f"{one['seconds'] / one['json']:.0f}x",
                f"{one['making']:.2f}",
                f"{one['whole']:.2f}",
            )
            for count, one in found.items()
        ),
    )


def _say_commands() -> None:
    _say("## The command: `slogen build`\n\nProcessor time of whole commands, medians of three.\n")
    bare, alone = command.bare(), command.alone()
    costs = {count: command.build(count) for count in _COMMANDS}
    _table(
        (
            "SLOs",
            "rules",
            "µs a rule",
            "beyond bare Python, µs a rule",
            "to compile and write each SLO alone, µs a rule",
            "peak MiB",
        ),
        (
            (
                f"{count:,}",
                f"{cost.rules:,}",
                f"{1e6 * cost.seconds / cost.rules:.0f}",
                f"{1e6 * (cost.seconds - bare.seconds) / cost.rules:.0f}",
                f"{1e6 * alone:.0f}",
                f"{cost.mebibytes:.0f}",
            )
            for count, cost in costs.items()
        ),
    )
    found = {count: cost for count in _COMMANDS if (cost := sloth.build(count))}
    _say("## `sloth generate`\n" if found else "`sloth` is not on PATH, and not measured.\n")
    if found:
        _table(("SLOs", "rules", "µs a rule", "peak MiB"), _sloth_rows(found))


def _sloth_rows(found: dict[int, command.Cost]) -> Iterable[tuple[str, ...]]:
    for count, cost in found.items():
        micros = 1e6 * cost.seconds / cost.rules
        yield f"{count:,}", f"{cost.rules:,}", f"{micros:.0f}", f"{cost.mebibytes:.0f}"


def _say_parts(found: dict[int, dict[str, Any]]) -> None:
    _say("## Where the time goes\n\nThe collector of garbage runs within the other parts.\n")
    parts = list(dict.fromkeys(part for one in found.values() for part in one["parts"]))
    _table(
        ("SLOs", *parts, "garbage collector"),
        (
            (
                f"{count:,}",
                *(
                    f"{one['parts'].get(part, 0) / sum(one['parts'].values()):.0%}"
                    for part in parts
                ),
                f"{one['collecting'] / sum(one['parts'].values()):.0%}",
            )
            for count, one in found.items()
        ),
    )


def _say_definitions(found: dict[int, dict[str, float]]) -> None:
    _say(
        "## Definitions in YAML\n\nReading is from bytes to nodes, making from nodes to objects.\n"
    )
    parts = ("dumping", "reading", "making", "building")
    _table(
        (
            "SLOs",
            "MB",
            *(f"{part}, s" for part in parts),
            "reading and making, of the way to files",
        ),
        (
            (
                f"{count:,}",
                f"{one['bytes'] / 1e6:.1f}",
                *(f"{one[part]:.2f}" for part in parts),
                f"{_share(one):.0%}",
            )
            for count, one in found.items()
        ),
    )


def _share(one: dict[str, float]) -> float:
    """Return how much of the time from YAML to files is not the build."""
    loading = one["reading"] + one["making"]
    return loading / (loading + one["building"])


def _say_starts() -> None:
    _say("## Cold start\n")
    times = starts()
    bare = next(iter(times.values()))
    _table(
        ("command", "ms", "ratio"),
        ((f"`{name}`", f"{ms:.0f}", f"{ms / bare:.1f}x") for name, ms in times.items()),
    )
    _say("## Slowest imports of a build\n")
    _table(
        ("module", "own ms", "with what it imports"),
        (
            (f"`{one.module}`", f"{one.own:.1f}", f"{one.whole:.1f}")
            for one in imports()[:_MOST_IMPORTS]
        ),
    )


def _say_proofs() -> None:
    _say("## Proofs: `slogen test`\n")
    _table(
        ("what", "promtool 2.42, s", "promtool 3.x, s"),
        ((name, *(f"{one[line]:.0f}" for line in ("2", "3"))) for name, one in proofs().items()),
    )


def _say_dashboards() -> None:
    _say("## Dashboards\n")
    found = [one for count in _DASHBOARDS_OF for one in dashboards(count)]
    _table(
        ("SLOs", "dashboards", *(f"{step}, s" for step in found[0].seconds), "MB", "largest, KB"),
        (
            (
                one.name,
                f"{one.files:,}",
                *(f"{seconds:.2f}" for seconds in one.seconds.values()),
                f"{sum(one.sizes) / 1e6:.1f}",
                f"{max(one.sizes) / 1e3:,.0f}",
            )
            for one in found
        ),
    )


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    lines = (head, ["---"] + ["---:"] * (len(head) - 1), *rows)
    _say("".join(f"| {' | '.join(line)} |\n" for line in lines))


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
