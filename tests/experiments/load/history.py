"""Blocks of a TSDB with the past of series, made with promtool from OpenMetrics text."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import attrs

from tests.realtools.packages import find
from tests.realtools.processes import run

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

BLOCK_SECONDS = 54 * 3600
"""What Prometheus itself makes at most of its blocks with a retention of 31 days."""

SHAPES = 16
"""How many courses the series of one mean take; each series follows one of them."""

_BLOCK = f"--max-block-duration={BLOCK_SECONDS // 3600}h"
_SECONDS = 1800


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
    """

    series: tuple[str, ...]
    mean: float
    interval: int
    seconds: int
    counter: bool = False
    noise: float = 0.1

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


def write_blocks(line: str, pasts: Iterable[Past], *, now: int, data: Path, work: Path) -> None:
    """Make the blocks of pasts that end now.

    Args:
        line: The line of promtool.
        pasts: What to write.
        now: Seconds since the epoch; no sample is at it or after it.
        data: The folder of the time series.
        work: A folder for one text at a time.

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
                *(find("promtool", line), "tsdb", "create-blocks-from", "--quiet", _BLOCK),
                *("openmetrics", text, data),
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
    courses = [_course(past, times, begin, shape) for shape in range(SHAPES)]
    for number, series in enumerate(past.series):
        yield series
        yield series.join(courses[number % SHAPES])


def _course(past: Past, times: range, begin: int, shape: int) -> list[str]:
    chance = random.Random(shape)  # noqa: S311 - noise, the same in each run
    values = (past.mean * (1 + chance.uniform(-past.noise, past.noise)) for _ in times)
    if past.counter:
        return [
            f" {int(past.mean * (time - begin) + 0.5 * value)} {time}\n"
            for time, value in zip(times, values, strict=True)
        ]
    return [f" {value!r} {time}\n" for time, value in zip(times, values, strict=True)]
