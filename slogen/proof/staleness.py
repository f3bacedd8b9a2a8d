"""Alerts about data that ends: of a whole SLI, idle or not, and of one of its groups."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from slogen import naming
from slogen.plan import ResolvedAlert
from slogen.plan.hours import HOUR
from slogen.plan.timing import LOOK_BACK
from slogen.proof.feeds import RecordedFeed, fed
from slogen.proof.notation import Samples, gauge
from slogen.proof.paces import between, held, just_before, kept, rounded_up, total
from slogen.proof.phases import ZERO, Phase
from slogen.proof.scenario import Check, Input, Scenario
from slogen.proof.subject import Subject
from slogen.units import Duration, clock

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from slogen.proof.subject import Firing

_IDLE = Duration("36m")
"""Longer than the half hour before the end that has to have events, and what is looked back."""
_THE_HOUR_BEFORE = "3"
"""The label of the hour that ended when the scenario begins."""
_BUSY, _QUIET = 3, 2
"""Hours with events, and without any, before the data is gone for more than a day."""
_WITHIN_A_DAY, _AFTER_A_DAY = Duration("20h"), Duration("28h")
"""Times since the data ended: rules find what was before, and find it no more."""


def staleness(subject: Subject) -> Iterator[Scenario]:
    """Yield scenarios about data that ends, evaluated as often as the slow groups are."""
    slo = subject.slo
    if slo.stale:
        yield _never_there(subject, slo.stale)
        if not slo.counts_missing:
            yield _ends(subject, slo.stale)
        if slo.definition.sli.counts_events:
            yield _was_idle(subject, slo.stale)
    if slo.stale_groups and _has_others(subject):
        yield _one_group(subject, slo.stale_groups)


def forgetting(subject: Subject) -> Iterator[Scenario]:
    """Yield scenarios about data that is gone for more than a day, evaluated once an hour."""
    slo = subject.slo
    if slo.stale and held(slo.stale, HOUR) < _WITHIN_A_DAY:
        if not slo.counts_missing:
            yield _goes_on(subject, slo.stale)
        if slo.definition.sli.counts_events:
            yield _idle_for_a_day(subject, slo.stale)
    if slo.stale_groups and _has_others(subject) and held(slo.stale_groups, HOUR) < _WITHIN_A_DAY:
        yield _group_has_left(subject, slo.stale_groups)


def _has_others(subject: Subject) -> bool:
    """Tell whether others can go on while the data of a group ends: matchers may allow one only."""
    return len(subject.groups) > 1


def _never_there(subject: Subject, alert: ResolvedAlert) -> Scenario:
    """Let there be no data from the beginning."""
    firing, start = subject.firing(alert, {}), Duration.zero()
    delay = held(alert, subject.slo.timing.slow_interval)
    return Scenario(
        name=f"{alert.name} fires when there never was any data",
        remarks=("nothing is recorded",),
        step=subject.slo.timing.fast_interval,
        inputs=(),
        checks=tuple(_after(subject, firing, start, delay=delay, wait=delay)),
    )


@attrs.frozen
class _Ending:
    """Data that ends while there are events.

    Attributes:
        subject: The SLO.
        alert: The alert about it.
    """

    subject: Subject
    alert: ResolvedAlert

    @property
    def gone(self) -> Duration:
        """When the data ends."""
        return 5 * self.subject.slo.timing.slow_interval

    @property
    def waited(self) -> Duration:
        """When the alert has waited for its delay: the last sample is found for some minutes."""
        pace = self.subject.slo.timing.slow_interval
        return total(self.gone, rounded_up(LOOK_BACK, pace), held(self.alert, pace))

    @property
    def fires(self) -> Duration:
        """When the alert fires at the latest: with the next evaluation."""
        return total(self.waited, self.subject.slo.timing.slow_interval)

    def phases(self, until: Duration) -> Sequence[Phase]:
        """Return what happens until a time."""
        events, _ = _feed(self.subject).errors(self.subject.slo.budget)
        return [Phase(self.gone, events), Phase(between(self.gone, until), None, None)]

    def checks(self, firing: Firing) -> Iterator[Check]:
        """Yield checks that the alert waits for its delay, and fires then."""
        delay = held(self.alert, self.subject.slo.timing.slow_interval)
        wait = between(self.gone, self.fires)
        return _after(self.subject, firing, self.gone, delay=delay, wait=wait)


def _ends(subject: Subject, alert: ResolvedAlert) -> Scenario:
    """Let all data end, while there are events."""
    pace, feed, ending = subject.slo.timing.slow_interval, _feed(subject), _Ending(subject, alert)
    later = rounded_up(total(ending.waited, HOUR), pace)
    back = total(later, pace)
    again = total(back, kept(alert, pace))
    events, _ = feed.errors(subject.slo.budget)
    firing, phases = subject.firing(alert, {}), [*ending.phases(back)]
    phases.append(Phase(between(later, again), events))
    return Scenario(
        name=f"{alert.name} fires when the data ends",
        remarks=(f"the base series end after {clock(ending.gone)}, while there are events",),
        step=feed.step,
        inputs=(*fed(feed, phases, phases), _hour_before(subject)),
        checks=(
            *ending.checks(firing),
            firing.fires("and still an hour later", later),
            firing.is_quiet("it is over when there is data again", again),
        ),
    )


def _was_idle(subject: Subject, alert: ResolvedAlert) -> Scenario:
    """Let there be no events for longer than half an hour, and then no data."""
    pace, feed = subject.slo.timing.slow_interval, _feed(subject)
    delay, idle = held(alert, pace), rounded_up(_IDLE, pace)
    events, _ = feed.errors(subject.slo.budget)
    busy, look_back = 5 * pace, rounded_up(LOOK_BACK, pace)
    until = total(busy, idle, look_back, delay, 5 * pace)
    phases = [
        Phase(busy, events),
        Phase(idle, ZERO, ZERO),
        Phase(between(total(busy, idle), until), None, None),
    ]
    return Scenario(
        name=f"{alert.name} waits for a service that was idle",
        remarks=(
            f"no events from {clock(busy)} on, and no data from {clock(total(busy, idle))} on",
        ),
        step=feed.step,
        inputs=(*fed(feed, phases, phases), _hour_before(subject)),
        checks=(subject.firing(alert, {}).is_quiet("it does not fire", until),),
    )


def _hour_before(subject: Subject) -> Input:
    """Return an hour that was recorded before, so that there was data within a day."""
    labels = {**subject.groups[0], naming.HOUR_LABEL: _THE_HOUR_BEFORE}
    hour = subject.recorded(naming.EVENTS_SUM, labels)
    return Input(series=hour, values=gauge([Samples(1, ZERO)]))


def _one_group(subject: Subject, alert: ResolvedAlert) -> Scenario:
    """Let the data of one group end, while it has events and others go on."""
    feed, ending = _feed(subject), _Ending(subject, alert)
    pace = subject.slo.timing.slow_interval
    events, _ = feed.errors(subject.slo.budget)
    again = total(ending.fires, pace, kept(alert, pace))
    back = Phase(between(ending.fires, again), events)
    firing = subject.firing(alert, subject.groups[0])
    return Scenario(
        name=f"{alert.name} fires when the data of a group ends",
        remarks=(
            f"the base series of a group end after {clock(ending.gone)}, while it has events",
        ),
        step=feed.step,
        inputs=fed(
            feed,
            [*ending.phases(total(ending.fires, pace)), back],
            [Phase(total(again, pace), events)],
        ),
        checks=(
            *ending.checks(firing),
            firing.is_quiet("it is over when there is data again", total(again, pace)),
        ),
    )


def _goes_on(subject: Subject, alert: ResolvedAlert) -> Scenario:
    """Let all data be gone for more than a day, while there were events."""
    feed, firing = _hourly(subject), subject.firing(alert, {})
    events, _ = feed.errors(subject.slo.budget)
    gone = _BUSY * HOUR
    within, after = (total(gone, wait) for wait in (_WITHIN_A_DAY, _AFTER_A_DAY))
    phases = [Phase(gone, events), Phase(between(gone, after), None, None)]
    return Scenario(
        name=f"{alert.name} goes on while the data is gone",
        remarks=(f"the base series end after {clock(gone)}, while there are events",),
        step=feed.step,
        inputs=fed(feed, phases, phases),
        checks=(
            firing.fires("for what the half hour before the end had", within),
            firing.fires("and for there being no hour within a day", after),
        ),
    )


def _idle_for_a_day(subject: Subject, alert: ResolvedAlert) -> Scenario:
    """Let all data be gone for more than a day, of a service that was idle before."""
    feed, firing = _hourly(subject), subject.firing(alert, {})
    events, _ = feed.errors(subject.slo.budget)
    busy, gone = _BUSY * HOUR, (_BUSY + _QUIET) * HOUR
    within = total(gone, _WITHIN_A_DAY)
    after = total(gone, _AFTER_A_DAY, held(alert, HOUR))
    phases = [
        Phase(busy, events),
        Phase(between(busy, gone), ZERO, ZERO),
        Phase(between(gone, after), None, None),
    ]
    return Scenario(
        name=f"{alert.name} waits a day for a service that was idle",
        remarks=(f"no events from {clock(busy)} on, and no data from {clock(gone)} on",),
        step=feed.step,
        inputs=fed(feed, phases, phases),
        checks=(
            firing.is_quiet("there is an hour within a day", within),
            firing.fires("there is none", after),
        ),
    )


def _group_has_left(subject: Subject, alert: ResolvedAlert) -> Scenario:
    """Let the data of one group be gone for more than a day, while others go on."""
    feed, firing = _hourly(subject), subject.firing(alert, subject.groups[0])
    events, _ = feed.errors(subject.slo.budget)
    gone = _BUSY * HOUR
    within = total(gone, _WITHIN_A_DAY)
    after = total(gone, _AFTER_A_DAY, kept(alert, HOUR))
    phases = [Phase(gone, events), Phase(between(gone, after), None, None)]
    return Scenario(
        name=f"{alert.name} is over a day after a group has left",
        remarks=(f"the base series of a group end after {clock(gone)}, while it has events",),
        step=feed.step,
        inputs=fed(feed, phases, [Phase(after, events)]),
        checks=(
            firing.fires("it goes on within a day", within),
            firing.is_quiet("then the group is forgotten", after),
        ),
    )


def _hourly(subject: Subject) -> RecordedFeed:
    return RecordedFeed(subject, HOUR, hours=True)


def _feed(subject: Subject) -> RecordedFeed:
    return RecordedFeed(subject, subject.slo.timing.fast_interval)


def _after(
    subject: Subject, firing: Firing, since: Duration, *, delay: Duration, wait: Duration
) -> Iterator[Check]:
    """Yield checks that an alert waits for its delay, and fires after a wait.

    Args:
        subject: The SLO.
        firing: The alert.
        since: When what it is about begins.
        delay: How long it has to hold before the alert fires.
        wait: After how long the alert fires: the delay, and until the rules see what it is about.
    """
    pace = subject.slo.timing.slow_interval
    if delay:
        yield firing.is_quiet(
            f"not before it held for {clock(delay)}", just_before(total(since, delay), pace)
        )
    yield firing.fires("then it fires", total(since, wait))
