"""From counts to shares, states and verdicts. Nothing here asks a server."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import attrs

from slogen.live.reports import (
    GROUPS_WORST_FIRST,
    MEASURED_FROM,
    WORST_FIRST,
    Budget,
    Interval,
    Ruler,
)
from slogen.recorded.budget import CRITICAL_FROM, HEALTHY_ABOVE

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

    from slogen.live.reports import GroupReport, State, Verdict

YOUNG_BELOW = 0.1
"""A group that has existed for less of its window is young: its budget says little yet."""
_MOST_COVERAGE = 1.001
"""No group has existed for more of a window than all of it, but for what a float adds."""
_Z = 1.959963984540054
"""The quantile of the normal distribution for 95 of 100 cases, on both sides."""


@attrs.frozen(kw_only=True)
class Counts:
    """What was counted for a group over a window.

    Attributes:
        events: How many events there were, or how many seconds were seen.
        errors: How many of them were bad.
        coverage: The share of the window that the group has existed for; None if unknown.
        measured: The share of that time for which there are data; None if unknown.
        ruler: Who counted.
    """

    events: float
    errors: float
    coverage: float | None
    measured: float | None
    ruler: Ruler = frozenset()

    @classmethod
    def of(
        cls, events: float, errors: float, coverage: float | None, measured: float | None
    ) -> Counts:
        """Return counts that are possible, as the rules for windows make them.

        Where another metric counts good events their difference may be below 0, which is none; and
        where bad events are a metric of their own the larger of both sums is what happened.
        """
        bad = max(errors, 0.0)
        return cls(events=max(events, bad), errors=bad, coverage=coverage, measured=measured)

    @property
    def sli(self) -> float | None:
        """The share of good events; None without events."""
        return 1 - self.errors / self.events if self.events > 0 else None


def budget_of(counts: Counts, allowed: float) -> Budget | None:
    """Return the error budget; None without events, without a known age, or beyond floats.

    Args:
        counts: What was counted.
        allowed: The share of events that may be bad.
    """
    if counts.events <= 0 or counts.coverage is None:
        return None
    if not 0 < counts.coverage <= _MOST_COVERAGE:
        return None
    total = allowed * counts.events / counts.coverage
    if not 0 < total < math.inf:
        return None
    consumed = counts.errors / total
    return Budget(
        total=total, consumed=counts.errors, share_consumed=consumed, share_left=1 - consumed
    )


def worst_counts(counts: Iterable[Counts]) -> Counts:
    """Return of what several rulers counted what is the worst for the budget.

    What no budget can be made of is worse than any, but for a ruler that saw no events.

    >>> a = Counts(events=1_000.0, errors=100.0, coverage=1.0, measured=1.0)
    >>> b = Counts(events=1_000_000.0, errors=900.0, coverage=1.0, measured=1.0)
    >>> worst_counts([b, a]) == a
    True

    Args:
        counts: What each of them counted; of one at least.
    """
    return max(counts, key=_spent)


def _spent(counts: Counts) -> float:
    """Return what sorts counts by how much of a budget they spend."""
    if counts.events <= 0:
        return -1.0
    budget = budget_of(counts, 1.0)
    return budget.share_consumed if budget else math.inf


def wilson(good: float, trials: float) -> Interval:
    """Return between which shares of good events the true one lies, in 95 of 100 cases.

    Source: E. B. Wilson, "Probable inference, the law of succession, and statistical inference",
    Journal of the American Statistical Association 22 (1927).

    >>> interval = wilson(998, 1000)
    >>> round(interval.low, 4), round(interval.high, 4)
    (0.9927, 0.9995)

    Args:
        good: How many were good, from 0 to all.
        trials: How many there were, more than 0.
    """
    share, square = good / trials, _Z * _Z
    middle = (share + square / (2 * trials)) / (1 + square / trials)
    spread = math.sqrt(share * (1 - share) / trials + square / (4 * trials * trials))
    half = spread * _Z / (1 + square / trials)
    return Interval(low=max(middle - half, 0.0), high=min(middle + half, 1.0))


def verdict_of(
    counts: Counts, interval: Interval | None, state: State, objective: Decimal
) -> Verdict:
    """Return whether an objective was met, as far as the traffic can tell.

    It was missed where the whole interval lies below, and met where the whole lies at or above, if
    there are data now, the group is not young, and 95 % of its time had data.
    """
    if interval is None or state == "no data":
        return "not enough data"
    if interval.high < objective:
        return "missed"
    is_known = (counts.measured or 0) >= MEASURED_FROM and not is_young(counts.coverage)
    return "met" if interval.low >= objective and is_known else "not enough data"


def lasts(seconds: float | None, budget: Budget | None, window: float) -> float | None:
    """Return after how many seconds a budget will be gone, as far as that can be.

    Args:
        seconds: What is recorded.
        budget: What is left.
        window: The SLO's window, in seconds.

    Returns:
        0 if it is gone; None where nobody knows, or it lasts for longer than the window.
    """
    if seconds is not None and budget and budget.share_left <= 0:
        return 0.0  # whatever is recorded: that may be a minute older than the budget
    return seconds if seconds is not None and 0 < seconds <= window else None


def is_young(coverage: float | None) -> bool:
    """Tell whether a group has existed for too little of its window."""
    return coverage is None or coverage < YOUNG_BELOW


def state_of(
    budget: Budget | None, coverage: float | None, *, has_data: bool, had_events: bool
) -> State:
    """Return what a group's budget is in, or why nobody knows.

    A budget of which little is left stays what it is for a day after the last event, as the alert
    about a spent one does; whatever else has no data is unknown.

    Args:
        budget: What is left.
        coverage: The share of the window that the group has existed for.
        has_data: Whether there are data now.
        had_events: Whether there were events in the last day.
    """
    if budget is None or not (has_data or had_events):
        return "no data"
    left = budget.share_left
    if left <= HEALTHY_ABOVE:
        is_critical = left <= CRITICAL_FROM
        return "exhausted" if left <= 0 else "critical" if is_critical else "warning"
    if not has_data:
        return "no data"
    return "young" if is_young(coverage) else "healthy"


def worst_state(groups: Iterable[GroupReport]) -> State:
    """Return the state of an SLO: that of its worst group.

    A group without data, such as a tenant that left, counts only where no group has any; a young
    one only where no older group has data. One that has data but no budget is worse than one with
    a warning: nobody knows.
    """
    return min(groups, key=order_of_group).state if (groups := tuple(groups)) else "no data"


def order_of_group(group: GroupReport) -> tuple[bool, int, float]:
    """Return what sorts the groups of an SLO: the worst first, and last those that do not count."""
    has_gone = group.state == "no data" and not group.is_unknown
    share = 0.0 if group.share_left is None else group.share_left
    return has_gone, GROUPS_WORST_FIRST.index(group.state), share


def joint_verdict(groups: Iterable[GroupReport]) -> Verdict:
    """Return the verdict on an SLO: missed if a group misses, met if all with data meet."""
    counting = (group for group in groups if group.state != "no data" or group.is_unknown)
    verdicts = {group.verdict for group in counting}
    if "missed" in verdicts:
        return "missed"
    return "met" if verdicts == {"met"} else "not enough data"


def badness(state: State, share_left: float | None) -> tuple[int, float]:
    """Return what sorts the worst first."""
    return WORST_FIRST.index(state), 0.0 if share_left is None else share_left
