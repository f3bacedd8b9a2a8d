"""Base series as the rules recorded them, or would have, read in parts of a day."""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce
from typing import TYPE_CHECKING

import attrs
import numpy as np

from slogen import naming
from slogen.compiler.base import counted
from slogen.compiler.sli import kind_of
from slogen.live.errors import AnswerTooLarge
from slogen.live.groups import Group, group_of
from slogen.live.parts import Sample, in_parts, moment_of, samples_of
from slogen.live.replay.counts import Counts, pairs
from slogen.plan.hours import remembered
from slogen.promql.expr import Aggregation, call
from slogen.recorded.alerts import firing
from slogen.recorded.series import recorded

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from slogen.live.client import Curve, Prometheus
    from slogen.live.replay.counts import Times, Values
    from slogen.plan import ResolvedSLO
    from slogen.promql.expr import Expr
    from slogen.units import Duration

MOST_SAMPLES = 20_000_000
"""How many samples of an SLO are replayed at most: they take 0.7 GB."""


@attrs.frozen(kw_only=True, eq=False)
class Increments:
    """What was counted of an SLO, and how it is known.

    Attributes:
        counts: What each group counted.
        first_hours: When a group began that is older than its counts, in milliseconds.
        samples: How many samples were read.
        is_raw: Whether the expressions of the rules were evaluated, instead of what they recorded.
    """

    counts: Mapping[Group, Counts]
    first_hours: Mapping[Group, int]
    samples: int
    is_raw: bool


def read_recorded(
    prometheus: Prometheus, slo: ResolvedSLO, start: int, end: int, asked: Callable[[], None]
) -> Increments:
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
    found = _Collected(prometheus, slo)
    for place, metric in enumerate((naming.ERRORS_INCREASE, naming.EVENTS_INCREASE)):
        for labels, points in samples_of(prometheus, recorded(slo, metric), start, end, asked):
            found.add(place, labels, points)
    by = slo.definition.group_by
    hours = recorded(slo, naming.EVENTS_HOUR).over(remembered(slo.period))
    began = Aggregation("min", by, call("min_over_time", hours))
    oldest = prometheus.query(began, moment_of(start))
    asked()
    return Increments(
        counts=found.counts(),
        first_hours={group_of(slo, item.labels): round(1_000 * item.value) for item in oldest},
        samples=found.samples,
        is_raw=False,
    )


def read_raw(  # noqa: PLR0913 (all but the phase are those of `read_recorded`)
    prometheus: Prometheus,
    slo: ResolvedSLO,
    start: int,
    end: int,
    asked: Callable[[], None],
    *,
    phase: int = 0,
) -> Increments:
    """Return what the rules would have recorded of an SLO, had they run.

    Their expressions are evaluated by the server, at each multiple of the fast interval after one
    moment and until another, or so many milliseconds later.

    Raises:
        ServerError: If there is no answer that can be used.
    """
    found = _Collected(prometheus, slo)
    step = slo.timing.fast_interval
    events, errors = counted(slo)

    for place, expr in enumerate((errors, events)):
        ask = _evaluating(prometheus, expr, step, phase)
        for labels, points in in_parts(ask, start, end, asked):
            found.add(place, labels, points)
    if slo.counts_missing:
        found.add_missing(step, end)
    return Increments(counts=found.counts(), first_hours={}, samples=found.samples, is_raw=True)


def read_seen(  # noqa: PLR0913 (all but the counts are those of `read_recorded`)
    prometheus: Prometheus,
    slo: ResolvedSLO,
    start: int,
    end: int,
    asked: Callable[[], None],
    *,
    counts: Mapping[Group, Counts],
) -> Mapping[Group, Times] | None:
    """Return at which evaluations both metrics of an SLI that compares two were there, by group.

    None if the SLI compares none. Without them its alerts do not fire, see
    `slogen.compiler.sli.events.conditions`.

    Raises:
        ServerError: If there is no answer that can be used.
    """
    by = slo.definition.group_by
    needed = kind_of(slo).conditions(slo, slo.definition.sli, by)
    if not needed:
        return None
    step = slo.timing.fast_interval
    both = reduce(lambda one, other: one.and_(other, on=by), needed)
    phase = phase_of(slo, counts)
    found: dict[Group, list[int]] = {}
    for labels, points in in_parts(_evaluating(prometheus, both, step, phase), start, end, asked):
        found.setdefault(group_of(slo, labels), []).extend(at for at, _ in points)
    return {group: np.array(found.get(group, ()), dtype=np.int64) for group in counts}


def phase_of(slo: ResolvedSLO, counts: Mapping[Group, Counts]) -> int:
    """Return how many milliseconds after multiples of the fast interval something was counted."""
    first = min((int(each.times[0]) for each in counts.values()), default=0)
    return first % slo.timing.fast_interval.milliseconds


def _evaluating(
    prometheus: Prometheus, expr: Expr, step: Duration, phase: int = 0
) -> Callable[[int, int], tuple[Curve, ...]]:
    """Return what evaluates an expression after one moment and until another, as a ruler does."""

    def ask(since: int, until: int) -> tuple[Curve, ...]:
        first = ((since - phase) // step.milliseconds + 1) * step.milliseconds + phase
        return prometheus.query_range(expr, moment_of(first), moment_of(until), step)

    return ask


class _Collected:
    """Samples of an SLO by group, of errors and of events, in little memory."""

    def __init__(self, prometheus: Prometheus, slo: ResolvedSLO) -> None:
        self._server = prometheus.url
        self._slo = slo
        self._found: dict[Group, tuple[list[Values], list[Values]]] = {}
        self.samples = 0

    def add(self, place: int, labels: Mapping[str, str], points: Sequence[Sample]) -> None:
        """Add samples, if there are any: of errors if the place is 0, and of events if it is 1."""
        if not points:
            return
        self.samples += len(points)
        if self.samples > MOST_SAMPLES:
            slo = self._slo.definition.id
            reason = f"has more than {MOST_SAMPLES:,} samples of {slo} in this time"
            remedy = "replay fewer days with --days, or a longer interval of the SLO's rules"
            raise AnswerTooLarge(self._server, reason, remedy)
        group = self._found.setdefault(group_of(self._slo, labels), ([], []))
        group[place].append(pairs(points))

    def add_missing(self, step: Duration, end: int) -> None:
        """Add each moment without data as a bad one, from the first data of a group on."""
        pace = step.milliseconds
        for errors, events in self._found.values():
            had_data = np.concatenate([pairs(()), *events])[:, 0]
            if len(had_data):
                gaps = np.setdiff1d(np.arange(had_data.min(), end + 1, pace), had_data)
                bad = np.column_stack([gaps, np.full(len(gaps), float(step.seconds))])
                errors.append(bad)
                events.append(bad)

    def counts(self) -> Mapping[Group, Counts]:
        """Return what each group counted."""
        none = pairs(())
        return {
            group: Counts.of(*(np.concatenate([none, *parts]) for parts in self._found[group]))
            for group in sorted(self._found)
        }


def read_alerts(
    prometheus: Prometheus, slo: ResolvedSLO, start: int, end: int, asked: Callable[[], None]
) -> Mapping[tuple[Group, str, str], tuple[int, ...]]:
    """Return when the burn-rate alerts of an SLO did fire, by group, long window and threshold.

    Raises:
        ServerError: If there is no answer that can be used.
    """
    series = firing(*recorded(slo, naming.EVENTS_INCREASE).matchers)
    found: dict[tuple[Group, str, str], set[int]] = {}
    for labels, points in samples_of(prometheus, series, start, end, asked):
        names = (slo.naming.window, slo.naming.burn_rate)
        window, threshold = (labels.get(name, "") for name in names)
        times = found.setdefault((group_of(slo, labels), window, threshold), set())
        times.update(at for at, _ in points)
    return {key: tuple(sorted(times)) for key, times in found.items()}
