"""The tables of the benchmarks, in Markdown: a part of the page for each subject."""

from __future__ import annotations

import platform
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tests.experiments.bench.command import Cost
    from tests.experiments.bench.dashboards import DashboardCost
    from tests.experiments.bench.starting import Import
    from tests.experiments.bench.targets import TargetCost

_MOST_IMPORTS = 12
_AIMS = (
    "Aims: at most 30 µs of processor time a rule, and 150 MiB for 5,000 SLOs; 1,000 definitions\n"
    "read within 0.5 s and dumped within 1 s; --version at most 3.5x, one SLO at most 11x of the\n"
    "bare interpreter."
)


def introduction() -> str:
    """Return what was measured on, and the aims."""
    return (
        f"Python {platform.python_version()} on {platform.system()} {platform.machine()}. {_AIMS}\n"
    )


def builds(found: Mapping[int, Mapping[str, Any]]) -> str:
    """Return what builds from Python objects take, beside writing as many bytes of JSON."""
    head = ("SLOs", "rules", "MB", "seconds", "SLOs/s", "ms per SLO", "peak MiB")
    rows = (
        (
            f"{count:,}",
            f"{one['rules']:,}",
            f"{one['bytes'] / 1e6:.1f}",
            f"{one['seconds']:.2f}",
            f"{count / one['seconds']:,.0f}",
            f"{1_000 * one['seconds'] / count:.2f}",
            f"{one['peak']:.0f}",
            f"{one['json']:.3f}",
            f"{one['seconds'] / one['json']:.0f}x",
            f"{one['making']:.2f}",
            f"{one['whole']:.2f}",
        )
        for count, one in found.items()
    )
    more = ("json.dumps, s", "ratio", "objects, s", "whole process, s")
    return _part("From Python objects to files", _table((*head, *more), rows))


def commands(costs: Mapping[int, Cost], bare: Cost, alone: float) -> str:
    """Return what whole commands take, beyond a bare interpreter and beside SLOs built alone."""
    rows = (
        (
            f"{count:,}",
            f"{cost.rules:,}",
            f"{1e6 * cost.seconds / cost.rules:.0f}",
            f"{1e6 * (cost.seconds - bare.seconds) / cost.rules:.0f}",
            f"{1e6 * alone:.0f}",
            f"{cost.mebibytes:.0f}",
        )
        for count, cost in costs.items()
    )
    more = ("beyond bare Python, µs a rule", "to compile and write each SLO alone, µs a rule")
    return _part(
        "The command: `slogen build`",
        "Processor time of whole commands, medians of three.\n",
        _table(("SLOs", "rules", "µs a rule", *more, "peak MiB"), rows),
    )


def sloth(costs: Mapping[int, Cost]) -> str:
    """Return what `sloth generate` takes, or that it is not here."""
    if not costs:
        return "`sloth` is not on PATH, and not measured.\n"
    rows = (
        (
            f"{count:,}",
            f"{cost.rules:,}",
            f"{1e6 * cost.seconds / cost.rules:.0f}",
            f"{cost.mebibytes:.0f}",
        )
        for count, cost in costs.items()
    )
    return _part("`sloth generate`", _table(("SLOs", "rules", "µs a rule", "peak MiB"), rows))


def parts(found: Mapping[int, Mapping[str, Any]]) -> str:
    """Return which part of a build takes which share of the time."""
    names = list(dict.fromkeys(part for one in found.values() for part in one["parts"]))
    rows = []
    for count, one in found.items():
        whole = sum(one["parts"].values())
        shares = (one["parts"].get(name, 0) / whole for name in names)
        rows.append(
            (f"{count:,}", *(f"{share:.0%}" for share in (*shares, one["collecting"] / whole)))
        )
    return _part(
        "Where the time goes",
        "The collector of garbage runs within the other parts.\n",
        _table(("SLOs", *names, "garbage collector"), rows),
    )


def definitions(found: Mapping[int, Mapping[str, float]]) -> str:
    """Return how long it takes to read and write YAML."""
    steps = ("dumping", "reading", "making", "building")
    rows = (
        (
            f"{count:,}",
            f"{one['bytes'] / 1e6:.1f}",
            *(f"{one[step]:.2f}" for step in steps),
            f"{_share(one):.0%}",
        )
        for count, one in found.items()
    )
    return _part(
        "Definitions in YAML",
        "Reading is from bytes to nodes, making from nodes to objects.\n",
        _table(
            (
                "SLOs",
                "MB",
                *(f"{step}, s" for step in steps),
                "reading and making, of the way to files",
            ),
            rows,
        ),
    )


def starts(times: Mapping[str, float], imports: Sequence[Import]) -> str:
    """Return how long a command takes to start, and which imports take the most of it."""
    bare = next(iter(times.values()))
    return _part(
        "Cold start",
        _table(
            ("command", "ms", "ratio"),
            ((f"`{name}`", f"{ms:.0f}", f"{ms / bare:.1f}x") for name, ms in times.items()),
        ),
        "The slowest imports of a build:\n",
        _table(
            ("module", "own ms", "with what it imports"),
            (
                (f"`{one.module}`", f"{one.own:.1f}", f"{one.whole:.1f}")
                for one in imports[:_MOST_IMPORTS]
            ),
        ),
    )


def proofs(found: Mapping[str, Mapping[str, float]]) -> str:
    """Return how long promtool takes for what `slogen test` shows it."""
    rows = ((name, *(f"{one[line]:.0f}" for line in ("2", "3"))) for name, one in found.items())
    return _part(
        "Proofs: `slogen test`", _table(("what", "promtool 2.42, s", "promtool 3.x, s"), rows)
    )


def dashboards(found: Sequence[DashboardCost]) -> str:
    """Return how long dashboards take, and how large they are."""
    rows = (
        (
            one.name,
            f"{one.files:,}",
            *(f"{seconds:.2f}" for seconds in one.seconds.values()),
            f"{sum(one.sizes) / 1e6:.1f}",
            f"{max(one.sizes) / 1e3:,.0f}",
        )
        for one in found
    )
    steps = (f"{step}, s" for step in found[0].seconds)
    head = ("SLOs", "dashboards", *steps, "MB", "largest, KB")
    return _part("Dashboards", _table(head, rows))


def targets(found: Mapping[int, Sequence[TargetCost]]) -> str:
    """Return how long each target takes for so many SLOs, beside compiling them."""
    head = ("target", *(f"{count:,} SLOs, s" for count in found), "ms per SLO", "files", "MB")
    rows = []
    for costs in zip(*found.values(), strict=True):
        most = costs[-1]
        seconds = (f"{cost.seconds:.2f}" for cost in costs)
        each = f"{1_000 * most.seconds / most.slos:.2f}"
        rows.append((f"`{most.name}`", *seconds, each, f"{most.files:,}", f"{most.megabytes:.1f}"))
    return _part(
        "Targets", _table(head, rows), "The last three columns are those of the most SLOs.\n"
    )


def _share(one: Mapping[str, float]) -> float:
    """Return how much of the time from YAML to files is not the build."""
    loading = one["reading"] + one["making"]
    return loading / (loading + one["building"])


def _part(head: str, *texts: str) -> str:
    return "\n".join((f"### {head}\n", *texts))


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = (head, ["---"] + ["---:"] * (len(head) - 1), *rows)
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)
