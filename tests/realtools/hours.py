"""What rules record of hours, computed from base series alone.

Rules that record an hour read whether it is recorded already. promtool's back-fill evaluates a rule
over all of the past before it writes any of it, so it would record each hour six times. The numbers
stand here as the documentation has them; that a Prometheus which runs records the same is tested.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import attrs

from slogen.naming import (
    ERRORS_INCREASE,
    ERRORS_SUM,
    EVENTS_HOUR,
    EVENTS_INCREASE,
    EVENTS_SUM,
    HOUR_LABEL,
    Naming,
)
from slogen.rules import RecordingRule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from slogen.rules import RuleGroup
    from slogen.units import Duration
    from tests.realtools.server import PrometheusServer

    Samples = Iterable[tuple[float, float]]

HOUR = 3_600
FIRST_TRY = 240
"""When an hour is recorded, in seconds after its end, at the earliest."""
BETWEEN_TRIES = 600
BASES = {ERRORS_SUM: ERRORS_INCREASE, EVENTS_SUM: EVENTS_INCREASE, EVENTS_HOUR: EVENTS_INCREASE}
"""The series of hours, and what each is made of."""

Labels = frozenset[tuple[str, str]]


@attrs.frozen(kw_only=True)
class Count:
    """What a group counted in an hour: how much, in how many evaluations."""

    total: float = 0.0
    evaluations: int = 0


@attrs.frozen(kw_only=True)
class Recorder:
    """The rules that record an SLO's hours, as they were written for a time.

    Attributes:
        labels: What they add to each series.
        spans: When they ran, as beginnings and ends in seconds since the epoch.
        fast: Seconds between two evaluations of the base series.
        slow: Seconds between two evaluations of these rules.
    """

    labels: Mapping[str, str]
    spans: Sequence[tuple[int, int]]
    fast: int
    slow: int

    @property
    def slo_id(self) -> str:
        """The identity of the SLO, which no edit changes."""
        return self.labels[Naming().id]

    def turn(self, hour: int) -> int | None:
        """Return when these rules record an hour; None if they did not run at any try.

        Rules try once in ten minutes, until the next hour is over. They are taken to be evaluated
        in the middle of the time that is left to each try.
        """
        over = (hour + 1) * HOUR + FIRST_TRY + self.slow // 2
        tries = range(over, over - FIRST_TRY + HOUR, BETWEEN_TRIES)
        awake = (time for time in tries if any(a <= time <= b for a, b in self.spans))
        return next(awake, None)


def recorders(groups: Iterable[RuleGroup], spans: Sequence[tuple[int, int]]) -> Iterator[Recorder]:
    """Yield what records hours among rule groups that ran at some times, one for each SLO."""
    rules = [
        (rule, group.interval)
        for group in groups
        for rule in group.rules
        if isinstance(rule, RecordingRule)
    ]
    fast = {
        rule.labels[Naming().id]: interval
        for rule, interval in rules
        if rule.record == EVENTS_INCREASE
    }
    for rule, interval in rules:
        if rule.record == EVENTS_SUM:
            yield Recorder(
                labels=rule.labels,
                spans=spans,
                fast=_seconds(fast[rule.labels[Naming().id]]),
                slow=_seconds(interval),
            )


def counts(
    series: Iterable[tuple[Mapping[str, str], Samples]], own: Iterable[str]
) -> dict[tuple[Labels, int], Count]:
    """Return what base series have counted, by group and by hour since the epoch.

    Args:
        series: Labels and samples, of times in seconds, of one base series.
        own: The labels that an SLO's rules add. All others tell its groups apart.

    Raises:
        ValueError: A sample does not bear the number of its hour, modulo 4.
    """
    found: dict[tuple[Labels, int], list[float]] = defaultdict(list)
    left_out = {"__name__", HOUR_LABEL, *own}
    for labels, samples in series:
        group = frozenset(each for each in labels.items() if each[0] not in left_out)
        for time, value in samples:
            hour = int(time // HOUR)
            if labels.get(HOUR_LABEL) != number(hour):
                raise ValueError(f"{dict(labels)} at {time}, in hour {number(hour)} of 4")
            found[group, hour].append(value)
    return {key: Count(total=sum(values), evaluations=len(values)) for key, values in found.items()}


def number(hour: int) -> str:
    """Return what an hour since the epoch is called on series: its number modulo 4."""
    return str(hour % 4)


def first_second(hour: int, evaluations: int, fast: int) -> int:
    """Return when an hour began, or within it a group that was evaluated so many times."""
    return (hour + 1) * HOUR - min(evaluations * fast, HOUR)


def recorded(
    server: PrometheusServer, versions: Iterable[Recorder]
) -> Iterator[tuple[str, list[tuple[int, float]]]]:
    """Yield the series of hours of some SLOs, with the samples that their rules record."""
    by_slo: dict[str, list[Recorder]] = {}
    for recorder in versions:
        by_slo.setdefault(recorder.slo_id, []).append(recorder)
    for slo_id, its in by_slo.items():
        found = {base: _counted(server, base, slo_id, its) for base in {*BASES.values()}}
        for name, base in BASES.items():
            yield from made(name, found[base], its)


def _counted(
    server: PrometheusServer, base: str, slo_id: str, versions: Sequence[Recorder]
) -> dict[tuple[Labels, int], Count]:
    begin = min(a for each in versions for a, _ in each.spans)
    end = max(b for each in versions for _, b in each.spans)
    query = f"{base}{{{Naming().id}={_quoted(slo_id)}}}[{end - begin + 1}s]"
    answer = server.get("/api/v1/query", query=query, time=end)["result"]
    series = (
        (each["metric"], ((time, float(value)) for time, value in each["values"]))
        for each in answer
    )
    return counts(series, versions[0].labels)


def made(
    name: str, found: Mapping[tuple[Labels, int], Count], versions: Sequence[Recorder]
) -> Iterator[tuple[str, list[tuple[int, float]]]]:
    """Yield what is recorded under a name: each hour once, by whichever version came first."""
    series: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for (group, hour), count in sorted(found.items(), key=lambda item: item[0][1]):
        turns = [(time, each) for each in versions if (time := each.turn(hour)) is not None]
        if not turns:
            continue
        time, recorder = min(turns, key=lambda turn: turn[0])
        value = count.total
        if name == EVENTS_HOUR:
            value = first_second(hour, count.evaluations, recorder.fast)
        labels = {**dict(group), **recorder.labels, HOUR_LABEL: number(hour)}
        series[named(name, labels)].append((time, value))
    yield from series.items()


def named(name: str, labels: Mapping[str, str]) -> str:
    """Return a series as it stands in OpenMetrics text."""
    pairs = ",".join(f"{key}={_quoted(value)}" for key, value in sorted(labels.items()))
    return f"{name}{{{pairs}}}"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _seconds(interval: Duration) -> int:
    return round(interval.milliseconds / 1_000)
