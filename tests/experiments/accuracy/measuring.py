"""Everything that is measured of a number of series: a TSDB is made and asked."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from tests.experiments.accuracy import ages, history
from tests.experiments.accuracy.costs import Cost, cost
from tests.experiments.accuracy.readings import (
    CountReading,
    Reading,
    count_readings,
    grid,
    reached,
    readings,
)

if TYPE_CHECKING:
    from collections.abc import Callable


ENOUGH = 100
"""How many bad events a window must have for a part of its ratio to say something."""


@attrs.frozen(kw_only=True)
class Measured:
    """What was measured of a number of series.

    Attributes:
        series: How many raw series there are at a time.
        readings: Of the windows' ratios, at all moments of the grid that they reach.
        counts: Of the windows' counts.
        ages: Of each window's ratio in the incident at noon, by way; none if it is not reached.
        cost: What all rules and alerts read.
    """

    series: int
    readings: tuple[Reading, ...]
    counts: tuple[CountReading, ...]
    ages: dict[str, dict[str, list[float]]]
    cost: Cost

    def of(self, window: str) -> list[Reading]:
        """Return the readings of a window."""
        return [reading for reading in self.readings if reading.window == window]

    def enough(self, window: str) -> list[Reading]:
        """Return those with enough bad events at the moment asked."""
        return [reading for reading in self.of(window) if reading.asked[1].bad >= ENOUGH]

    def few(self, window: str) -> list[Reading]:
        """Return those with events, but too few bad ones."""
        return [
            reading
            for reading in self.of(window)
            if reading.asked[1].events and reading.asked[1].bad < ENOUGH
        ]

    def enough_at_own_time(self, window: str) -> list[Reading]:
        """Return those with enough bad events in the stretch that slogen's value is about."""
        return [reading for reading in self.of(window) if reading.own[1].bad >= ENOUGH]

    def enough_counted(self, window: str) -> list[CountReading]:
        """Return the counts of a window with enough bad events, in both stretches."""
        return [
            reading
            for reading in self.counts
            if reading.window == window and min(reading.asked.bad, reading.own.bad) >= ENOUGH
        ]


def measured(
    line: str, series: int, days: int, before: int, progress: Callable[[str], None]
) -> Measured:
    """Make the past of a number of series, and return what was measured.

    Args:
        line: Of Prometheus, "2" or "3".
        series: How many raw series.
        days: How long the grid is.
        before: How many days rules ran before it.
        progress: Takes a word on each step that is done.
    """
    moments, recorded = grid(days), days + before
    with tempfile.TemporaryDirectory(prefix="slogen-accuracy-") as scratch:
        past = history.made(line, Path(scratch), series, recorded)
        progress("backfilled")
        with past.serving() as server:
            at = {window: reached(window, moments, recorded) for window in history.WINDOWS}
            chosen = [window for window in history.WINDOWS if at[window]]
            found: list[Reading] = []
            for window in chosen:
                found.extend(readings(server, series, window, at[window]))
                progress(f"{window} read")
            counts = [
                reading
                for window in history.COUNTED
                if at[window]
                for reading in count_readings(server, series, window, at[window])
            ]
            progress("counts read")
            its_ages = {
                window: ages.ages(server, series, window)
                for window in ages.WINDOWS
                if reached(window, ages.moments()[:1], recorded)
            }
            progress("ages read")
            bill = cost(server, series, tuple(chosen))
    return Measured(
        series=series,
        readings=tuple(found),
        counts=tuple(counts),
        ages=its_ages,
        cost=bill,
    )
