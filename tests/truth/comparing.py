"""What was recorded against what is true: the aims, the known bounds, and how both are told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen import naming
from slogen.units import Duration
from tests.realtools.backfill import BLOCK
from tests.truth.arithmetic import (
    DAY,
    HOUR,
    LONGEST_FAST,
    SECONDS,
    Bounds,
    Traffic,
    Undecided,
    covered,
    status,
)
from tests.truth.scenario import END

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from tests.truth.world import Found, Sample

AIMS = {"period": 0.001, "1h": 0.02, "6h": 0.02, "1d": 0.02, "3d": 0.02}
"""How far off a ratio may be, as a part of the truth.

The period's is what a budget is judged by. The others decide alerts, whose thresholds nobody knows
to 2 %. A window of 5m has no aim: the newest scrape may be 45 s old, a seventh of the window, so it
is held to what that explains. So is every window during an incident and until five minutes after a
change. The truth of a long window begins where an hour does, as the rules' own window.
"""

WHOLE_EVENTS = 1
"""Counters count whole events, so a window may be off by one bad event."""

_LEFT_OUT = 30 / BLOCK
"""promtool's back-fill leaves out an evaluation that falls into the last second of a block."""
_ROUNDING = 1e-9
_HOURS_APART = 4


def faults(found: Found) -> list[str]:
    """Return what is wrong with everything that was recorded; nothing if all is as it should be."""
    return [
        fault
        for group in found.scenario.groups
        for fault in (
            *_hour_faults(found, group),
            *_ratio_faults(found, group),
            *_budget_faults(found, group),
            *_alert_faults(found, group),
        )
    ]


def bounds(found: Found, group: str, window: str, at: float | None = None) -> Bounds:
    """Return what may be seen of a ratio at a moment: of any evaluation until then, if not at one.

    The known bound of the scenario counts, and that events are whole.
    """
    scenario = found.scenario
    traffic, seconds = scenario.traffic(group), _seconds(found, window)
    interval = scenario.sight.slow if seconds > LONGEST_FAST else scenario.scrape
    times: list[float] = [at] if at is not None else [found.moment, found.moment - interval]
    ratios = [
        ratio
        for time in times
        for ratio in traffic.seen(seconds, time, scenario.sight, scenario.born)
    ]
    known, _ = scenario.slack(window, found.moment, found.line)
    return Bounds.of(ratios, _LEFT_OUT + known + _of_whole_events(traffic, seconds, times))


def _of_whole_events(traffic: Traffic, seconds: int, times: list[float]) -> float:
    errors = min(traffic.errors(time - seconds, time) for time in times)
    return WHOLE_EVENTS / errors if errors else 0


def _ratio_faults(found: Found, group: str) -> Iterator[str]:
    for window in (*found.scenario.windows, "period"):
        name = naming.RATIO_PERIOD
        if window != "period":
            name = naming.ratio_rate(Duration(window))
        sample = found.of(name, group)
        expected = bounds(found, group, window, sample.at if sample else None)
        words = f"{group} {window}".strip()
        if sample is None:
            if expected.certain and not expected.is_empty:
                yield f"{words}: nothing, where {expected.low:.6g} is true"
            continue
        if not expected.low <= sample.value <= expected.high:
            yield f"{words}: {sample.value:.6g} is not in {expected.low:.6g}..{expected.high:.6g}"
        yield from _aim_faults(found, group, window, sample.value, sample.at)


def _hour_faults(found: Found, group: str) -> Iterator[str]:
    """Compare the newest hour that is recorded, and what no hour holds yet."""
    scenario, sight = found.scenario, found.scenario.sight
    traffic, born = scenario.traffic(group), scenario.born_of(group)
    due = HOUR * ((found.moment - sight.hour_wait - sight.slow) // HOUR)
    for name, count in _counts(traffic, naming.EVENTS_SUM, naming.ERRORS_SUM):
        sample = found.of(name, group)
        if (sample is None or sample.at < due) and scenario.existed(group, due - HOUR, due):
            yield f"{group} {name}: {sample}, where an hour ended at {due}".strip()
        if sample:
            begin = HOUR * (sample.at // HOUR - 1)
            spans = sight.between(max(begin, born), begin + HOUR)
            yield from _count_faults(found, group, sample, count, spans)
            yield from _label_faults(sample, begin)
    for name, count in _counts(traffic, naming.EVENTS_OPEN, naming.ERRORS_OPEN):
        sample = found.total(name, group)
        if sample is None and scenario.existed(group, found.moment - 2 * HOUR, found.moment):
            yield f"{group} {name}: nothing".strip()
        if sample:
            spans = sight.open(sample.at, born)
            yield from _count_faults(found, group, sample, count, spans)
    if sample := found.of(naming.EVENTS_HOUR, group):
        begin = HOUR * (sample.at // HOUR - 1)
        earliest, latest = (END + max(begin, time) for time in _firsts(found, group))
        if not earliest <= sample.value <= latest:
            yield f"{group} first second: {sample.value} is not in {earliest}..{latest}".strip()


def _counts(
    traffic: Traffic, events: str, errors: str
) -> Iterator[tuple[str, Callable[[float, float], float]]]:
    yield events, traffic.events
    yield errors, traffic.errors


def _count_faults(
    found: Found,
    group: str,
    sample: Sample,
    count: Callable[[float, float], float],
    spans: Iterable[tuple[float, float]],
) -> Iterator[str]:
    name = sample.labels["__name__"]
    known, _ = found.scenario.slack(name, found.moment, found.line)
    counts = [count(a, b) for a, b in spans]
    low = min(counts) * (1 - known) - WHOLE_EVENTS
    high = max(counts) * (1 + known) + WHOLE_EVENTS
    if not low <= sample.value <= high:
        yield f"{group} {name}: {sample.value:.6g} is not in {low:.6g}..{high:.6g}".strip()


def _label_faults(sample: Sample, begin: float) -> Iterator[str]:
    number = str(int((END + begin) // HOUR) % _HOURS_APART)
    if sample.labels[naming.HOUR_LABEL] != number:
        yield f"{sample}: the hour's number is {number}"


def _firsts(found: Found, group: str) -> tuple[float, float]:
    """Return when a group is evaluated for the first time, at the earliest and at the latest.

    A series counts from its second scrape on; an evaluation counts for the time before it.
    """
    born, sight = found.scenario.born_of(group), found.scenario.sight
    return born - sight.scrape, born + sight.offset + 3 * sight.scrape


def _aim_faults(found: Found, group: str, window: str, value: float, at: float) -> Iterator[str]:
    scenario = found.scenario
    if found.moment in scenario.fresh or window not in AIMS:
        return
    seconds, traffic = _seconds(found, window), scenario.traffic(group)
    is_long = seconds > LONGEST_FAST
    begin = min(scenario.sight.borders(seconds, at)) if is_long else at - seconds
    truth = traffic.ratio(max(begin, scenario.born), at)
    known, why = scenario.slack(window, found.moment, found.line)
    aim = max(AIMS[window], known)
    if truth is not None and abs(value - truth) > aim * truth:
        yield f"{group} {window}: {value:.6g} is more than {aim:.2%} off {truth:.6g} {why}".strip()


def _budget_faults(found: Found, group: str) -> Iterator[str]:
    scenario = found.scenario
    coverage, left = (found.of(name, group) for name in (naming.COVERAGE, naming.BUDGET_REMAINING))
    if coverage is None:
        yield f"{group} coverage: nothing".strip()
        return
    least, most = _coverages(found, group, coverage.at)
    if not least <= coverage.value <= most:
        yield f"{group} coverage: {coverage.value:.6g} is not in {least:.6g}..{most:.6g}".strip()
    ratio = bounds(found, group, "period", left.at if left else None)
    if ratio.is_empty:
        return
    low = 1 - ratio.high * most / scenario.budget
    high = 1 - ratio.low * least / scenario.budget
    if left is None or not low <= left.value <= high:
        yield f"{group} budget left: {left} is not in {low:.6g}..{high:.6g}"
    states = {
        sample.labels[naming.STATUS_LABEL]: sample.value
        for sample in found.samples.get(naming.BUDGET_STATUS, ())
        if sample.labels.get("tenant", "") == group
    }
    expected = {state: float(state == status(low)) for state in naming_states()}
    if status(low) != status(high):
        yield f"{group} status: undecided between {status(low)} and {status(high)}"
    if states != expected:
        yield f"{group} status: {states} instead of {status(low)}"


def _coverages(found: Found, group: str, at: float) -> tuple[float, float]:
    """Return how much of the period a group has existed for, at least and at most."""
    earliest, latest = _firsts(found, group)
    period = found.scenario.period
    return covered(period, at - latest) - _ROUNDING, covered(period, at - earliest) + _ROUNDING


def naming_states() -> tuple[str, ...]:
    """Return the states of a budget, as the documentation has them."""
    return ("healthy", "warning", "critical", "exhausted")


def _alert_faults(found: Found, group: str) -> Iterator[str]:
    scenario = found.scenario
    tiers = {
        (long, f"{rate:g}"): _burns(found, group, rate, long, short)
        for rate, long, short in scenario.expected_tiers
    }
    seen = {
        (long, rate): _has(results, group)
        for (_, long, rate), results in found.firing.items()
        if rate
    }
    if seen != tiers:
        yield f"{group} burn-rate alerts: {seen} instead of {tiers}"
    spent = _has(found.firing[naming.ALERT_EXHAUSTED, "", ""], group)
    left = found.of(naming.BUDGET_REMAINING, group)
    lately = scenario.traffic(group).events(found.moment - DAY, found.moment)
    if spent != (left is not None and left.value <= 0 and lately > 0):
        yield f"{group} exhausted alert: {spent} at {left}, after {lately:g} events in a day"


def _has(results: list[dict[str, str]], group: str) -> bool:
    return any(labels.get("tenant", "") == group for labels in results)


def _burns(found: Found, group: str, rate: float, long: str, short: str) -> bool:
    """Tell whether a tier's condition is true: both windows, the group's age, enough bad events."""
    scenario = found.scenario
    limit = rate * scenario.budget
    above = [bounds(found, group, window).above(limit) for window in (long, short)]
    seconds = SECONDS[long]
    errors = scenario.traffic(group).errors(found.moment - seconds, found.moment)
    return all(above) and errors >= 3 and _old_enough(found, group, seconds, SECONDS[short])


def _old_enough(found: Found, group: str, long: int, short: int) -> bool:
    """Tell whether a group has existed for as long as a tier waits.

    That is its short window and two evaluations, or half of a long one above 6h.

    Raises:
        Undecided: Nobody knows to the second.
    """
    least = short + 2 * found.scenario.sight.scrape if long <= LONGEST_FAST else long / 2
    earliest, latest = _firsts(found, group)
    if found.moment - latest < least <= found.moment - earliest:
        raise Undecided(f"{group}: {found.moment - latest} to {found.moment - earliest} s old")
    return found.moment - earliest >= least


def _seconds(found: Found, window: str) -> int:
    return found.scenario.period if window == "period" else SECONDS[window]
