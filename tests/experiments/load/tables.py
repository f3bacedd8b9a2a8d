"""The tables of the load test, in Markdown, with what they leave open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.experiments.load.readings import quantile
from tests.experiments.load.runs import FAST, SETTLE, SLOW, bearable
from tests.experiments.load.slos import SERIES_OF_AN_SLO

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tests.experiments.load.measuring import Measured
    from tests.experiments.load.runs import Run, Step

INTERVALS = {"fast": FAST, "slow": SLOW, "budget": SLOW, "raw": FAST}
"""Seconds between the evaluations of a part's groups."""


def slogen_table(runs: Sequence[Run]) -> str:
    """Return what slogen's rules cost: the server as a whole, and its groups by part."""
    return "\n".join(
        (
            "### slogen's rules\n",
            (
                f"{SERIES_OF_AN_SLO} raw series an SLO and two a group, scraped every 30 s. The "
                "history is that of series which rules read over ranges: hours, and 7h of the "
                "base series. Failed evaluations are those since the start; missed ones are told "
                f"apart for the first {SETTLE:.0f} s, in which the server reads what it has. Full "
                "CPUs: how many SLOs or groups would fill all CPUs at the cost seen here; not "
                "tried.\n"
            ),
            _table(
                (
                    "what",
                    "rules",
                    "history",
                    "samples of it",
                    "TSDB",
                    "missed at the start",
                    "missed",
                    "failed",
                    *_COSTS,
                    "full CPUs",
                ),
                (
                    (
                        run.estate.name,
                        f"{run.estate.rules:,}",
                        run.history,
                        f"{run.samples:,}",
                        f"{run.measured.blocks / 1e6:.0f} MB",
                        f"{run.measured.missed_before:.0f}",
                        f"{sum(run.measured.missed.values()):.0f}",
                        f"{run.measured.failures:.0f}",
                        *_costs(run.measured),
                        f"{run.full:,.0f}",
                    )
                    for run in runs
                ),
            ),
            _table(
                ("groups", "history", "interval", "evaluations seen", *_TIMES),
                (row for run in runs for row in _part_rows(run)),
            ),
            _table(
                ("what", "history", "series found by", "how many"),
                (
                    (run.estate.name, run.history, f"`{query}`", f"{found:,}")
                    for run in runs
                    for query, found in run.measured.results.items()
                ),
            ),
        )
    )


def raw_table(steps: Sequence[Step], days: float, sources: int) -> str:
    """Return what the raw way costs, and where it broke."""
    borne = [step.slos for step in steps if step.is_borne and not step.shortcut]
    broken = [step.slos for step in steps if not step.is_borne and not step.shortcut]
    end = (
        f"Borne: {max(borne, default=0):,} SLOs; "
        + (f"not borne: {min(broken):,}." if broken else "the limit was not found: raise it.")
        + " Not tried: what lies between, and alerts, which the raw rules here lack."
    )
    return "\n".join(
        (
            f"### The raw way, {days:g}d of history\n",
            (
                "Eight windows from 5m to 30d every 30 s. The SLOs share the series of "
                f"{sources}, which saves the server memory and page cache. In the shortcut the "
                "ratio over 30d is the mean of those over 5m. Full CPUs: SLOs at which the cost of "
                "a step would fill all CPUs.\n"
            ),
            _table(
                ("way", "SLOs", "missed", "failed", *_COSTS, *_TIMES, "5m, 30d found", "full CPUs"),
                (_raw_row(step) for step in steps),
            ),
            f"{end}\n",
        )
    )


_COSTS = ("samples written/s", "samples read/s", "CPU s/s", "resident MiB", "CPU s/s of others")
_TIMES = ("median, ms", "p99, ms", "max, ms", "max of interval")


def _costs(measured: Measured) -> tuple[str, ...]:
    return (
        _rate(measured.appended),
        _rate(measured.queried),
        f"{measured.cpu:.3f}",
        f"{measured.memory:,.0f}",
        f"{measured.others:.2f}",
    )


def _part_rows(run: Run) -> Iterable[tuple[str, ...]]:
    for part, seconds in run.measured.durations.items():
        interval = INTERVALS[part]
        yield (
            f"{run.estate.name}: {part}",
            run.history,
            f"{interval} s",
            f"{len(seconds):,}",
            *_times(part, seconds),
        )


def _raw_row(step: Step) -> tuple[str, ...]:
    measured = step.measured
    seconds = measured.durations.get("raw", [])
    return (
        "shortcut" if step.shortcut else "raw",
        f"{step.slos:,}",
        f"{measured.missed_before + sum(measured.missed.values()):.0f}",
        f"{measured.failures:.0f}",
        *_costs(measured),
        *(_times("raw", seconds) if seconds else ("none ended",) * len(_TIMES)),
        ", ".join("no answer" if n < 0 else f"{n:,}" for n in measured.results.values()),
        f"{bearable(step):,.0f}" if step.is_borne else "unknown",
    )


def _times(part: str, seconds: list[float]) -> tuple[str, ...]:
    found = [quantile(seconds, quota) for quota in (0.5, 0.99, 1)]
    return (*(f"{1_000 * one:,.1f}" for one in found), f"{found[-1] / INTERVALS[part]:.2%}")


def _rate(value: float | None) -> str:
    return "not counted by this version" if value is None else f"{value:,.0f}"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = (head, ["---"] + ["---:"] * (len(head) - 1), *rows)
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)
