"""Base series as the rules recorded them, read in parts of a day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import attrs

from slogen import naming
from slogen.live.replay.counts import Counts
from slogen.plan.hours import DAY, remembered
from slogen.promql.expr import Aggregation, call
from slogen.promql.selector import Matcher
from slogen.recorded.alerts import firing
from slogen.recorded.series import recorded
from slogen.units import Duration

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from slogen.live.client import Prometheus
    from slogen.plan import ResolvedSLO
    from slogen.promql.expr import Series

Group = tuple[str, ...]
"""The values of the labels of ``group_by``."""


@attrs.frozen(kw_only=True, eq=False)
class Recorded:
    """What was recorded of an SLO.

    Attributes:
        counts: What each group counted.
        first_hours: When a group began that is older than its counts, in milliseconds.
        samples: How many samples were read.
    """

    counts: Mapping[Group, Counts]
    first_hours: Mapping[Group, int]
    samples: int


def read_recorded(
    prometheus: Prometheus, slo: ResolvedSLO, start: int, end: int, asked: Callable[[], None]
) -> Recorded:
    """Return what the rules recorded of an SLO after one moment and until another.

    Args:
        prometheus: Who is asked.
        slo: The SLO.
        start: The beginning, in milliseconds since the epoch.
        end: The end.
        asked: Called for each query that is answered.

    Raises:
        ServerError: If there is no answer that can be used.
    """
    found: dict[Group, tuple[list[tuple[int, float]], list[tuple[int, float]]]] = {}
    samples = 0
    for place, metric in enumerate((naming.ERRORS_INCREASE, naming.EVENTS_INCREASE)):
        for labels, points in _samples(prometheus, recorded(slo, metric), start, end, asked):
            samples += len(points)
            found.setdefault(_group(slo, labels), ([], []))[place].extend(points)
    by = slo.definition.group_by
    hours = recorded(slo, naming.EVENTS_HOUR).over(remembered(slo.period))
    oldest = prometheus.query(Aggregation("min", by, call("min_over_time", hours)), _moment(start))
    asked()
    return Recorded(
        counts={group: Counts.of(*found[group]) for group in sorted(found)},
        first_hours={_group(slo, item.labels): round(1_000 * item.value) for item in oldest},
        samples=samples,
    )


def read_alerts(
    prometheus: Prometheus, slo: ResolvedSLO, start: int, end: int, asked: Callable[[], None]
) -> Mapping[tuple[Group, str, str], tuple[int, ...]]:
    """Return when the burn-rate alerts of an SLO did fire, by group, long window and threshold.

    Raises:
        ServerError: If there is no answer that can be used.
    """
    series = firing(Matcher(slo.naming.id, "=", slo.definition.id))
    found: dict[tuple[Group, str, str], set[int]] = {}
    for labels, points in _samples(prometheus, series, start, end, asked):
        names = (slo.naming.window, slo.naming.burn_rate)
        window, threshold = (labels.get(name, "") for name in names)
        times = found.setdefault((_group(slo, labels), window, threshold), set())
        times.update(at for at, _ in points)
    return {key: tuple(sorted(times)) for key, times in found.items()}


def _samples(
    prometheus: Prometheus, series: Series, start: int, end: int, asked: Callable[[], None]
) -> Iterator[tuple[Mapping[str, str], list[tuple[int, float]]]]:
    """Yield labels and samples of series, a day at a time; the beginning is left out."""
    since = start
    while since < end:
        until = min(since + DAY.milliseconds, end)
        window = series.over(Duration.of_milliseconds(until - since))
        for curve in prometheus.samples(window, _moment(until)):
            points = [(round(1_000 * at), value) for at, value in curve.points]
            yield curve.labels, [point for point in points if point[0] > since]
        asked()
        since = until


def _group(slo: ResolvedSLO, labels: Mapping[str, str]) -> Group:
    return tuple(labels.get(name, "") for name in slo.definition.group_by)


def _moment(milliseconds: int) -> datetime:
    return datetime.fromtimestamp(milliseconds / 1_000, tz=UTC)
