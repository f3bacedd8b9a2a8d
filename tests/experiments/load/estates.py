"""What a server is loaded with: many SLOs, or many groups of one, and what was recorded of them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

import attrs

from slogen import SLO, Events, Selector, build, naming
from slogen.rule_set import RuleSet
from slogen.rules import RecordingRule
from tests.experiments.load.history import Past
from tests.experiments.load.slos import (
    BURNING_EVERY,
    PODS,
    REQUESTS_PER_SECOND,
    error_ratio,
    loaded,
)

if TYPE_CHECKING:
    from slogen.rules import SLORules

_HOUR, _FAST = 3_600, 30
_BASE_SECONDS = 7 * _HOUR
"""No rule reads more than 6h of the base series."""
_LATELY_SECONDS = 26 * _HOUR
"""The record of events is read for as long."""
_TENANTS = "tenant_requests_total"


@attrs.frozen(kw_only=True)
class Estate:
    """What is loaded.

    Attributes:
        name: What it is, in words, such as ``2,000 SLOs``.
        count: How many SLOs, or groups, there are.
        built: The rules.
        counters: The raw series, and how fast each grows.
        events: How many events an SLO, or a group, has in a second.
        labels: What a series of a rule has for labels, for each of the SLOs, or of the groups.
    """

    name: str
    count: int
    built: RuleSet
    counters: Mapping[str, float]
    events: float
    labels: Callable[[str], tuple[str, ...]]

    @property
    def rules(self) -> int:
        """How many rules there are."""
        return sum(len(group.rules) for one in self.built.rules for group in one.groups)

    def pasts(self, seconds: int) -> Iterator[Past]:
        """Yield the past of what rules read over ranges: hours, and 7h of the base series."""
        began = int(time.time()) - seconds
        yield self._base(naming.EVENTS_INCREASE, None, seconds)
        yield self._hours(naming.EVENTS_SUM, None, self.events * _HOUR, seconds)
        yield attrs.evolve(self._hours(naming.EVENTS_HOUR, None, began, seconds), noise=0)
        yield self._lately(seconds)
        for ratio in sorted({error_ratio(number) for number in range(BURNING_EVERY)}):
            yield self._base(naming.ERRORS_INCREASE, ratio, seconds)
            yield self._hours(naming.ERRORS_SUM, ratio, ratio * self.events * _HOUR, seconds)

    def _lately(self, seconds: int) -> Past:
        """Return the past of the record of events, which is that of an SLO and not of a group."""
        ids = tuple(_labels(one, naming.EVENTS_LATELY) for one in self.built.rules)
        return Past(
            series=tuple(f"{naming.EVENTS_LATELY}{{{labels}}}" for labels in ids),
            mean=self.events * 1_800,
            interval=600,
            seconds=min(seconds, _LATELY_SECONDS),
        )

    def _hours(self, metric: str, ratio: float | None, mean: float, seconds: int) -> Past:
        """Return the past of a series that is recorded each hour."""
        series = self._series(metric, ratio)
        return Past(series=series, mean=mean, interval=_HOUR, seconds=seconds, hour=1)

    def _base(self, metric: str, ratio: float | None, seconds: int) -> Past:
        """Return the past of a base series: of events, or of the bad ones of some ratio."""
        return Past(
            series=self._series(metric, ratio),
            mean=(1 if ratio is None else ratio) * self.events * _FAST,
            interval=_FAST,
            seconds=min(seconds, _BASE_SECONDS),
            hour=0,
        )

    def _series(self, metric: str, ratio: float | None) -> tuple[str, ...]:
        """Return the series of a rule: all of them, or those whose errors have a ratio."""
        return tuple(
            f"{metric}{{{labels}}}"
            for number, labels in enumerate(self.labels(metric))
            if ratio is None or error_ratio(number) == ratio
        )


def many_slos(count: int) -> Estate:
    """Return so many SLOs, of 20 raw series each."""
    built = build([loaded(number).slo for number in range(count)])
    return Estate(
        name=f"{count:,} SLOs",
        count=count,
        built=built,
        counters=counters_of(count),
        events=PODS * REQUESTS_PER_SECOND,
        labels=lambda metric: tuple(_labels(one, metric) for one in built.rules),
    )


def many_groups(count: int) -> Estate:
    """Return one SLO with so many groups, of two raw series each."""
    total = Selector(_TENANTS)
    sli = Events(total=total, bad=total.where('code="500"'))
    slo = SLO(
        service="tenants",
        name="availability",
        objective="99.9%",
        window="30d",
        sli=sli,
        group_by="tenant",
    )
    built = build([slo])
    names = [f'tenant="tenant-{number:05}"' for number in range(count)]
    return Estate(
        name=f"{count:,} groups",
        count=count,
        built=built,
        counters={
            f'{_TENANTS}{{{name},code="{code}"}}': share
            for number, name in enumerate(names)
            for code, share in (("200", 1 - error_ratio(number)), ("500", error_ratio(number)))
        },
        events=1,
        labels=lambda metric: tuple(f"{_labels(built.rules[0], metric)},{name}" for name in names),
    )


def counters_of(count: int) -> dict[str, float]:
    """Return the raw series of so many SLOs, and how fast each grows."""
    return {
        series: growth
        for number in range(count)
        for series, growth in loaded(number).per_second.items()
    }


def _labels(rules: SLORules, metric: str) -> str:
    """Return the labels of the only rule that records a metric."""
    (labels,) = (
        rule.labels
        for group in rules.groups
        for rule in group.rules
        if isinstance(rule, RecordingRule) and rule.record == metric
    )
    return ",".join(f'{name}="{value}"' for name, value in labels.items())
