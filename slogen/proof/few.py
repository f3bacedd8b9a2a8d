"""Tiers that ask for some bad events: exactly so many fire, one fewer do not."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from slogen.proof.feeds import RawFeed, RecordedFeed
from slogen.proof.notation import clock
from slogen.proof.paces import held, just_before, rounded_up, total
from slogen.proof.phases import ZERO, Phase
from slogen.proof.scenario import Scenario
from slogen.units import Duration, number

if TYPE_CHECKING:
    from slogen.plan import ResolvedTier
    from slogen.proof.feeds import Feed
    from slogen.proof.subject import Subject


def few(subject: Subject, tier: ResolvedTier, feed: Feed) -> Scenario:
    """Let all events be bad, but at first one too few; evaluated as often as the fast groups are.

    An alert that waits has to see events for as long; an alert that does not sees just enough.
    """
    timing, least = subject.slo.timing, tier.min_bad_events
    assert least is not None  # noqa: S101 (a tier that asks for none has no such scenario)
    is_raw = isinstance(feed, RawFeed)
    feed = feed if is_raw else RecordedFeed(subject, timing.fast_interval)
    late = timing.lag_of_counters if is_raw else Duration.zero()
    step, unit = feed.step, rounded_up(timing.fast_interval, feed.step)
    delay = held(tier.alert, timing.fast_interval)
    # Both counters have been seen, and the SLO is old enough, before anything happens.
    quiet = rounded_up(total(tier.warm_up or 5 * unit, late), unit)
    enough = total(step, rounded_up(delay, unit)) if delay else step
    first, third = total(quiet, step), total(quiet, step, unit, step)
    fires = total(rounded_up(total(third, late), timing.fast_interval), delay)
    one = Decimal(1) / step.seconds
    phases = (
        # A counter is 0 first; base series have a sample at the beginning.
        Phase(quiet if is_raw else first, ZERO, ZERO),
        Phase(step, (least - 1) * one, (least - 1) * one),
        Phase(unit, ZERO, ZERO),
        Phase(enough, one, one),
        Phase(rounded_up(total(late, unit, delay), unit), ZERO, ZERO),
    )
    alert = subject.burning(tier, subject.groups[0])
    return Scenario(
        name=f"{_title(tier)} needs {least} bad events",
        remarks=(
            (
                f"{least - 1} events at {clock(first)}, one more at {clock(third)}"
                f"{', and then one with each sample' if delay else ''}; all bad"
            ),
        ),
        step=step,
        inputs=feed.inputs(phases, subject.groups[0]),
        checks=(
            alert.is_quiet(
                f"quiet after {least - 1}",
                just_before(total(third, late), timing.fast_interval),
            ),
            alert.fires(f"it fires after {least}", fires),
        ),
    )


def _title(tier: ResolvedTier) -> str:
    return f"{tier.alert.name} {number(tier.threshold)}x over {tier.long} and {tier.short}"
