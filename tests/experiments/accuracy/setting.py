"""A month of a service, known exactly, in a TSDB: pods, their counters, slogen's rules."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import attrs

from slogen import SLO, Events, Selector, Service, build
from slogen.naming import ERRORS_OPEN, ERRORS_PERIOD, EVENTS_OPEN, EVENTS_PERIOD, ratio_rate
from slogen.rules import RecordingRule, RuleGroup
from slogen.units import Duration
from tests.realtools.backfill import BLOCK, Past, Run
from tests.truth.arithmetic import DAY, HOUR, MINUTE
from tests.truth.traffic import Counter, Course

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

END = 8_750 * BLOCK + 20 * HOUR
"""Now, in seconds since the epoch; all other times are relative to it."""

SCRAPE = 30
AT_A_STEP = "6h after nightfall, when an incident ends"
"""A moment at which a window of 6h begins where traffic falls a hundredfold."""

WINDOWS = ("5m", "1h", "6h", "1d", "3d", "30d")
SLO_ID = "shop-availability"
TOTAL = Selector('http_requests_total{job="shop"}')
BAD = TOTAL.where('code=~"5.."')

_PERIOD = "30d"
_DAY_RATE, _NIGHT_RATE = 200, 2
_USUAL = 0.0005
_BEFORE = 10_000_000
_RUN_IN = HOUR


@attrs.frozen(kw_only=True)
class Pod:
    """A pod: how late in each half minute it is scraped, and its counters."""

    phase: int
    good: Counter
    bad: Counter


@cache
def pods(series: int) -> tuple[Pod, ...]:
    """Return the pods that have so many counters together.

    They share the requests evenly. A night is 12 h. Every third has two hours with 20 %
    errors; twice 25 minutes of a day have no traffic at all.
    """
    requests = Course.days(_DAY_RATE, _NIGHT_RATE)
    for outage in outages():
        requests = requests.during(*outage, 0)
    bad = requests.only(-100 * DAY, DAY, _USUAL)
    for since, until in incidents():
        bad = bad.plus(requests.only(since, until, 0.2))
    good = requests.plus(Course(tuple((time, -rate) for time, rate in bad.changes)))
    count = series // 2
    return tuple(
        Pod(
            phase=SCRAPE * pod // count,
            good=_counter(good, pod, count, 'code="200"'),
            bad=_counter(bad, pod, count, 'code="503"'),
        )
        for pod in range(count)
    )


def _counter(whole: Course, pod: int, count: int, code: str) -> Counter:
    """Return a pod's part; each has its events at times of its own."""
    part = Course(tuple((time, rate / count) for time, rate in whole.changes))
    return Counter(labels=f'pod="{pod}",{code}', course=part, before=_BEFORE + pod / count)


def counted(series: int, since: float, until: float) -> tuple[int, int]:
    """Return how many requests there were, and how many bad ones, as whole numbers."""
    good = sum(pod.good.value(until) - pod.good.value(since) for pod in pods(series))
    bad = sum(pod.bad.value(until) - pod.bad.value(since) for pod in pods(series))
    return good + bad, bad


def incidents() -> list[tuple[int, int]]:
    """Return when there are many errors: at night."""
    return [(-day * DAY + 16 * HOUR, -day * DAY + 18 * HOUR) for day in range(1, 40, 3)]


def outages() -> list[tuple[int, int]]:
    """Return when there is no traffic: by day."""
    return [(-day * DAY + 5 * HOUR, -day * DAY + 5 * HOUR + 25 * MINUTE) for day in (2, 17)]


def moments() -> dict[str, int]:
    """Return when numbers are compared, and what is going on then."""
    return {
        "midday": -DAY + 5 * HOUR,
        "just after 25 minutes without traffic": -2 * DAY + 5 * HOUR + 25 * MINUTE,
        "an hour into the day": -2 * DAY + 25 * HOUR,
        "two hours into the night": -DAY + 14 * HOUR,
        "half an hour after an incident at night": -DAY + 18 * HOUR + 30 * MINUTE,
        "late in the night": -HOUR,
        AT_A_STEP: -DAY + 18 * HOUR,
    }


@cache
def rules() -> tuple[RuleGroup, ...]:
    """Return slogen's rules for the service."""
    slo = SLO(
        service=Service("shop"),
        name="availability",
        objective="99.9%",
        window=_PERIOD,
        sli=Events(total=TOTAL, bad=BAD),
    )
    (built,) = build([slo]).rules
    return built.groups


def recording(record: str) -> tuple[RecordingRule, float]:
    """Return one of slogen's rules, and the seconds between two of its evaluations."""
    return next(
        (rule, group.interval.milliseconds / 1_000)
        for group in rules()
        for rule in group.rules
        if isinstance(rule, RecordingRule) and rule.record == record
    )


def windowed(window: str) -> tuple[str, float]:
    """Return slogen's ratio over a window, from what is read over ranges, and its interval.

    The SLO's own is the quotient of two rules, which others read instead of reading anew.
    """
    rule, interval = recording(ratio_rate(Duration(window)))
    if window != _PERIOD:
        return rule.expr, interval
    (errors, _), (events, _) = map(recording, (ERRORS_PERIOD, EVENTS_PERIOD))
    return f"({errors.expr}) / (({events.expr}) > 0)", interval


def shortcut(window: str) -> str:
    """Return the usual way to a long window: the mean of the ratios of 5m."""
    return f'avg_over_time(slo:sli_error:ratio_rate5m{{slo_id="{SLO_ID}"}}[{window}])'


def raw(window: str) -> str:
    """Return the costly way to a window: rates of the raw series over all of it."""
    return f"sum(rate({BAD}[{window}])) / sum(rate({TOTAL}[{window}]))"


def made(line: str, folder: Path, series: int, days: float) -> Past:
    """Return a TSDB with so many raw series, and what slogen's rules have recorded of them."""
    past = Past(line=line, folder=folder)
    begin = END - int(days * DAY)
    past.add_samples(_samples(series, begin - _RUN_IN))
    # A rule that reads the ratios of 5m over a range makes them be recorded for the whole time.
    reader = RecordingRule(record="shop:mean_of_ratios:1d", expr=shortcut("1d"), labels={})
    last = RuleGroup(name="shortcut", interval=Duration("2m"), rules=(reader,))
    kept = frozenset({ERRORS_OPEN, EVENTS_OPEN})
    past.add_rules([Run(groups=(*rules(), last), spans=((begin, END),), kept=kept)])
    return past


def _samples(series: int, begin: int) -> Iterator[tuple[str, Iterator[tuple[int, int]]]]:
    for pod in pods(series):
        scrapes = range(begin - begin % SCRAPE + pod.phase - END, 1, SCRAPE)
        for counter in (pod.good, pod.bad):
            name = f'http_requests_total{{job="shop",{counter.labels}}}'
            yield name, ((END + time, value) for time, value in counter.samples(scrapes))
