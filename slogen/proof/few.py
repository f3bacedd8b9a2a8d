"""Tiers that ask for some bad events: exactly so many fire, one fewer do not."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from slogen.proof.feeds import RawFeed, RecordedFeed, fed
from slogen.proof.paces import between, held, just_before, rounded_up, total
from slogen.proof.phases import ZERO, Phase
from slogen.proof.scenario import Scenario
from slogen.units import Duration, clock, number

if TYPE_CHECKING:
    from slogen.plan import ResolvedTier
    from slogen.proof.feeds import Feed
    from slogen.proof.subject import Subject

_BUSY = Decimal(10) ** 7
"""Events of another group between two samples, of which one is bad: too few for any alert."""
_AFTERWARDS = Duration("1h")
"""How long counters stand still in the end: for longer than an evaluation may be late."""


def few(subject: Subject, tier: ResolvedTier, feed: Feed) -> Scenario:
    """Let all events be bad, but at first one too few; evaluated as often as the fast groups are.

    An alert that waits has to see events for as long; an alert that does not sees just enough.
    """
    timing, least = subject.slo.timing, tier.min_bad_events
    assert least is not None  # noqa: S101 (a tier that asks for none has no such scenario)
    is_raw = isinstance(feed, RawFeed)
    feed = feed if is_raw else RecordedFeed(subject, timing.fast_interval)
    late = timing.lag_of_counters if is_raw else timing.query_offset or Duration.zero()
    step, unit = feed.step, rounded_up(timing.fast_interval, feed.step)
    delay = held(tier.alert, timing.fast_interval)
    # Both counters have been seen, and the SLO is old enough, before anything happens.
    first = total(rounded_up(total(tier.warm_up, late), unit), step)
    enough = total(first, unit, step)
    fires = total(rounded_up(total(enough, late), timing.fast_interval), delay)
    # A window that is shorter than the intervals holds one sample, which has all bad events then.
    again = 1 if tier.long > total(unit, step) else least
    # A counter is 0 first; base series have a sample at the beginning.
    quiet = between(step, first) if is_raw else first
    phases = _phases(quiet, step, unit, delay, (least - 1, again))
    alert = subject.burning(tier, subject.groups[0])
    # With query_offset a sample bears the time that it speaks of, not that of its evaluation.
    seen = timing.counter_offset if is_raw else Duration.zero()
    asked = just_before(total(enough, seen), timing.fast_interval)
    return Scenario(
        name=f"{_title(tier)} needs {least} bad events",
        remarks=(
            (
                f"{least - 1} events at {clock(first)}, "
                f"{'one more' if again == 1 else again} at {clock(enough)}"
                f"{', and then one with each sample' if delay else ''}; all bad"
            ),
        ),
        step=step,
        inputs=fed(feed, phases, _many(phases, step)),
        checks=(
            alert.is_quiet(f"quiet after {least - 1}", asked),
            alert.fires(f"it fires after {least}", fires),
        ),
    )


def _phases(
    quiet: Duration, step: Duration, unit: Duration, delay: Duration, events: tuple[int, int]
) -> tuple[Phase, ...]:
    """Return a quiet time, one event too few, a moment of quiet, and what is missing."""
    few, enough = (count / step.seconds for count in events)
    lasting = total(step, rounded_up(delay, unit)) if delay else step
    return (
        Phase(quiet, ZERO, ZERO),
        Phase(step, few, few),
        Phase(unit, ZERO, ZERO),
        Phase(lasting, enough, enough),
        Phase(_AFTERWARDS, ZERO, ZERO),
    )


def _many(phases: tuple[Phase, ...], step: Duration) -> tuple[Phase, ...]:
    """Return what happens to another group: many bad events among far more good ones."""
    length = total(*(phase.length for phase in phases))
    return (Phase(length, _BUSY / step.seconds, 1 / step.seconds),)


def _title(tier: ResolvedTier) -> str:
    return f"{tier.alert.name} {number(tier.threshold)}x over {tier.long} and {tier.short}"
