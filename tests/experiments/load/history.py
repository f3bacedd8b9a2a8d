"""Blocks of a TSDB with the past of series, made with promtool from OpenMetrics text."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import attrs

from slogen.naming import HOUR_LABEL
from tests.realtools.packages import find
from tests.realtools.processes import run

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

COMPACTED_HOURS = 54
"""The longest blocks that Prometheus makes itself, with a retention of 31 days."""
FIRST_HOURS = 2
"""The blocks that Prometheus writes first, before it puts them together."""
BLOCK_SECONDS = COMPACTED_HOURS * 3600
"""How much promtool reads at a time, whatever blocks it makes."""

SHAPES = 16
"""How many courses the series of one mean take; each series follows one of them."""

_SECONDS = 1800
_HOUR, _HOURS_APART = 3600, 4


@attrs.frozen(kw_only=True)
class Past:
    """The past of some series: their samples, from so many seconds ago, at an interval.

    Attributes:
        series: As `metric{label="value"}`.
        mean: The value, or how fast a counter grows in a second.
        interval: Seconds between samples.
        seconds: How long the past is.
        counter: Whether the values add up.
        noise: By which part of the mean the values vary.
        hour: Of which hour each sample bears the number as a label: of its own, 0, or of the hour
            before that, 1; of none unless given.
    """

    series: tuple[str, ...]
    mean: float
    interval: int
    seconds: int
    counter: bool = False
    noise: float = 0.1
    hour: int | None = None

    @property
    def samples(self) -> int:
        """How many samples that is."""
        return len(self.series) * (self.seconds // self.interval)


class HistoryError(RuntimeError):
    """promtool did not make the blocks; the message has its words."""


def spans(since: int, until: int) -> Iterator[tuple[int, int]]:
    """Cut a time at the borders of blocks, so that no two blocks overlap.

    >>> list(spans(194_300, 388_900))
    [(194300, 194400), (194400, 388800), (388800, 388900)]
    """
    while since < until:
        border = min(until, (since // BLOCK_SECONDS + 1) * BLOCK_SECONDS)
        yield since, border
        since = border


def write_blocks(  # noqa: PLR0913 (all but two have to be named)
    line: str,
    pasts: Iterable[Past],
    *,
    now: int,
    data: Path,
    work: Path,
    block_hours: int = COMPACTED_HOURS,
) -> None:
    """Make the blocks of pasts that end now.

    Args:
        line: The line of promtool.
        pasts: What to write.
        now: Seconds since the epoch; no sample is at it or after it.
        data: The folder of the time series.
        work: A folder for one text at a time.
        block_hours: How long the blocks are at most.

    Raises:
        HistoryError: promtool failed.
    """
    all_pasts = tuple(pasts)
    text = work / "history.txt"
    longest = max(past.seconds for past in all_pasts)
    data.mkdir(parents=True, exist_ok=True)
    try:
        for since, until in spans(now - longest, now):
            with text.open("w") as file:
                for past in all_pasts:
                    file.writelines(_texts(past, now, since, until))
                file.write("# EOF\n")
            outcome = run(
                *(find("promtool", line), "tsdb", "create-blocks-from", "--quiet"),
                *(f"--max-block-duration={block_hours}h", "openmetrics", text, data),
                seconds=_SECONDS,
            )
            if outcome.code:
                raise HistoryError(outcome.output)
    finally:
        text.unlink(missing_ok=True)


def _texts(past: Past, now: int, since: int, until: int) -> Iterator[str]:
    """Yield the lines of each series between two times; the text of a course is made once."""
    begin = now - past.seconds
    first = max(begin, begin + -(-(since - begin) // past.interval) * past.interval)
    times = range(first, until, past.interval)
    if not times:
        return
    for label, of_hour in _hours(past, times):
        courses = [_course(past, of_hour, begin, shape) for shape in range(SHAPES)]
        for number, series in enumerate(past.series):
            named = f"{series[:-1]},{label}}}" if label else series
            yield named
            yield named.join(courses[number % SHAPES])


def _hours(past: Past, times: range) -> Iterator[tuple[str, Sequence[int]]]:
    """Yield the times of samples, and the label that they have in common; "" for none."""
    if past.hour is None:
        yield "", times
        return
    found: dict[int, list[int]] = {}
    for time in times:
        found.setdefault((time // _HOUR - past.hour) % _HOURS_APART, []).append(time)
    for number, of_hour in found.items():
        yield f'{HOUR_LABEL}="{number}"', of_hour


def _course(past: Past, times: Sequence[int], begin: int, shape: int) -> list[str]:
    chance = random.Random(shape)  # noqa: S311 - noise, the same in each run
    values = (past.mean * (1 + chance.uniform(-past.noise, past.noise)) for _ in times)
    if past.counter:
        return [
            f" {int(past.mean * (time - begin) + 0.5 * value)} {time}\n"
            for time, value in zip(times, values, strict=True)
        ]
    return [f" {value!r} {time}\n" for time, value in zip(times, values, strict=True)]
