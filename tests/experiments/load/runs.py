"""The runs of the load test: slogen's rules with a history, and the raw way until it breaks."""

from __future__ import annotations

import os
import shutil
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from slogen import naming
from slogen.units import Duration
from tests.experiments.load.estates import Estate, counters_of
from tests.experiments.load.history import COMPACTED_HOURS, FIRST_HOURS, Past, write_blocks
from tests.experiments.load.measuring import Load, Measured, measure
from tests.experiments.load.raw import WINDOWS, mean_series, write_raw
from tests.experiments.load.slos import error_ratio

if TYPE_CHECKING:
    from collections.abc import Iterator

DAY = 86_400
FAST, SLOW = 30, 60
"""Seconds between evaluations."""

SETTLE, _RAW_SETTLE = 150.0, 35.0
"""Seconds before the first reading, in which a server does what it does once."""
_FIRST_STEP = 50


@attrs.frozen(kw_only=True)
class Options:
    """What all runs share: the line, the seconds that are measured, and a folder."""

    line: str
    seconds: float
    work: Path


@attrs.frozen(kw_only=True)
class Run:
    """One run of slogen's rules.

    Attributes:
        estate: What is loaded.
        days: How many days of hours there are.
        compacted: Whether the blocks of their history are as large as Prometheus makes them in the
            end; two hours long, as it makes them first, otherwise.
        samples: How many samples of history there are.
        measured: What was seen.
    """

    estate: Estate
    days: float
    compacted: bool
    samples: int
    measured: Measured

    @property
    def history(self) -> str:
        """The history in words."""
        return f"{self.days:g}d{'' if self.compacted else ', blocks of 2h'}"

    @property
    def full(self) -> float:
        """How many SLOs or groups would fill all CPUs, if each cost what it did here."""
        return self.estate.count * (os.cpu_count() or 1) / max(self.measured.cpu, 1e-3)


@attrs.frozen(kw_only=True)
class Step:
    """One step of the raw way, and how many SLOs its CPU time says that the machine could bear."""

    slos: int
    shortcut: bool
    measured: Measured

    @property
    def is_borne(self) -> bool:
        """Whether no evaluation was missed or failed, or took longer than its interval."""
        missed = self.measured.missed_before + sum(self.measured.missed.values())
        longest = max((one[-1] for one in self.measured.durations.values() if one), default=0.0)
        return not missed and not self.measured.failures and longest <= FAST


def run_slogen(options: Options, estate: Estate, days: float, *, compacted: bool = True) -> Run:
    """Measure slogen's rules with so many days of hours."""
    folder = options.work / "slogen"
    estate.built.write(folder)
    pasts = tuple(estate.pasts(int(days * DAY)))
    data = folder / "data"
    block_hours = COMPACTED_HOURS if compacted else FIRST_HOURS
    _history(options, pasts, data, block_hours)
    say(f"{estate.name} with {days:g} days: measuring")
    measured = measure(
        Load(
            line=options.line,
            rule_files=tuple(folder / file.path for file in estate.built.render()),
            counters=estate.counters,
            data=data,
            folder=folder,
            settle=SETTLE,
            seconds=options.seconds,
            ratios=(
                naming.ratio_rate(Duration("5m")),
                naming.ratio_rate(Duration("30d")),
                naming.BUDGET_REMAINING,
                'ALERTS{alertstate="firing"}',
            ),
        )
    )
    shutil.rmtree(folder)
    return Run(
        estate=estate,
        days=days,
        compacted=compacted,
        samples=sum(past.samples for past in pasts),
        measured=measured,
    )


def run_raw(options: Options, days: float, sources: int, limit: int) -> Iterator[Step]:
    """Measure the raw way with ever more SLOs until evaluations are missed.

    The first step is the shortcut's only one. The second of the raw way is the last power of two
    that the CPU time of the first lets expect to be borne; each later one doubles.
    """
    folder = options.work / f"raw-{days:g}"
    data = folder / "data"
    _history(options, _raw(sources, int(days * DAY)), data)
    yield _raw_step(options, folder, _FIRST_STEP, sources, shortcut=True)
    count = _FIRST_STEP
    while count <= limit:
        step = _raw_step(options, folder, count, sources, shortcut=False)
        yield step
        if not step.is_borne:
            break
        count = max(2 * count, step_below(bearable(step)))
    shutil.rmtree(folder)


def bearable(step: Step) -> float:
    """Return with how many SLOs all CPUs would be busy, if each cost what it did in a step."""
    return step.slos * (os.cpu_count() or 1) / max(step.measured.cpu, 1e-3)


def step_below(count: float) -> int:
    """Return the largest step below a number of SLOs.

    >>> [step_below(count) for count in (10, 120, 799)]
    [50, 100, 400]
    """
    step = _FIRST_STEP
    while 2 * step < count:
        step *= 2
    return step


def say(text: str) -> None:
    """Report progress."""
    sys.stderr.write(f"{time.strftime('%H:%M:%S')} {text}\n")
    sys.stderr.flush()


def _raw_step(options: Options, folder: Path, count: int, sources: int, *, shortcut: bool) -> Step:
    way = "shortcut" if shortcut else "raw"
    say(f"{way} rules of {count} SLOs: measuring")
    work = folder / f"{way}-{count}"
    measured = measure(
        Load(
            line=options.line,
            rule_files=tuple(write_raw(work / "rules", count, sources, shortcut=shortcut)),
            counters=counters_of(sources),
            data=folder / "data",
            folder=work,
            settle=_RAW_SETTLE,
            seconds=2 * FAST,
            ratios=tuple(f"raw:error_ratio:rate{window}" for window in (WINDOWS[0], WINDOWS[-1])),
        )
    )
    return Step(slos=count, shortcut=shortcut, measured=measured)


def _history(
    options: Options, pasts: tuple[Past, ...], data: Path, block_hours: int = COMPACTED_HOURS
) -> None:
    samples = sum(past.samples for past in pasts)
    say(f"history of {samples:,} samples")
    now = int(time.time())
    write_blocks(options.line, pasts, now=now, data=data, work=data.parent, block_hours=block_hours)


def _raw(sources: int, seconds: int) -> tuple[Past, ...]:
    """Return the past of raw series by how fast they grow, and of the shortcut's ratios."""
    by_growth: dict[float, list[str]] = {}
    for series, growth in counters_of(sources).items():
        by_growth.setdefault(growth, []).append(series)
    counters = [
        Past(series=tuple(series), mean=growth, interval=FAST, seconds=seconds, counter=True)
        for growth, series in by_growth.items()
    ]
    ratios = tuple(mean_series(source) for source in range(sources))
    means = Past(series=ratios, mean=error_ratio(0), interval=FAST, seconds=seconds)
    return (*counters, means)
