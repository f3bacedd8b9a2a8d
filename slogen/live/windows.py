"""What was counted over the SLOs' own windows, which roll, and how fast budgets burn."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import attrs

from slogen import naming
from slogen.live.arithmetic import Counts, worst_counts
from slogen.plan.hours import DAY, FIRST_SECOND, HOUR
from slogen.recorded.many import counted_of, hours_with_data_of, newest_of
from slogen.units import Duration

if TYPE_CHECKING:
    from collections.abc import Mapping

    from slogen.live.readings import Fleet, Key, Numbers, SeriesKey, SeriesNumbers
    from slogen.live.reports import BurnWindow
    from slogen.plan import ResolvedSLO

BURNS: Mapping[BurnWindow, Duration] = {"1h": HOUR, "6h": Duration("6h"), "24h": DAY}


def rolling_counts(fleet: Fleet) -> Mapping[Key, Counts]:
    """Return what was counted over each SLO's own window.

    Raises:
        ServerError: If there is no answer that can be used.
    """
    errors, events, coverage = (
        fleet.of_rulers(partial(newest_of, metric=metric))
        for metric in (naming.ERRORS_PERIOD, naming.EVENTS_PERIOD, naming.COVERAGE)
    )
    hours = _hours_with_data(fleet)
    slos = {slo.definition.id: slo for slo in fleet.slos}
    counts = {
        series: Counts.of(
            events=events[series],
            errors=errors[series],
            coverage=coverage.get(series),
            measured=_measured(
                slos[series[0][0]], events[series], coverage.get(series), hours.get(series), fleet
            ),
        )
        for series in events
        if series in errors
    }
    half = {key for key, _ in events.keys() ^ errors.keys()}
    return {key: found for key, found in worst_of_rulers(counts).items() if key not in half}


def worst_of_rulers(counts: Mapping[SeriesKey, Counts]) -> Mapping[Key, Counts]:
    """Return the counts of each group, of the worst of the rulers that counted it."""
    found: dict[Key, list[Counts]] = {}
    for (key, ruler), of_ruler in counts.items():
        found.setdefault(key, []).append(attrs.evolve(of_ruler, ruler=ruler))
    return {key: worst_counts(of_rulers) for key, of_rulers in found.items()}


def error_ratios(fleet: Fleet, counts: Mapping[Key, Counts]) -> Mapping[BurnWindow, Numbers]:
    """Return the error ratios of the windows of burn rates: as recorded, or else from hours.

    Raises:
        ServerError: If there is no answer that can be used.
    """
    found: dict[BurnWindow, Numbers] = {}
    for name, window in BURNS.items():
        metric = naming.ratio_rate(window)
        recorded = [slo for slo in fleet.slos if window in slo.windows]
        others = [slo for slo in fleet.slos if window not in slo.windows]
        found[name] = {
            **(fleet.newest(metric, recorded) if recorded else {}),
            **(_ratios_of_hours(fleet, others, window, counts) if others else {}),
        }
    return found


def _ratios_of_hours(
    fleet: Fleet, slos: list[ResolvedSLO], window: Duration, counts: Mapping[Key, Counts]
) -> Numbers:
    """Return error ratios over a window that nothing is recorded for, from what hours hold.

    Kinds that count time divide by the larger of what was seen of the window and what is usually
    seen, as the rules for longer windows do.
    """
    errors, events = (
        fleet.of_rulers(partial(counted_of, increase=base, window=window), slos)
        for base in (naming.ERRORS_INCREASE, naming.EVENTS_INCREASE)
    )
    known = {slo.definition.id: slo for slo in slos}
    found: dict[Key, float] = {}
    for series in events:
        key = series[0]
        slo, bad = known[key[0]], max(errors.get(series, 0.0), 0.0)
        seen = max(events[series], bad)
        if not slo.definition.sli.counts_events and key in counts:
            seen = max(seen, float(window.seconds) * _usually_seen(slo, counts[key]))
        if seen > 0:
            found[key] = max(bad / seen, found.get(key, 0.0))
    return found


def _usually_seen(slo: ResolvedSLO, counts: Counts) -> float:
    """Return which part of the time an SLO is usually seen."""
    existed = (counts.coverage or 0.0) * float(slo.period.seconds)
    return min(counts.events / existed, 1.0) if existed else 1.0


def _hours_with_data(fleet: Fleet) -> SeriesNumbers:
    """Return how many hours with data each series of a group has in its SLO's window."""
    found: dict[SeriesKey, float] = {}
    for window in sorted({slo.period for slo in fleet.slos}):
        slos = [slo for slo in fleet.slos if slo.period == window]
        found |= fleet.of_rulers(partial(hours_with_data_of, window=window), slos)
    return found


def _measured(
    slo: ResolvedSLO, events: float, coverage: float | None, hours: float | None, fleet: Fleet
) -> float | None:
    """Return the share of the time that a group has existed for in which it had data.

    Kinds that count time have the seconds that were seen; of others the hours are known that had
    data, of those that could have been recorded by now.
    """
    if coverage is None or coverage <= 0:
        return None
    coverage = min(coverage, 1.0)
    existed, now = coverage * float(slo.period.seconds), fleet.at.timestamp()
    if not slo.definition.sli.counts_events:
        return min(events / existed, 1.0)
    # Of a whole window the hours count that were recorded in it; of a young group all of its own.
    late = FIRST_SECOND if coverage >= 1 else 0
    return share_of_hours(now - existed - late, now, hours or 0.0)


def share_of_hours(begin: float, end: float, hours: float) -> float | None:
    """Return which part of the hours that were recorded between two moments had data.

    An hour is recorded four minutes after its end, by its first try.

    Args:
        begin: A moment in the first of these hours, in seconds since the epoch.
        end: The moment of the question.
        hours: How many hours with data were recorded.

    Returns:
        The part; None where no hour could have been recorded yet.
    """
    length = float(HOUR.seconds)
    first = begin // length
    last = (end - FIRST_SECOND) // length - 1
    possible = last - first + 1
    return min(hours / possible, 1.0) if possible > 0 else None
