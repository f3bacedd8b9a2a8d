"""What was recorded against what is true: the aims, the known bounds, and how both are told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen import naming
from slogen.units import Duration
from tests.truth.arithmetic import HOUR, SECONDS, Bounds, Traffic, covered, status

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.truth.world import Found

AIMS = {"period": 0.001, "1h": 0.02, "6h": 0.02, "1d": 0.02, "3d": 0.02}
"""How far off a ratio may be, as a part of the truth.

The period's is what a budget is judged by. The others decide alerts, whose thresholds nobody knows
to 2 %. A window of 5m has no aim: the newest scrape may be 45 s old, a seventh of the window, so it
is held to what that explains. So is every window
during an incident and until five minutes after a change: tiles lag up to four minutes behind.
"""

WHOLE_EVENTS = 1
"""Counters count whole events, so a window may be off by one bad event."""

_BORDER = 0.001
"""A long window begins where a tile does, which may be up to two minutes from where it should."""
_BEATS = 2


def faults(found: Found) -> list[str]:
    """Return what is wrong with everything that was recorded; nothing if all is as it should be."""
    return [
        fault
        for group in found.scenario.groups
        for fault in (
            *_tile_faults(found, group),
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
    interval = 120 if seconds > 6 * HOUR else scenario.scrape
    times: list[float] = [at] if at is not None else [found.moment, found.moment - interval]
    ratios = [
        ratio
        for time in times
        for ratio in traffic.seen(seconds, time, scenario.sight, scenario.born)
    ]
    known, _ = scenario.slack(window, found.moment, found.line)
    return Bounds.of(ratios, _BORDER + known + _of_whole_events(traffic, seconds, times))


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


def _tile_faults(found: Found, group: str) -> Iterator[str]:
    """Compare the counts of the newest tile, which lags like a long window."""
    traffic, sight = found.scenario.traffic(group), found.scenario.sight
    tile = Duration.of_milliseconds(1_000 * sight.slow)
    for name, count in (
        (naming.events_sum(tile), traffic.events),
        (naming.errors_sum(tile), traffic.errors),
    ):
        if sample := found.of(name, group):
            ends = [sample.at - lag for lag in sight.lags(7 * HOUR)]
            counts = [count(end - sight.slow, end) for end in ends]
            low = min(counts) * (1 - _BORDER) - WHOLE_EVENTS
            high = max(counts) * (1 + _BORDER) + WHOLE_EVENTS
            if not low <= sample.value <= high:
                yield f"{group} {name}: {sample.value:.6g} is not in {low:.6g}..{high:.6g}".strip()


def _aim_faults(found: Found, group: str, window: str, value: float, at: float) -> Iterator[str]:
    scenario = found.scenario
    if found.moment in scenario.fresh or window not in AIMS:
        return
    truth = scenario.traffic(group).ratio(max(at - _seconds(found, window), scenario.born), at)
    known, why = scenario.slack(window, found.moment, found.line)
    aim = max(AIMS[window], known)
    if truth is not None and abs(value - truth) > aim * truth:
        yield f"{group} {window}: {value:.6g} is more than {aim:.2%} off {truth:.6g} {why}".strip()


def _budget_faults(found: Found, group: str) -> Iterator[str]:
    scenario = found.scenario
    coverage = found.of(naming.COVERAGE, "")
    true_coverage = covered(scenario.period, found.moment - scenario.born)
    known, _ = scenario.slack("coverage", found.moment, found.line)
    beats = _BEATS * 120 / scenario.period
    if coverage is None or abs(coverage.value - true_coverage) > beats + known:
        yield f"coverage: {coverage}, where {true_coverage:.6g} is true"
    ratio = bounds(found, group, "period")
    if ratio.is_empty:
        return
    low = 1 - ratio.high * (true_coverage + beats) / scenario.budget
    high = 1 - ratio.low * (true_coverage - beats - known) / scenario.budget
    left = found.of(naming.BUDGET_REMAINING, group)
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
    if spent != (left is not None and left.value <= 0):
        yield f"{group} exhausted alert: {spent} at {left}"


def _has(results: list[dict[str, str]], group: str) -> bool:
    return any(labels.get("tenant", "") == group for labels in results)


def _burns(found: Found, group: str, rate: float, long: str, short: str) -> bool:
    """Tell whether a tier's condition is true: both windows, the SLO's age, enough bad events."""
    scenario = found.scenario
    limit = rate * scenario.budget
    above = [bounds(found, group, window).above(limit) for window in (long, short)]
    seconds = SECONDS[long]
    old_enough = seconds <= 6 * HOUR or found.moment - scenario.born >= seconds / 2
    errors = scenario.traffic(group).errors(found.moment - seconds, found.moment)
    return all(above) and old_enough and (errors >= 3 or not scenario.group_by)


def _seconds(found: Found, window: str) -> int:
    return found.scenario.period if window == "period" else SECONDS[window]
