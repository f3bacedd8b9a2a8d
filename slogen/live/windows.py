"""What was counted over the SLOs' own windows, which roll, and how fast budgets burn."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from slogen import naming
from slogen.live.arithmetic import Counts
from slogen.plan.hours import DAY, FIRST_SECOND, HOUR
from slogen.recorded.many import counted_of, hours_with_data_of
from slogen.units import Duration

if TYPE_CHECKING:
    from collections.abc import Mapping

    from slogen.live.readings import Fleet, Key, Numbers
    from slogen.live.reports import BurnWindow
    from slogen.plan import ResolvedSLO

BURNS: Mapping[BurnWindow, Duration] = {"1h": HOUR, "6h": Duration("6h"), "24h": DAY}


def rolling_counts(fleet: Fleet) -> Mapping[Key, Counts]:
    """Return what was counted over each SLO's own window.

    Raises:
        ServerError: If there is no answer that can be used.
    """
    errors, events = fleet.newest(naming.ERRORS_PERIOD), fleet.newest(naming.EVENTS_PERIOD)
    coverage, hours = fleet.newest(naming.COVERAGE), _hours_with_data(fleet)
    slos = {slo.definition.id: slo for slo in fleet.slos}
    return {
        key: Counts.of(
            events=events[key],
            errors=errors[key],
            coverage=coverage.get(key),
            measured=_measured(slos[key[0]], events[key], coverage.get(key), hours.get(key), fleet),
        )
        for key in events
        if key in errors
    }


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
        fleet.numbers(partial(counted_of, increase=base, window=window), slos)
        for base in (naming.ERRORS_INCREASE, naming.EVENTS_INCREASE)
    )
    known = {slo.definition.id: slo for slo in slos}
    found: dict[Key, float] = {}
    for key in events:
        slo, bad = known[key[0]], max(errors.get(key, 0.0), 0.0)
        seen = max(events[key], bad)
        if not slo.definition.sli.counts_events and key in counts:
            seen = max(seen, float(window.seconds) * _usually_seen(slo, counts[key]))
        if seen > 0:
            found[key] = bad / seen
    return found


def _usually_seen(slo: ResolvedSLO, counts: Counts) -> float:
    """Return which part of the time an SLO is usually seen."""
    existed = (counts.coverage or 0.0) * float(slo.period.seconds)
    return min(counts.events / existed, 1.0) if existed else 1.0


def _hours_with_data(fleet: Fleet) -> Numbers:
    """Return how many hours with data each group has in its SLO's window."""
    found: dict[Key, float] = {}
    for window in sorted({slo.period for slo in fleet.slos}):
        slos = [slo for slo in fleet.slos if slo.period == window]
        found |= fleet.numbers(partial(hours_with_data_of, window=window), slos)
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
