"""Numbers out of a Prometheus' own metrics, and what follows from two readings of them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from math import ceil

import attrs

_SAMPLE = re.compile(r"([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)(?: \d+)?")
_GROUP = re.compile(r'rule_group="((?:[^"\\]|\\.)*)"')
_FLOATS = 'type="float"'

PARTS = ("fast", "slow", "budget", "raw")
"""The last word of a group's name."""


@attrs.frozen(kw_only=True)
class Reading:
    """What the metrics of a server said at one moment; totals are those since its start.

    Attributes:
        time: Seconds on a steady clock.
        totals: Values by metric; of a metric with labels the sum.
        groups: By group: the time of its last evaluation, and how many seconds that took.
        missed: Evaluations that were not begun in time, by part.
    """

    time: float
    totals: Mapping[str, float]
    groups: Mapping[str, tuple[float, float]]
    missed: Mapping[str, float]


def read(text: str, time: float) -> Reading:
    r"""Return what the text of `/metrics` says.

    >>> reading = read('a_total{x="1"} 2\na_total{x="2"} 3\n', time=0)
    >>> reading.totals["a_total"]
    5.0
    """
    totals: defaultdict[str, float] = defaultdict(float)
    missed: defaultdict[str, float] = defaultdict(float)
    groups: defaultdict[str, dict[str, float]] = defaultdict(dict)
    for line in text.splitlines():
        if line.startswith("#") or not (found := _SAMPLE.fullmatch(line)):
            continue
        metric, labels, value = found[1], found[2] or "", float(found[3])
        if metric == "prometheus_tsdb_head_samples_appended_total" and _FLOATS not in (
            labels or _FLOATS
        ):
            continue
        totals[metric] += value
        if metric.startswith("prometheus_rule_group_") and (group := _GROUP.search(labels)):
            groups[group[1]][metric.removeprefix("prometheus_rule_group_")] = value
            if metric.endswith("_iterations_missed_total"):
                missed[part_of(group[1])] += value
    return Reading(
        time=time,
        totals=dict(totals),
        groups={
            name: (values["last_evaluation_timestamp_seconds"], values["last_duration_seconds"])
            for name, values in groups.items()
            if values.get("last_evaluation_timestamp_seconds", 0) > 0
        },
        missed=dict(missed),
    )


def part_of(group: str) -> str:
    """Return the part that a group is, such as fast.

    >>> part_of("/rules/a.yaml;slogen:a-b:fast")
    'fast'
    """
    return group.rpartition(":")[2]


def durations(readings: Iterable[Reading], since: Reading) -> dict[str, list[float]]:
    """Return the seconds of evaluations by part, sorted: each once, none from before."""
    seen = {
        (group, when): seconds
        for reading in readings
        for group, (when, seconds) in reading.groups.items()
        if since.groups.get(group, (0.0, 0.0))[0] < when
    }
    found: defaultdict[str, list[float]] = defaultdict(list)
    for (group, _), seconds in seen.items():
        found[part_of(group)].append(seconds)
    return {part: sorted(found[part]) for part in PARTS if part in found}


def quantile(values: list[float], part: float) -> float:
    """Return the smallest of sorted values that so many of them do not exceed.

    >>> quantile([1, 2, 3, 4], 0.5)
    2
    """
    return values[max(0, ceil(part * len(values)) - 1)]


def per_second(before: Reading, after: Reading, metric: str) -> float | None:
    """Return how fast a total grew; nothing, where the server has no such metric."""
    if metric not in after.totals:
        return None
    grown = after.totals[metric] - before.totals.get(metric, 0.0)
    return grown / (after.time - before.time)
