"""The past of any set of SLOs, quickly: what rules would have recorded, and a Prometheus on it.

Only the two base series of each SLO are made up, from a story, and the buckets of a histogram that
"Latency" reads; hours are computed from them.
All others are what a real Prometheus says of the generated rules' own expressions, level by level:
`backfill.Past.add_rules` does the same through promtool, rule by rule and block by block, which
takes minutes for sixty SLOs.
Alerts are recorded as well, without their `for`.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import attrs

from slogen import naming
from slogen.model import Latency
from slogen.rules import AlertingRule, RecordingRule
from tests.experiments.browser.stories import DAY, STORIES, Story, rates
from tests.realtools import hours
from tests.realtools.backfill import Past, levels, remembered
from tests.truth.scenario import END

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator
    from pathlib import Path

    from slogen.rule_set import RuleSet
    from slogen.rules import Rule, RuleGroup
    from slogen.targets.built import Built
    from tests.realtools.server import PrometheusServer

STEP = 240
"""Seconds between most samples: within every look-back, and few."""

AFTER = 30 * 60
"""For how many seconds after `END` there are data: the clock of the page goes on."""

_LINE = "3"
_REMEMBERED_STEP = 120
"""Seconds between samples of what rules read over a range, whose number counts."""
_MOST_STEPS = 10_000
_AT_ONCE = 2
_BASE = (naming.EVENTS_INCREASE, naming.ERRORS_INCREASE)
_MADE = {*_BASE, *hours.BASES}

Series = tuple[str, list[tuple[int, float]]]


@attrs.frozen(kw_only=True)
class History:
    """How much of the past there is.

    Attributes:
        groups: The values of each label that SLOs are grouped by.
        stories: What happened to some of the SLOs or of their groups: by the id and the values of
            the group's labels. The others are given stories in turn.
        events_days: For how many days there have been events, and what rules read over a range.
        days: For how many days the rest has been recorded.
    """

    groups: Mapping[str, tuple[str, ...]] = attrs.field(factory=dict, hash=False)
    stories: Mapping[tuple[str, ...], Story] = attrs.field(factory=dict, hash=False)
    events_days: int = 30
    days: int = 15


@contextmanager
def served(rules: RuleSet, history: History, folder: Path) -> Iterator[PrometheusServer]:
    """Make the past of SLOs and run a Prometheus on it for the time of a with block."""
    past = Past(line=_LINE, folder=folder)
    past.add_samples(_base(rules.built, history))
    recorded = tuple(group for one in rules.rules for group in one.groups)
    _add_hours(past, recorded, history)
    by_name = levels(recorded)
    lasting = remembered(recorded)
    for level in range(1 + max(by_name.values())):
        chosen = [
            rule
            for group in recorded
            for rule in group.rules
            if isinstance(rule, RecordingRule)
            and rule.record not in _MADE
            and by_name[rule.record] == level
        ]
        _evaluate(past, chosen, lasting, history)
    rules_of_all = (rule for group in recorded for rule in group.rules)
    alerts = [rule for rule in rules_of_all if isinstance(rule, AlertingRule)]
    _evaluate(past, alerts, set(), history)
    with past.serving() as server:
        yield server


def _base(built: Iterable[Built], history: History) -> Iterator[Series]:
    times = range(END - history.events_days * DAY, END + AFTER, _REMEMBERED_STEP)
    for number, one in enumerate(built):
        labels = dict(one.slo.identity)
        names = one.slo.definition.group_by
        values = itertools.product(*(history.groups[name] for name in names))
        for place, chosen in enumerate(values):
            in_turn = STORIES[(number + place) % len(STORIES)]
            story = history.stories.get((one.slo.definition.id, *chosen), in_turn)
            in_slices = one.slo.definition.sli.kind == "time_slices"
            found = [*rates(story, float(one.slo.budget), times, in_slices=in_slices)]
            all_labels = labels | dict(zip(names, chosen, strict=True))
            for place_in_row, metric in enumerate(_BASE, start=1):
                counts = [(row[0], row[place_in_row] * _REMEMBERED_STEP) for row in found]
                yield from _by_hour(metric, all_labels, counts)
            if isinstance(sli := one.slo.definition.sli, Latency):
                yield from _histogram(sli, dict(zip(names, chosen, strict=True)), found)


def _histogram(
    sli: Latency, group: Mapping[str, str], found: Iterable[tuple[int, float, float]]
) -> Iterator[Series]:
    """Yield the buckets that "Latency" reads: fast ones, those ten times as slow, and all."""
    given = {one.label: one.value for one in sli.histogram.matchers if one.operator == "="}
    fast: list[tuple[int, float]] = []
    every: list[tuple[int, float]] = []
    for time, events, bad in found:
        good_before, before = (fast[-1][1], every[-1][1]) if every else (0.0, 0.0)
        fast.append((time, good_before + (events - bad) * _REMEMBERED_STEP))
        every.append((time, before + events * _REMEMBERED_STEP))
    bounds = (f"{sli.bound}", f"{10 * sli.bound}", "+Inf")
    for bound, samples in zip(bounds, (fast, every, every), strict=True):
        yield _named(f"{sli.histogram.metric}_bucket", {**given, **group, "le": bound}), samples


def _by_hour(
    metric: str, labels: Mapping[str, str], samples: Iterable[tuple[int, float]]
) -> Iterator[Series]:
    """Yield a base series for each number that the hours of its samples bear."""
    found: dict[str, list[tuple[int, float]]] = {}
    for sample in samples:
        found.setdefault(hours.number(sample[0] // hours.HOUR), []).append(sample)
    for number, its in found.items():
        yield _named(metric, {**labels, naming.HOUR_LABEL: number}), its


def _add_hours(past: Past, groups: Iterable[RuleGroup], history: History) -> None:
    """Record hours, as rules would have that ran for as long as there have been events."""
    awake = ((END - history.events_days * DAY, END + AFTER),)
    with past.serving() as server:
        past.add_samples(hours.recorded(server, hours.recorders(groups, awake)))


def _evaluate(past: Past, rules: Iterable[Rule], lasting: Container[str], history: History) -> None:
    """Record what rules say, of those that are lasting for longer and more often."""

    def recorded(rule: Rule) -> list[Series]:
        is_lasting = isinstance(rule, RecordingRule) and rule.record in lasting
        days, step = (history.events_days, _REMEMBERED_STEP) if is_lasting else (history.days, STEP)
        times = range(END - days * DAY, END + AFTER, step)
        return [
            series
            for first in range(0, len(times), _MOST_STEPS)
            for series in _recorded(server, rule, times[first : first + _MOST_STEPS])
        ]

    with past.serving() as server, ThreadPoolExecutor(_AT_ONCE) as pool:
        past.add_samples(itertools.chain.from_iterable(pool.map(recorded, rules)))


def _recorded(server: PrometheusServer, rule: Rule, times: range) -> list[Series]:
    span = {"start": times[0], "end": times[-1], "step": times.step}
    answer: Any = server.get("/api/v1/query_range", query=rule.expr, **span)
    found = [
        (_as_recorded(rule, series["metric"]), _samples(rule, series["values"]))
        for series in answer["result"]
    ]
    if isinstance(rule, AlertingRule):
        found += [(_since(name), _begins(samples, times.step)) for name, samples in found]
    return found


def _since(alert: str) -> str:
    """Return the series in which Prometheus records since when an alert has been active."""
    name = alert.replace(naming.ALERT_SERIES, naming.ACTIVE_SINCE, 1)
    return name.replace(f'{naming.ALERT_STATE_LABEL}="{naming.FIRING}",', "")


def _begins(samples: list[tuple[int, float]], step: int) -> list[tuple[int, float]]:
    """Return for each sample of an alert when it began to fire."""
    found: list[tuple[int, float]] = []
    for time, _ in samples:
        goes_on = bool(found) and time - found[-1][0] <= step
        found.append((time, found[-1][1] if goes_on else float(time)))
    return found


def _as_recorded(rule: Rule, found: Mapping[str, str]) -> str:
    labels = {name: value for name, value in found.items() if name != "__name__"}
    if isinstance(rule, RecordingRule):
        return _named(rule.record, {**labels, **rule.labels})
    firing = {"alertname": rule.alert, "alertstate": "firing"}
    return _named("ALERTS", {**labels, **rule.labels, **firing})


def _samples(rule: Rule, values: Iterable[tuple[float, str]]) -> list[tuple[int, float]]:
    if isinstance(rule, AlertingRule):
        return [(round(time), 1.0) for time, _ in values]
    return [(round(time), float(value)) for time, value in values]


def _named(name: str, labels: Mapping[str, str]) -> str:
    pairs = ",".join(f'{key}="{value}"' for key, value in sorted(labels.items()))
    return f"{name}{{{pairs}}}"
