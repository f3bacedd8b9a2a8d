"""Sentences about an SLO that text and Markdown have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen.review.explanation.wording import span
from slogen.units import clock, number, percentage

if TYPE_CHECKING:
    from collections.abc import Iterable

    from slogen.plan import ResolvedAlert
    from slogen.review.explanation.meaning import Explanation, TierExplanation, TrafficExplanation


def budget(explanation: Explanation) -> str:
    """Return what the error budget is: a share, and a time."""
    slo = explanation.slo
    what = "events" if slo.definition.sli.counts_events else "the time"
    return (
        f"{percentage(slo.budget)} of {what} may be bad: as much as a total outage of "
        f"{clock(explanation.budget_time)} in {slo.period}"
    )


def traffic(given: TrafficExplanation) -> str:
    """Return what the error budget is in events."""
    return (
        f"{given.events_a_day} events a day are {given.events} in the window, of which "
        f"{given.bad_events} may be bad"
    )


def outage(tiers: Iterable[TierExplanation]) -> str:
    """Return when tiers fire in a total outage at the traffic that is given; nothing of none."""
    times = [
        f"{number(each.tier.threshold)}x after {span(each.at_traffic)}"
        if each.at_traffic
        else f"{number(each.tier.threshold)}x perhaps never"
        for each in tiers
    ]
    return f"a total outage fires {', '.join(times)}" if times else ""


def delay(alert: ResolvedAlert) -> str:
    """Return how long a condition has to hold, in words; nothing where it fires at once."""
    return f", for {alert.for_}" if alert.for_ else ""
