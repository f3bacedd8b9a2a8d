"""The rows of the tables, from what was measured of each number of series."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tests.experiments.accuracy import ages, history
from tests.experiments.accuracy.explaining import explained
from tests.experiments.accuracy.markdown import cell, events, percent, seconds
from tests.experiments.accuracy.summary import summary

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.experiments.accuracy.measuring import Measured

RATIOS = ("window", "raw series", "moments", *history.WAYS)
OWN = ("window", "raw series", "moments", history.SLOGEN)
AGES = ("window", "raw series", history.SLOGEN, history.RAW)
COUNTS = (
    "count",
    "raw series",
    "moments",
    "slogen, of what was scraped",
    "slogen, own time",
    history.SLOGEN,
    "raw `increase`",
)
COSTS = ("raw series", "slogen: all rules and alerts", "from the expressions", history.RAW)

Rows = Iterator[tuple[str, ...]]


def ratios(found: Sequence[Measured]) -> Rows:
    """Yield how far each way is off at the moment asked."""
    for window, measured in _each(found):
        chosen = measured.enough(window)
        cells = (cell(summary(each.off(way) for each in chosen), percent) for way in history.WAYS)
        yield window, f"{measured.series}", f"{len(chosen)}", *cells


def few(found: Sequence[Measured]) -> Rows:
    """Yield by how many bad events each way is off where a window has few."""
    for window, measured in _each(found):
        if chosen := measured.few(window):
            cells = (
                cell(summary(each.off_in_events(way) for each in chosen), events)
                for way in history.WAYS
            )
            yield window, f"{measured.series}", f"{len(chosen)}", *cells


def own(found: Sequence[Measured]) -> Rows:
    """Yield how far slogen's values are off of the stretch that they are about."""
    for window, measured in _each(found):
        chosen = measured.enough_at_own_time(window)
        off = cell(summary(each.off_at_own_time for each in chosen), percent)
        yield window, f"{measured.series}", f"{len(chosen)}", off


def aged(found: Sequence[Measured]) -> Rows:
    """Yield how old ratios are in the incident at noon."""
    for window in ages.WINDOWS:
        for measured in found:
            if its := measured.ages.get(window):
                cells = (cell(summary(its[way]), seconds) for way in (history.SLOGEN, history.RAW))
                yield window, f"{measured.series}", *cells


def counts(found: Sequence[Measured]) -> Rows:
    """Yield how far counts are off, at their own time and at the moment asked."""
    for window in history.COUNTED:
        for measured in found:
            chosen = measured.enough_counted(window)
            for part, words in enumerate(("events", "bad events")):
                scraped = cell(summary(each.off_of_scraped(part) for each in chosen), events)
                cells = (
                    cell(summary(off), percent)
                    for off in (
                        [each.off_at_own_time(part) for each in chosen],
                        [each.off(history.SLOGEN, part) for each in chosen],
                        [each.off(history.RAW, part) for each in chosen],
                    )
                )
                size = f"{measured.series}"
                yield f"{window}, {words}", size, f"{len(chosen)}", scraped, *cells


def costs(found: Sequence[Measured]) -> Rows:
    """Yield how many samples are read for each second."""
    for measured in found:
        cost = measured.cost
        numbers = (cost.asked, cost.counted, cost.raw)
        yield f"{measured.series}", *(f"{each:,.0f}" for each in numbers)


def worst(found: Sequence[Measured]) -> Iterator[str]:
    """Yield the moment at which slogen's ratio of each window is off most, and why."""
    for window in history.WINDOWS:
        readings = [
            (reading.off(history.SLOGEN), measured.series, reading)
            for measured in found
            for reading in measured.enough(window)
        ]
        if readings:
            _, series, reading = max(readings, key=lambda each: each[0])
            yield f"{explained(series, reading)} ({series} series)"


def _each(found: Sequence[Measured]) -> Iterator[tuple[str, Measured]]:
    for window in history.WINDOWS:
        for measured in found:
            if measured.of(window):
                yield window, measured
