"""The runs of the load test: slogen's rules with a history, and the raw way until it breaks."""

from __future__ import annotations

import os
import shutil
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from slogen import build, naming
from slogen.rules import RecordingRule
from slogen.units import Duration
from tests.experiments.load.history import Past, write_blocks
from tests.experiments.load.measuring import Load, Measured, measure
from tests.experiments.load.raw import WINDOWS, mean_series, write_raw
from tests.experiments.load.slos import (
    BURNING_EVERY,
    PODS,
    REQUESTS_PER_SECOND,
    error_ratio,
    loaded,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slogen.api import RuleSet

HOUR, DAY = 3_600, 86_400
FAST, SLOW = 30, 120
"""Seconds between evaluations."""

_BASE_SECONDS = 7 * HOUR
_EVENTS = PODS * REQUESTS_PER_SECOND
_SETTLE, _RAW_SETTLE = 60.0, 35.0
_FIRST_STEP = 50


@attrs.frozen(kw_only=True)
class Options:
    """What all runs share: the line, the seconds that are measured, and a folder."""

    line: str
    seconds: float
    work: Path


@attrs.frozen(kw_only=True)
class Run:
    """One run: how many SLOs, how many rules, days and samples of history, and what was seen."""

    slos: int
    rules: int
    days: float
    history: int
    measured: Measured


@attrs.frozen(kw_only=True)
class Step:
    """One step of the raw way, and how many SLOs its CPU time says that the machine could bear."""

    slos: int
    shortcut: bool
    measured: Measured

    @property
    def is_borne(self) -> bool:
        """Whether no evaluation was missed or failed."""
        return not sum(self.measured.missed.values()) and not self.measured.failures


def run_slogen(options: Options, count: int, days: float) -> Run:
    """Measure slogen's rules of so many SLOs with so many days of hours."""
    folder = options.work / f"slogen-{count}-{days:g}"
    built = build([loaded(number).slo for number in range(count)])
    built.write(folder)
    files = tuple(folder / file.path for file in built.render())
    pasts = tuple(_recorded(built, int(days * DAY)))
    data = folder / "data"
    _history(options, pasts, data)
    say(f"{count} SLOs with {days:g} days: measuring")
    measured = measure(
        Load(
            line=options.line,
            rule_files=files,
            counters=_counters(count),
            data=data,
            folder=folder,
            settle=_SETTLE,
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
        slos=count,
        rules=sum(len(group.rules) for one in built.rules for group in one.groups),
        days=days,
        history=sum(past.samples for past in pasts),
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
            counters=_counters(sources),
            data=folder / "data",
            folder=work,
            settle=_RAW_SETTLE,
            seconds=2 * FAST,
            ratios=tuple(f"raw:error_ratio:rate{window}" for window in (WINDOWS[0], WINDOWS[-1])),
        )
    )
    return Step(slos=count, shortcut=shortcut, measured=measured)


def _history(options: Options, pasts: tuple[Past, ...], data: Path) -> None:
    samples = sum(past.samples for past in pasts)
    say(f"history of {samples:,} samples")
    write_blocks(options.line, pasts, now=int(time.time()), data=data, work=data.parent)


def _counters(count: int) -> dict[str, float]:
    return {
        series: growth
        for number in range(count)
        for series, growth in loaded(number).per_second.items()
    }


def _recorded(built: RuleSet, seconds: int) -> Iterator[Past]:
    """Yield the past of what slogen's rules read over ranges.

    No rule reads more than 6h of the base series, so they are no older than 7h.
    """
    base = min(seconds, _BASE_SECONDS)
    began = int(time.time()) - seconds

    def counted(metric: str, ratio: float | None, events: float) -> Past:
        series = _labelled(built, metric, ratio)
        return Past(series=series, mean=events * FAST, interval=FAST, seconds=base, hour=0)

    def hours(metric: str, ratio: float | None, mean: float, noise: float = 0.1) -> Past:
        series = _labelled(built, metric, ratio)
        return Past(series=series, mean=mean, interval=HOUR, seconds=seconds, noise=noise, hour=1)

    yield counted(naming.EVENTS_INCREASE, None, _EVENTS)
    yield hours(naming.EVENTS_SUM, None, _EVENTS * HOUR)
    yield hours(naming.EVENTS_HOUR, None, began, noise=0.0)
    objectives = _labelled(built, naming.OBJECTIVE, None)
    yield Past(series=objectives, mean=0.999, interval=SLOW, seconds=seconds, noise=0.0)
    for ratio in sorted({error_ratio(number) for number in range(BURNING_EVERY)}):
        yield counted(naming.ERRORS_INCREASE, ratio, ratio * _EVENTS)
        yield hours(naming.ERRORS_SUM, ratio, ratio * _EVENTS * HOUR)


def _labelled(built: RuleSet, metric: str, ratio: float | None) -> tuple[str, ...]:
    """Return a recorded series of each SLO, or of those whose errors have a ratio."""
    return tuple(
        f"{metric}{{{','.join(map(_matcher, rule.labels.items()))}}}"
        for number, one in enumerate(built.rules)
        if ratio is None or error_ratio(number) == ratio
        for group in one.groups
        for rule in group.rules
        if isinstance(rule, RecordingRule) and rule.record == metric
    )


def _matcher(label: tuple[str, str]) -> str:
    return f'{label[0]}="{label[1]}"'


def _raw(sources: int, seconds: int) -> tuple[Past, ...]:
    """Return the past of raw series by how fast they grow, and of the shortcut's ratios."""
    by_growth: dict[float, list[str]] = {}
    for series, growth in _counters(sources).items():
        by_growth.setdefault(growth, []).append(series)
    counters = [
        Past(series=tuple(series), mean=growth, interval=FAST, seconds=seconds, counter=True)
        for growth, series in by_growth.items()
    ]
    ratios = tuple(mean_series(source) for source in range(sources))
    means = Past(series=ratios, mean=error_ratio(0), interval=FAST, seconds=seconds)
    return (*counters, means)
