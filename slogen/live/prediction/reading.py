"""The hours that rulers recorded, read in parts that no answer is too large for."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

import attrs

from slogen import naming
from slogen.live.prediction.counted import HOUR_SECONDS
from slogen.plan.hours import HOURS_TOLD_APART
from slogen.recorded.many import series_of
from slogen.units import Duration

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from slogen.live.readings import Fleet, SeriesKey
    from slogen.plan import ResolvedSLO
    from slogen.promql.expr import Series

_PART = Duration("31d")
"""How much of the past a question is about at most."""
_MOST_WITH_GROUPS = 10
"""How many SLOs a question is about at most, where each may have many groups."""

_LABELS = tuple(map(str, range(HOURS_TOLD_APART)))

Samples = dict[float, float]
"""What hours counted, by when they were recorded."""


@attrs.frozen(kw_only=True)
class Recorded:
    """The hours of a group, as a ruler recorded them.

    Attributes:
        events: How many events each had, by when it was recorded, in seconds since the epoch.
        errors: How many of them were bad, likewise.
        numbers: The number of the hour of each, where it is not the one before it was recorded.
    """

    events: Samples = attrs.field(factory=dict, hash=False)
    errors: Samples = attrs.field(factory=dict, hash=False)
    numbers: dict[float, int] = attrs.field(factory=dict, hash=False)

    def by_hour(self, samples: Samples) -> dict[int, float]:
        """Return what each hour counted, by its number: of two samples the sum."""
        found: dict[int, float] = {}
        for at, value in samples.items():
            hour = self.numbers.get(at, hour_of(at))
            found[hour] = found.get(hour, 0.0) + value
        return found


def hour_of(recorded: float, label: str = "") -> int:
    """Return the number of the hour that was recorded at a moment.

    It is the one before, unless its label says that it is another. A backfill records its part of
    the hour in which the rules began within that hour.

    >>> hour_of(7_470.0), hour_of(7_470.0, "1"), hour_of(7_470.0, "2")
    (1, 1, 2)
    """
    now = int(recorded // HOUR_SECONDS)
    return now - (now - int(label)) % HOURS_TOLD_APART if label in _LABELS else now - 1


def recorded_hours(fleet: Fleet, lengths: Mapping[str, Duration]) -> Mapping[SeriesKey, Recorded]:
    """Return the hours that were recorded within a time that ends at the fleet's moment.

    Args:
        fleet: Who is asked about what.
        lengths: How long that time is, by the ids of the SLOs.

    Raises:
        ServerError: If there is no answer that can be used.
    """
    found: dict[SeriesKey, Recorded] = {}
    for length in sorted(set(lengths.values())):
        slos = [slo for slo in fleet.slos if lengths.get(slo.definition.id) == length]
        for some in _batches(slos):
            for end, part in _parts(length):
                then = attrs.evolve(fleet, at=fleet.at - timedelta(milliseconds=end))
                _add(found, then, some, part)
    return found


def _add(
    found: dict[SeriesKey, Recorded], fleet: Fleet, slos: Sequence[ResolvedSLO], part: Duration
) -> None:
    """Add the hours that were recorded within a part of the time."""
    for metric in (naming.EVENTS_SUM, naming.ERRORS_SUM):
        made = partial(_recorded_within, metric=metric, window=part)
        for (key, labels), points in fleet.samples(made, slos).items():
            # Hours that are recorded at one moment, after a ruler was down, differ in this label.
            ruler = frozenset(pair for pair in labels if pair[0] != naming.HOUR_LABEL)
            hours = found.setdefault((key, ruler), Recorded())
            label = dict(labels).get(naming.HOUR_LABEL, "")
            hours.numbers.update((at, hour_of(at, label)) for at, _ in points)
            (hours.events if metric == naming.EVENTS_SUM else hours.errors).update(points)


def _recorded_within(slos: Sequence[ResolvedSLO], metric: str, window: Duration) -> Series:
    return series_of(slos, metric).over(window)


def _batches(slos: Sequence[ResolvedSLO]) -> Iterator[Sequence[ResolvedSLO]]:
    """Yield SLOs without groups together, and few of those with groups."""
    if alone := [slo for slo in slos if not slo.definition.group_by]:
        yield alone
    grouped = [slo for slo in slos if slo.definition.group_by]
    for begin in range(0, len(grouped), _MOST_WITH_GROUPS):
        yield grouped[begin : begin + _MOST_WITH_GROUPS]


def _parts(length: Duration) -> Iterator[tuple[int, Duration]]:
    """Yield how long ago parts of a time end, in milliseconds, and how long each is.

    >>> [(end // 86_400_000, str(part)) for end, part in _parts(Duration("70d"))]
    [(0, '31d'), (31, '31d'), (62, '8d')]
    """
    for end in range(0, length.milliseconds, _PART.milliseconds):
        rest = length.milliseconds - end
        yield end, Duration.of_milliseconds(min(rest, _PART.milliseconds))
