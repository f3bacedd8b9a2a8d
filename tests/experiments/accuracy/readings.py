"""What each way says at each moment of the grid, beside what was true."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING

import attrs

from tests.experiments.accuracy import history, spans
from tests.experiments.accuracy.scenario import SCRAPE, pods
from tests.experiments.accuracy.scraped import scraped
from tests.experiments.accuracy.spans import Span
from tests.experiments.accuracy.summary import relative
from tests.experiments.accuracy.truth import Count, count
from tests.truth.arithmetic import DAY, HOUR, MINUTE, SECONDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tests.realtools.server import PrometheusServer

EVERY, PAST = 3 * HOUR, 17 * MINUTE
"""The moments of the grid: every three hours, at 17 minutes past."""

_AT_ONCE = 24
"""How many moments a query is asked for, so that an answer comes in time."""


@attrs.frozen(kw_only=True)
class Reading:
    """A window at a moment.

    Attributes:
        window: Its length.
        at: The moment.
        values: The ratio that each way gives; None if it gives none.
        asked: The stretch that ends at the moment, and what was true of it.
        own: The stretch that slogen's value is about, and what was true of it.
    """

    window: str
    at: float
    values: Mapping[str, float | None]
    asked: tuple[Span, Count]
    own: tuple[Span, Count]

    def off(self, way: str) -> float:
        """Return how far a way is from the truth at the moment, as a part of the truth."""
        return relative(self.values[way], self.asked[1].bad / self.asked[1].events)

    def off_in_events(self, way: str) -> float:
        """Return how many bad events more or less would make a way true at the moment."""
        value, truth = self.values[way], self.asked[1]
        return math.inf if value is None else abs(value * truth.events - truth.bad)

    @property
    def off_at_own_time(self) -> float:
        """How far slogen's value is from the truth of its own stretch, as a part of it."""
        return relative(self.values[history.SLOGEN], self.own[1].bad / self.own[1].events)


@attrs.frozen(kw_only=True)
class CountReading:
    """Events and bad events of a window at a moment.

    Attributes:
        window: Its length.
        at: The moment.
        values: Both counts as slogen and the raw way give them.
        asked: What was true of the window that ends at the moment.
        own: What was true of the stretch that slogen's value is about.
        scraped: What the newest scrapes had seen of that.
    """

    window: str
    at: float
    values: Mapping[str, tuple[float | None, float | None]]
    asked: Count
    own: Count
    scraped: Count

    def off(self, way: str, part: int) -> float:
        """Return how far a way's events (0) or bad events (1) are off at the moment asked."""
        return relative(self.values[way][part], attrs.astuple(self.asked)[part])

    def off_at_own_time(self, part: int) -> float:
        """Return how far slogen's are from what was true of their own stretch."""
        return relative(self.values[history.SLOGEN][part], attrs.astuple(self.own)[part])

    def off_of_scraped(self, part: int) -> float:
        """Return how many events slogen's are away from what was scraped."""
        value = self.values[history.SLOGEN][part]
        return math.inf if value is None else abs(value - attrs.astuple(self.scraped)[part])


def grid(days: int) -> list[int]:
    """Return the moments of the last days."""
    return list(range(-days * DAY + PAST, 1, EVERY))


def reached(window: str, moments: Sequence[int], recorded_days: float) -> list[int]:
    """Return the moments for which a window lies within what was recorded, with its first hour."""
    first = -recorded_days * DAY + SECONDS[window] + HOUR
    return [at for at in moments if at > first]


def readings(
    server: PrometheusServer, series: int, window: str, moments: Sequence[int]
) -> list[Reading]:
    """Return the readings of a window's ratio."""
    values = {way: asked(server, history.ratio(way, window), moments) for way in history.WAYS}
    recorded = times(server, history.ratio(history.SLOGEN, window), moments)
    phase = base_phase(server)
    found = []
    for at in moments:
        first = spans.asked(window, at)
        second = spans.own(window, recorded.get(at, at), phase)
        found.append(
            Reading(
                window=window,
                at=at,
                values={way: its.get(at) for way, its in values.items()},
                asked=(first, _truth(series, first)),
                own=(second, _truth(series, second)),
            )
        )
    return found


def count_readings(
    server: PrometheusServer, series: int, window: str, moments: Sequence[int]
) -> list[CountReading]:
    """Return the readings of a window's counts."""
    values = {
        way: [asked(server, expr, moments) for expr in history.counts(way, window)]
        for way in (history.SLOGEN, history.RAW)
    }
    recorded = {at: float(at) for at in moments}
    if window == history.PERIOD:
        recorded = times(server, history.counts(history.SLOGEN, window)[0], moments)
    phase = base_phase(server)
    found = []
    for at in moments:
        span = spans.own(window, recorded.get(at, at), phase)
        found.append(
            CountReading(
                window=window,
                at=at,
                values={way: (its[0].get(at), its[1].get(at)) for way, its in values.items()},
                asked=_truth(series, spans.asked(window, at)),
                own=_truth(series, span),
                scraped=scraped(series, *spans.until_scrapes(span)),
            )
        )
    return found


def asked(server: PrometheusServer, expr: str, moments: Sequence[int]) -> dict[int, float]:
    """Return what an expression of at most one series gives at evenly spaced moments."""
    found = {}
    step = moments[1] - moments[0] if len(moments) > 1 else SCRAPE
    for part in _parts(moments):
        answer = server.get(
            "/api/v1/query_range",
            query=expr,
            start=history.END + part[0],
            end=history.END + part[-1],
            step=step,
        )["result"]
        assert len(answer) <= 1, f"{expr} gives {len(answer)} series"
        for time, value in (sample for one in answer for sample in one["values"]):
            if math.isfinite(float(value)):
                found[round(time) - history.END] = float(value)
    return found


def times(server: PrometheusServer, selector: str, moments: Sequence[int]) -> dict[int, float]:
    """Return when the value was recorded that a selector shows at each moment."""
    found = asked(server, f"max(timestamp({selector}))", moments)
    return {at: time - history.END for at, time in found.items()}


def base_phase(server: PrometheusServer) -> float:
    """Return how late in each half minute the base series are recorded."""
    return times(server, history.base(), [0])[0] % SCRAPE


def _parts(moments: Sequence[int]) -> Iterator[Sequence[int]]:
    for first in range(0, len(moments), _AT_ONCE):
        yield moments[first : first + _AT_ONCE]


def _truth(series: int, span: Span) -> Count:
    return count(pods(series), span.begin, span.end)
