"""What rules record of base series: hours, their beginnings, and half hours."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import attrs

from slogen import naming
from slogen.live.filling.evaluations import HOUR_MS, MARK_MS
from slogen.live.groups import Group
from slogen.plan.hours import DAY, UNRECORDED
from slogen.units import Duration

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from slogen.live.filling.evaluations import Evaluations
    from slogen.live.parts import Sample
    from slogen.plan import ResolvedSLO

_LATELY = Duration("30m").milliseconds
_REMEMBERED = (DAY + UNRECORDED).milliseconds
"""How far back `slogen.compiler.data.stale_alert` looks for half hours."""


@attrs.frozen
class Recorded:
    """A sample that a rule records.

    Attributes:
        metric: The name of its series.
        group: The group; the empty tuple where it is about all of them.
        hour: The hour since the epoch that the series bears, if it bears one.
        at: The time, in milliseconds since the epoch.
        value: The value.
    """

    metric: str
    group: Group
    hour: int | None
    at: int
    value: float


class _Sum:
    """A sum that loses nothing to rounding, made as Prometheus makes it (Neumaier)."""

    __slots__ = ("_lost", "_total", "count")

    def __init__(self) -> None:
        self._total = self._lost = 0.0
        self.count = 0

    def add(self, value: float) -> None:
        total = self._total + value
        if abs(self._total) >= abs(value):
            self._lost += (self._total - total) + value
        else:
            self._lost += (value - total) + self._total
        self._total = total
        self.count += 1

    @property
    def value(self) -> float:
        return self._total + self._lost


class Counting:
    """Adds up the samples of an SLO's base series, in any order, as its rules do."""

    def __init__(self, slo: ResolvedSLO, evaluations: Evaluations) -> None:
        """Begin with nothing counted."""
        self._slo = slo
        self._evaluations = evaluations
        self._hours: dict[str, dict[tuple[Group, int], _Sum]] = {
            metric: defaultdict(_Sum) for metric in (naming.ERRORS_INCREASE, naming.EVENTS_INCREASE)
        }
        self._lately: dict[tuple[Group, int], _Sum] = defaultdict(_Sum)
        self._present: set[tuple[Group, int]] = set()

    def add(self, metric: str, group: Group, samples: Iterable[Sample]) -> None:
        """Add samples of a base series."""
        hours = self._hours[metric]
        since = self._evaluations.end - _REMEMBERED - _LATELY
        is_events = metric == naming.EVENTS_INCREASE
        for at, value in samples:
            hours[group, at // HOUR_MS].add(value)
            if is_events and at > since:
                self._add_lately(group, at, value)

    @property
    def groups(self) -> tuple[Group, ...]:
        """The groups that counted something, sorted."""
        return tuple(sorted({group for group, _ in self._hours[naming.EVENTS_INCREASE]}))

    def recorded(self) -> Iterator[Recorded]:
        """Yield what the rules record, series by series, each forward in time."""
        for increase, metric in (
            (naming.ERRORS_INCREASE, naming.ERRORS_SUM),
            (naming.EVENTS_INCREASE, naming.EVENTS_SUM),
        ):
            for (group, hour), total in sorted(self._hours[increase].items(), key=_by_hour):
                yield Recorded(metric, group, hour, self._recorded_at(hour), total.value)
        for (group, hour), total in sorted(
            self._hours[naming.EVENTS_INCREASE].items(), key=_by_hour
        ):
            if not self._evaluations.is_shared(hour):
                at = self._evaluations.turn(hour)
                counted = min(total.count * self._evaluations.fast, HOUR_MS)
                began = ((hour + 1) * HOUR_MS - counted) / 1_000
                yield Recorded(naming.EVENTS_HOUR, group, hour, at, began)
        if self._slo.stale:
            yield from self._half_hours()
        if self._slo.stale_groups:
            yield from self._half_hours_of_groups()

    def _recorded_at(self, hour: int) -> int:
        """Return when an hour is recorded.

        Of the hour in which the rules began they have recorded their own part. The rest is a
        second sample of the same series, at the last evaluation before: windows add up all samples.
        """
        when = self._evaluations
        return when.end if when.is_shared(hour) else when.turn(hour)

    def _add_lately(self, group: Group, at: int, value: float) -> None:
        first, end = at // MARK_MS - 1, self._evaluations.end
        for number in range(first, first + 3 + _LATELY // MARK_MS):
            mark = self._evaluations.mark(number)
            if mark - _LATELY < at <= mark <= end and mark > end - _REMEMBERED:
                self._lately[group, mark].add(value)
                if at > mark - self._evaluations.fast:
                    self._present.add((group, mark))

    def _half_hours(self) -> Iterator[Recorded]:
        totals: dict[int, _Sum] = defaultdict(_Sum)
        for (_, mark), events in sorted(self._lately.items(), key=_by_hour):
            totals[mark].add(events.value)
        for mark in sorted({mark for _, mark in self._present}):
            yield Recorded(naming.EVENTS_LATELY, (), None, mark, totals[mark].value)

    def _half_hours_of_groups(self) -> Iterator[Recorded]:
        for group, mark in sorted(self._present):
            events = self._lately[group, mark].value
            yield Recorded(naming.GROUP_EVENTS_LATELY, group, None, mark, events)


def _by_hour(item: tuple[tuple[Group, int], _Sum]) -> tuple[Group, int]:
    return item[0]
