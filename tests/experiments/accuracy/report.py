"""What was measured, as Markdown: the session prints it, and docs/measured.md holds it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.experiments.accuracy import ages, goals, history, rows
from tests.experiments.accuracy.markdown import table
from tests.experiments.accuracy.measuring import ENOUGH

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tests.experiments.accuracy.measuring import Measured

INTRODUCTION = """\
Prometheus {version}, {moments} moments. Three numbers of a cell are the median, the 95th
percentile and the worst.
"""
ASKED = f"""\
### Ratios at the moment asked

The distance from the true ratio of the window that ends at the moment, as a part of that ratio,
where the window has {ENOUGH} bad events or more:
"""
FEW = """\
Where it has fewer, how many bad events a way is off:
"""
OWN = """\
### Ratios at the value's own time

The distance of slogen's value from the true ratio of the stretch of time that it is about. The
stretch ends with the newest scrapes that the base series had seen. For a window above 6h it begins
with an hour:
"""
AGES = f"""\
### Ages

How old ratios are at {ages.MOMENTS} moments of the incident at noon, {ages.BETWEEN} s apart:
"""
COUNTS = """\
### Counts

Events that slogen's count of events, or of bad events, is away from what each pod's newest scrape
had shown; and the distance from the truth: slogen's from that of its own stretch, and from that of
the window that ends at the moment. Raw is `sum(increase())`. Windows up to 6h are sums of the base
series:
"""
COSTS = f"""\
### Samples a second

What all rules and alerts of an SLO of {history.PERIOD} read for a second, as a server counts it,
and as the expressions say; beside it the raw ratios of the six windows, evaluated as often,
without any alert:
"""
WORST = """\
### Worst moments

The moment at which slogen's ratio of a window is off most. Dates are those of the scenario:
"""
HEADS = (
    goals.HEAD,
    rows.RATIOS,
    rows.RATIOS,
    rows.OWN,
    rows.AGES,
    rows.COUNTS,
    rows.COSTS,
)
"""The heads of the tables, in their order."""


def report(found: Sequence[Measured], version: str, moments: int) -> str:
    """Return all tables and the worst moments, with what each is about.

    Args:
        found: What was measured, by number of series.
        version: Of Prometheus.
        moments: How many the grid has.
    """
    verdicts = (verdict.cells for verdict in goals.verdicts(found))
    return "\n".join(
        (
            INTRODUCTION.format(version=version, moments=moments),
            table(goals.HEAD, verdicts),
            f"{ASKED}\n{table(rows.RATIOS, rows.ratios(found))}",
            f"{FEW}\n{table(rows.RATIOS, rows.few(found))}",
            f"{_silence(found)}\n",
            f"{OWN}\n{table(rows.OWN, rows.own(found))}",
            f"{AGES}\n{table(rows.AGES, rows.aged(found))}",
            f"{COUNTS}\n{table(rows.COUNTS, rows.counts(found))}",
            f"{COSTS}\n{table(rows.COSTS, rows.costs(found))}",
            f"{WORST}\n{_list(rows.worst(found))}",
        )
    )


def _list(lines: Iterable[str]) -> str:
    return "".join(f"- {line}\n" for line in lines)


def _silence(found: Sequence[Measured]) -> str:
    everything = [reading for measured in found for reading in measured.readings]
    silent = [each for each in everything if not each.asked[1].events]
    others = [each for each in everything if each.asked[1].events]
    shown, of_others = (
        sum(each.values[history.SLOGEN] is not None for each in readings)
        for readings in (silent, others)
    )
    return (
        f"{len(silent)} windows have no event: slogen shows a value for {shown} of them, and for "
        f"{of_others:,} of the {len(others):,} others."
    )
