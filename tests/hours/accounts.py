"""What hours, and what windows made of them say, beside what the base series counted."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import attrs

from slogen import naming
from tests.hours.slos import FAST_INTERVAL, HOUR, SLOW_INTERVAL, TENANT

if TYPE_CHECKING:
    from tests.realtools.server import PrometheusServer

_HOURS_TOLD_APART = 4
_PARTS: Mapping[str, tuple[str, ...]] = {
    naming.EVENTS_INCREASE: (naming.EVENTS_SUM, naming.EVENTS_OPEN, naming.EVENTS_PERIOD),
    naming.ERRORS_INCREASE: (naming.ERRORS_SUM, naming.ERRORS_OPEN, naming.ERRORS_PERIOD),
}


@attrs.frozen(order=True)
class Sample:
    """What was recorded: when, in seconds of the rules' own time, what, and for which hour."""

    time: float
    value: float
    hour: str = ""


@attrs.frozen
class WrongPeriod:
    """A value of the period that is not between what it may be: the minute of the hour, and all."""

    minute: float
    value: int
    least: int
    most: int


@attrs.frozen(kw_only=True)
class Account:
    """One tenant's events, or bad events.

    Attributes:
        tenant: The tenant.
        record: The name of the base series.
        base: What the base series counted, by evaluation.
        sums: The hours that were recorded.
        open: What no hour held, by evaluation.
        period: What the SLO's own window held, by evaluation.
        beginnings: When hours began, as it was recorded; of events only.
    """

    tenant: str
    record: str
    base: Sequence[Sample]
    sums: Sequence[Sample] = ()
    open: Sequence[Sample] = ()
    period: Sequence[Sample] = ()
    beginnings: Sequence[Sample] = ()

    @property
    def counted(self) -> int:
        """How many events the base series counted."""
        return self.counted_until(math.inf)

    def counted_until(self, moment: float) -> int:
        """Return how many events the base series had counted at a moment, that one included."""
        until = bisect_right(self.base, moment, key=lambda sample: sample.time)
        return round(sum(sample.value for sample in self.base[:until]))

    def by_hour(self) -> dict[int, int]:
        """Return how many events were counted in each hour, by the time of the evaluations."""
        counts: defaultdict[int, float] = defaultdict(float)
        for sample in self.base:
            counts[int(sample.time // HOUR)] += sample.value
        return {hour: round(count) for hour, count in counts.items()}

    def recorded(self) -> dict[int, list[int]]:
        """Return what was recorded for each hour, in the hour after it: once, if all is well."""
        return _by_hour_before(self.sums)

    def begun(self) -> dict[int, list[int]]:
        """Return how many seconds of each hour there were, by what was recorded of its begin."""
        ends = {hour: (hour + 1) * HOUR for hour in self.by_hour()}
        moments = _by_hour_before(self.beginnings)
        return {hour: [ends[hour] - second for second in found] for hour, found in moments.items()}

    def evaluated(self) -> dict[int, int]:
        """Return how many seconds of each hour there were, by its evaluations."""
        seconds: defaultdict[int, int] = defaultdict(int)
        for sample in self.base:
            hour = int(sample.time // HOUR)
            seconds[hour] = min(seconds[hour] + FAST_INTERVAL, HOUR)
        return seconds

    def wrong_labels(self) -> list[Sample]:
        """Return the samples whose label names another hour than the one that they are about."""
        of_base = ((sample, int(sample.time // HOUR)) for sample in self.base)
        of_hours = ((sample, int(sample.time // HOUR) - 1) for sample in self.sums)
        both = (*of_base, *of_hours)
        return [sample for sample, hour in both if sample.hour != f"{hour % _HOURS_TOLD_APART}"]

    def wrong_periods(self, lag: float, lost: int = 0) -> list[WrongPeriod]:
        """Return each evaluation of the period that holds more or less than was counted.

        Args:
            lag: By how many seconds the period may be behind the base series.
            lost: How many events no hour holds, in a story that loses some.
        """
        return [
            WrongPeriod(round(sample.time % HOUR / 60, 2), round(sample.value), least, most)
            for sample in self.period
            for least in [self.counted_until(sample.time - lag) - lost]
            for most in [self.counted_until(sample.time)]
            if not least <= round(sample.value) <= most
        ]

    def last_period(self) -> int:
        """Return what the period held at last."""
        return round(self.period[-1].value)

    def last_open(self) -> int:
        """Return what no hour held at last, by the newest evaluation that can be read."""
        since = self.period[-1].time - 1.5 * SLOW_INTERVAL
        times = [sample.time for sample in self.open if sample.time > since]
        return round(
            sum(sample.value for sample in self.open if times and sample.time == times[-1])
        )


def _by_hour_before(samples: Sequence[Sample]) -> dict[int, list[int]]:
    found: defaultdict[int, list[int]] = defaultdict(list)
    for sample in samples:
        found[int(sample.time // HOUR) - 1].append(round(sample.value))
    return dict(found)


def accounts(server: PrometheusServer, speed: int) -> tuple[Account, ...]:
    """Return what a server recorded of each tenant, whatever the SLO was called meanwhile.

    VictoriaMetrics shows a moment at which a rule recorded nothing as NaN.
    """

    def read(metric: str) -> dict[str, list[Sample]]:
        found: defaultdict[str, list[Sample]] = defaultdict(list)
        for series in server.get("/api/v1/query", query=f"{metric}[1h]")["result"]:
            labels = series["metric"]
            found[labels[TENANT]] += (
                Sample(speed * float(moment), float(value), labels.get(naming.HOUR_LABEL, ""))
                for moment, value in series["values"]
                if not math.isnan(float(value))
            )
        return {tenant: sorted(samples) for tenant, samples in found.items()}

    beginnings = read(naming.EVENTS_HOUR)
    return tuple(
        Account(
            tenant=tenant,
            record=record,
            base=base,
            sums=sums.get(tenant, ()),
            open=still_open.get(tenant, ()),
            period=period.get(tenant, ()),
            beginnings=beginnings.get(tenant, ()) if record == naming.EVENTS_INCREASE else (),
        )
        for record, names in _PARTS.items()
        for sums, still_open, period in [[read(name) for name in names]]
        for tenant, base in read(record).items()
    )
