"""Forty days of the ERP, hour by hour, as its rules would have recorded them; and the truth.

The hours and the last base series are written into blocks. A real Prometheus then goes on from
there: it evaluates the ERP's own rules, and scrapes an exporter whose counters stand still, so that
what it records in the end is known to the event.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

import attrs

from slogen.naming import (
    ERRORS_INCREASE,
    ERRORS_SUM,
    EVENTS_HOUR,
    EVENTS_INCREASE,
    EVENTS_SUM,
    HOUR_LABEL,
)
from slogen.plan import ResolvedSLO
from tests.realtools.hours import HOUR, named, number

DAYS = 40
STEP = 30
"""Seconds between two samples of the base series."""
_BASE_HOURS = 8
_RECORDED_AFTER = 270
"""When an hour is recorded, in seconds after its end: at its first try."""

Counts = Callable[[int], tuple[int, int]]
"""Returns the bad events and the events of an hour, by its number since the epoch."""


@attrs.frozen(kw_only=True)
class History:
    """What an SLO counted.

    Attributes:
        slo: The SLO.
        counts: What each hour counted.
        first: Its first hour.
        now: When the history ends, in seconds since the epoch.
    """

    slo: ResolvedSLO
    counts: Counts
    first: int
    now: int

    def recorded_hours(self) -> range:
        """Return the hours that are recorded when the history ends."""
        last = (self.now - _RECORDED_AFTER) // HOUR - 1
        return range(self.first, last + 1)

    def series(self) -> Iterator[tuple[str, list[tuple[int, float]]]]:
        """Yield the series of hours, and the base series of the last ones."""
        own = dict(self.slo.identity)
        by_number: dict[str, list[int]] = {}
        for hour in self.recorded_hours():
            by_number.setdefault(number(hour), []).append(hour)
        for label, hours in by_number.items():
            labels = {**own, HOUR_LABEL: label}
            times = [(hour + 1) * HOUR + _RECORDED_AFTER for hour in hours]
            errors, events = zip(*map(self.counts, hours), strict=True)
            starts = [hour * HOUR for hour in hours]
            for name, values in (
                (ERRORS_SUM, errors),
                (EVENTS_SUM, events),
                (EVENTS_HOUR, starts),
            ):
                yield named(name, labels), list(zip(times, map(float, values), strict=True))
        last = self.now // HOUR
        for hour in range(max(self.first, last - _BASE_HOURS), last + 1):
            labels = {**own, HOUR_LABEL: number(hour)}
            times = [time for time in self._times(hour) if time < self.now]
            parts = [count * STEP / HOUR for count in self.counts(hour)]
            for name, part in zip((ERRORS_INCREASE, EVENTS_INCREASE), parts, strict=True):
                if times:
                    yield named(name, labels), [(time, part) for time in times]

    def window(self, seconds: float, at: float) -> tuple[float, float]:
        """Return the bad events and the events of a window that ends at a moment after the end.

        Hours count by when they were recorded, and of those that were not yet what the base
        series hold.
        """
        recorded = self.recorded_hours()
        hours = [
            hour for hour in recorded if at - seconds < (hour + 1) * HOUR + _RECORDED_AFTER <= at
        ]
        return self._summed([*hours, *self._open_hours()])

    def between(self, start: float, end: float) -> tuple[float, float]:
        """Return the bad events and the events of the hours that began between two moments."""
        hours = [*self.recorded_hours(), *self._open_hours()]
        return self._summed([hour for hour in hours if start <= hour * HOUR < end])

    def _open_hours(self) -> list[int]:
        recorded = self.recorded_hours()
        first = max(self.first, recorded.stop)
        return list(range(first, self.now // HOUR + 1))

    def _summed(self, hours: list[int]) -> tuple[float, float]:
        errors = events = 0.0
        for hour in hours:
            share = len([time for time in self._times(hour) if time < self.now]) * STEP / HOUR
            bad, all_ = self.counts(hour)
            errors, events = errors + bad * share, events + all_ * share
        return errors, events

    @staticmethod
    def _times(hour: int) -> range:
        """Return when the base series of an hour have samples; never at its border."""
        return range(hour * HOUR + STEP // 2, (hour + 1) * HOUR, STEP)


def requests(events: int, bad_of_a_thousand: float, seed: int) -> Counts:
    """Return counts that vary by the hour of the day and by chance, the same in each run."""

    def counts(hour: int) -> tuple[int, int]:
        chance = random.Random(f"{seed} {hour}")  # noqa: S311 (numbers, the same in each run)
        all_ = int(events * (0.5 + (hour % 24) / 24))
        return int(all_ * bad_of_a_thousand / 1_000 * chance.uniform(0.5, 1.5)), all_

    return counts


def seconds_bad(bad: int) -> Counts:
    """Return counts of seconds: so many bad ones at three in the night, and all seen."""
    return lambda hour: (bad if hour % 24 == 3 else 0, HOUR)


_SUCCESS = 'service="backend-api",result="success"'
GROWING = {
    'http_requests_total{service="backend-api",code="200"}': 0.0,
    'http_requests_total{service="backend-api",code="500"}': 0.0,
    'http_request_duration_seconds_bucket{service="backend-api",le="0.2"}': 0.0,
    'http_request_duration_seconds_bucket{service="backend-api",le="+Inf"}': 0.0,
    'http_request_duration_seconds_count{service="backend-api"}': 0.0,
    **{
        f'business_process_total{{process="{process}",{_SUCCESS}}}': 0.0
        for process in ("user_registration", "task_creation")
    },
    'database_queries_total{result="success"}': 0.0,
    'database_query_duration_seconds_bucket{le="0.1"}': 0.0,
    "database_query_duration_seconds_count": 0.0,
    'frontend_page_loads_total{result="success"}': 0.0,
    'frontend_page_load_duration_bucket{le="2"}': 0.0,
    "frontend_page_load_duration_count": 0.0,
}
"""Counters of the ERP, and how fast they grow: not at all."""
STANDING = {
    'cpu_usage_percent{service="backend-api"}': 20.0,
    'memory_usage_percent{service="backend-api"}': 30.0,
    "database_connection_pool_used": 1.0,
    "database_connection_pool_max": 10.0,
}
"""Gauges of the ERP, all of them good."""
