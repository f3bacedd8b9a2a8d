"""A TSDB with the scenario's series, with what slogen's rules record of them, and other ways."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from slogen import SLO, AlertPolicy, Events, Selector, Service, build
from slogen.naming import (
    ERRORS_INCREASE,
    ERRORS_OPEN,
    ERRORS_PERIOD,
    EVENTS_INCREASE,
    EVENTS_OPEN,
    EVENTS_PERIOD,
    RATIO_PERIOD,
    ratio_rate,
)
from slogen.rules import RecordingRule, RuleGroup
from slogen.units import Duration
from tests.experiments.accuracy.scenario import pods
from tests.realtools.backfill import BLOCK, Past, Run
from tests.truth.arithmetic import DAY, HOUR

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

END = 8_750 * BLOCK + 18 * HOUR
"""When the scenario ends, in seconds since the epoch: at six in the morning."""

PERIOD = "28d"
WINDOWS = ("5m", "1h", "6h", "1d", "3d", PERIOD)
COUNTED = ("1h", "6h", PERIOD)
"""The windows of which counts are compared, not only their quotient."""

SLOGEN, RAW, MEAN = "slogen", "raw `rate`", "mean of 5m ratios"
WAYS = (SLOGEN, RAW, MEAN)
_SELF = '{slo_id="shop-availability"}'
_TOTAL = Selector('http_requests_total{job="shop"}')
_BAD = _TOTAL.where('code=~"5.."')
_RUN_IN = HOUR


@cache
def groups() -> tuple[RuleGroup, ...]:
    """Return slogen's rules for the service, all alerts on."""
    slo = SLO(
        service=Service("shop"),
        name="availability",
        objective="99.5%",
        window=PERIOD,
        sli=Events(total=_TOTAL, bad=_BAD),
        alerts=AlertPolicy(low=True, violated=True, incomplete=True),
    )
    (built,) = build([slo]).rules
    return built.groups


def ratio(way: str, window: str) -> str:
    """Return the expression of a window's ratio in a way; of slogen, what is recorded."""
    return {
        SLOGEN: f"{ratio_rate(Duration(window))}{_SELF}",
        RAW: f"sum(rate({_BAD}[{window}])) / sum(rate({_TOTAL}[{window}]))",
        MEAN: f"avg_over_time({ratio_rate(Duration('5m'))}{_SELF}[{window}])",
    }[way]


def counts(way: str, window: str) -> tuple[str, str]:
    """Return the expressions of a window's events and of its bad events, slogen's or raw."""
    if way == RAW:
        return f"sum(increase({_TOTAL}[{window}]))", f"sum(increase({_BAD}[{window}]))"
    if window == PERIOD:
        return f"{EVENTS_PERIOD}{_SELF}", f"{ERRORS_PERIOD}{_SELF}"
    events, bad = (
        f"sum(sum_over_time({name}{_SELF}[{window}]))"
        for name in (EVENTS_INCREASE, ERRORS_INCREASE)
    )
    return events, bad


def _summed(name: str, window: str) -> str:
    return f"sum(sum_over_time({name}{_SELF}[{window}]))"


def base() -> str:
    """Return the selector of the base series of events."""
    return f"{EVENTS_INCREASE}{_SELF}"


def made(line: str, folder: Path, series: int, days: float) -> Past:
    """Return a TSDB with so many raw series, and what rules have recorded for so many days."""
    past = Past(line=line, folder=folder)
    begin = END - int(days * DAY)
    past.add_samples(_samples(series, begin - _RUN_IN - END))
    # A rule that reads the ratios of 5m over a range makes them be recorded for the whole time.
    reader = RecordingRule(record="shop:mean_of_ratios:1d", expr=ratio(MEAN, "1d"), labels={})
    last = RuleGroup(name="mean", interval=Duration("2m"), rules=(reader,))
    kept = {ERRORS_OPEN, EVENTS_OPEN, ERRORS_PERIOD, EVENTS_PERIOD, RATIO_PERIOD}
    kept |= {ratio_rate(Duration(window)) for window in WINDOWS}
    rules = Run(
        groups=(*groups(), last), spans=((begin, END),), moments=(END,), kept=frozenset(kept)
    )
    past.add_rules([rules])
    return past


def _samples(series: int, begin: int) -> Iterator[tuple[str, Iterator[tuple[int, int]]]]:
    for pod in pods(series):
        scrapes = tuple(pod.scrapes(begin))
        for counter in (pod.good, pod.bad):
            name = f'http_requests_total{{job="shop",{counter.labels}}}'
            yield name, ((END + time, value) for time, value in counter.samples(scrapes))
