"""From the rules of an SLO to how often they run, and how soon they observe an outage."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, get_args

from slogen import naming
from slogen.errors import InvalidValue
from slogen.model import SLI
from slogen.plan import Observation
from slogen.plan.observation import seconds
from slogen.promql.conditions import offsets, ranges
from slogen.units import Duration

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slogen.promql.conditions import RangeRead
    from slogen.rules import Rule, RuleGroup, SLORules

_COUNTS_EVENTS = {cls.kind: cls.counts_events for cls in get_args(SLI)}
_NEWEST, _LOWEST, _FRACTION = "last_over_time", "min_over_time", "histogram_fraction"


def duration(text: str) -> Duration | None:
    """Return a duration as rules spell it; None where a text is none."""
    try:
        return Duration(text)
    except InvalidValue:
        return None


def timing_of(rules: SLORules, kind: str) -> dict[str, str]:
    """Return intervals, ranges and offsets by the names of the settings, as far as they show.

    Args:
        rules: The rules of an SLO.
        kind: The kind of its SLI.
    """
    fast, slow = _group(rules, 0), _group(rules, 1)
    found = {
        "fast_interval": fast and fast.interval,
        "slow_interval": slow and slow.interval,
        "query_offset": fast and fast.query_offset,
        **_ranges_of_counters(rules, fast.interval if fast else None),
    }
    if kind == "up":
        found["offset"] = _offset_of_gauge(rules)
    return {name: str(value or "0s") for name, value in found.items() if value is not None}


def observation_of(rules: SLORules, kind: str) -> Observation | None:
    """Return how soon the rules observe a change of the error ratio; None where that is not known.

    Rules do not say how often Prometheus scrapes: it is taken to scrape as often as the fast group
    runs, as it does unless the settings say otherwise.
    """
    fast, slow = _group(rules, 0), _group(rules, 1)
    if fast is None or slow is None or kind not in _COUNTS_EVENTS:
        return None
    moved, interval = seconds(fast.query_offset), seconds(fast.interval)
    ranged = _ranges_of_counters(rules, fast.interval)
    is_counted = bool(ranged)
    if _COUNTS_EVENTS[kind] is not is_counted or _is_estimated(rules, is_counted=is_counted):
        return None
    lag = moved + seconds(ranged.get("offset") or _offset_of_gauge(rules))
    return Observation(
        scrape=interval if is_counted else None,
        shortest_delay=lag,
        longest_delay=lag + interval,
        fast=interval,
        slow=seconds(slow.interval),
        hour=None,
        steady=_steady(rules),
        counts_time=not _COUNTS_EVENTS[kind],
    )


def _group(rules: SLORules, part: int) -> RuleGroup | None:
    name = naming.group(rules.slo_id, naming.GROUP_PARTS[part])
    return next((group for group in rules.groups if group.name == name), None)


def _rules(rules: SLORules) -> Iterator[Rule]:
    for group in rules.groups:
        yield from group.rules


def _base_expressions(rules: SLORules) -> Iterator[str]:
    """Yield the expressions that read what Prometheus scrapes."""
    for rule in _rules(rules):
        is_base = getattr(rule, "record", "") in {naming.EVENTS_INCREASE, naming.ERRORS_INCREASE}
        if is_base and naming.MISSING_LABEL not in rule.labels:
            yield rule.expr


def _ranges_of_counters(rules: SLORules, fast: Duration | None) -> dict[str, Duration]:
    """Return the ranges and the offset with which counters are read; none where none is.

    The newest sample is looked for in the base range; the newest of the evaluation before in the
    longest gap, one interval farther back.
    """
    read = [found for expr in _base_expressions(rules) for found in ranges(expr)]
    newest = [found for found in read if found.function == _NEWEST]
    if not newest or fast is None:
        return {}
    offset = min(found.offset for found in newest)
    older = [found for found in newest if found.offset == offset + fast]
    if not older or len(newest) < len(read):
        return {}
    return {
        "base_range": _shortest(found for found in newest if found.offset == offset),
        "longest_gap": _shortest(older),
        "offset": offset,
    }


def _shortest(read: Iterator[RangeRead] | list[RangeRead]) -> Duration:
    return min(found.length for found in read)


def _is_estimated(rules: SLORules, *, is_counted: bool) -> bool:
    """Tell whether values are smoothed over a range that is not known, or estimated in a bucket."""
    every = tuple(_base_expressions(rules))
    return any(_FRACTION in expr or (ranges(expr) and not is_counted) for expr in every)


def _offset_of_gauge(rules: SLORules) -> Duration | None:
    """Return how far back all gauges are read; None where they are not."""
    read = [offset for expr in _base_expressions(rules) for offset in offsets(expr)]
    return min(read) or None if read else None


def _steady(rules: SLORules) -> Fraction:
    """Return for how long a ratio has to be high before a page believes it."""
    for rule in _rules(rules):
        if hasattr(rule, "alert"):
            for found in ranges(rule.expr):
                if found.function == _LOWEST and naming.window_in(found.metric):
                    return seconds(found.length)
    return Fraction(0)
