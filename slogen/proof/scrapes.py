"""What becomes of counters while scrapes are missed, are late, or find a target that restarted."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import attrs

from slogen import naming
from slogen.proof.counting import ERRORS, EVENTS, counts, newest_scrape, scene, seconds_counted
from slogen.proof.feeds import RawFeed, fed
from slogen.proof.kinds.selecting import free_label
from slogen.proof.notation import Samples, gauge
from slogen.proof.paces import between, just_after, just_before, rounded_up, total
from slogen.proof.phases import ZERO, Phase
from slogen.proof.scenario import Check, Input, Sample, Scenario
from slogen.proof.spoilt import beside
from slogen.units import Duration, clock, number

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from slogen.proof.kinds.raw import RawCounters
    from slogen.proof.kinds.sources import Counter
    from slogen.proof.subject import Subject

_SCRAPES_BEFORE = 4
_LONG_ENOUGH = Duration("10m")
"""As long as a gap usually may be."""
_STANDING, _FALLEN, _RESTARTED = Decimal(100_000), Decimal(87_600), Decimal(76_500)
"""What a counter shows that falls twice: less than rules take for a restart, and a little more."""
_FORGOTTEN = Decimal(50_000)
"""What it shows after a gap that is too long: nothing is known of what happened meanwhile."""
_COURSES = {
    "falling": (_STANDING, None, _FALLEN, _RESTARTED, None, _FORGOTTEN),
    "restarting": (_STANDING, None, _RESTARTED, _RESTARTED, None, _FORGOTTEN),
}
"""What counters show in each phase; both count what they show after a restart."""
_PARTS = 6
"""Scrapes are at so many times between two evaluations."""
_FEWEST = 6
"""Scrapes of each target, at least."""


@attrs.frozen(kw_only=True)
class _Course:
    """What happens to all counters, in the order of its times, which are times of scrapes.

    Attributes:
        missed: The last scrape before a gap that is as long as it may be.
        found: When that gap ends.
        restarted: The newest scrape before all counters begin again.
        lost: The last scrape before a gap that is too long, or the end where there is none.
        back: When that gap ends.
        until: When the scenario is over.
    """

    missed: Duration
    found: Duration
    restarted: Duration
    lost: Duration
    back: Duration
    until: Duration

    @classmethod
    def of(cls, subject: Subject) -> _Course:
        """Return the times for the intervals of an SLO."""
        timing = subject.slo.timing
        scrape, fast, lag = timing.scrape_interval, timing.fast_interval, timing.lag_of_counters
        longest = min(timing.longest_gap, _LONG_ENOUGH)
        missed = rounded_up(total(2 * fast, _SCRAPES_BEFORE * scrape), scrape)
        # Between the scrapes before the gap and behind it there is one interval more.
        found = total(missed, _whole(longest.milliseconds - scrape.milliseconds, scrape))
        # What was scraped between two evaluations before counters begin again is lost.
        restarted = newest_scrape(subject, rounded_up(total(found, missed, lag), fast))
        lost = back = until = rounded_up(total(restarted, missed, lag), fast)
        if timing.longest_gap <= _LONG_ENOUGH:
            lost = rounded_up(until, scrape)
            back = rounded_up(total(lost, timing.longest_gap, fast), scrape)
            until = rounded_up(total(back, missed, lag), fast)
        return cls(
            missed=missed, found=found, restarted=restarted, lost=lost, back=back, until=until
        )

    @property
    def phases(self) -> list[Phase]:
        """What happens, in its order."""
        phases = [
            Phase(self.missed, EVENTS, ERRORS),
            Phase(between(self.missed, self.found), EVENTS, ERRORS, is_missed=True),
            Phase(between(self.found, self.restarted), EVENTS, ERRORS),
            Phase(between(self.restarted, self.lost), EVENTS, ERRORS, restarts=True),
        ]
        if self.lost < self.until:
            phases += [
                Phase(between(self.lost, self.back), EVENTS, ERRORS, is_missed=True),
                Phase(between(self.back, self.until), EVENTS, ERRORS),
            ]
        return phases

    def seconds(self, subject: Subject) -> Decimal:
        """Return for how long events are counted: not while scrapes are missed for too long."""
        seconds = seconds_counted(subject, self.until)
        if self.lost == self.until:
            return seconds
        timing = subject.slo.timing
        first = total(self.back, timing.scrape_interval, timing.lag_of_counters)
        seen = newest_scrape(subject, rounded_up(first, timing.fast_interval))
        return seconds - between(self.lost, seen).seconds


def nothing_is_lost(subject: Subject, feed: RawFeed, raw: RawCounters) -> Scenario:
    """Let scrapes be missed while events go on, and then all counters begin again."""
    course = _Course.of(subject)
    phases = course.phases
    free = free_label((raw.whole, raw.part), subject.groups[0])
    remarks = [
        f"{number(EVENTS)} events a second, {number(ERRORS)} of them bad",
        f"no scrapes from {clock(course.missed)} to {clock(course.found)}",
        f"at {clock(course.restarted)} all counters are 0 again",
        f"other counters, by their {free}, fall from {_STANDING} to {_FALLEN} within the gap,",
        f"which counts nothing, and then to {_RESTARTED}, all of it since a restart;",
        f"others restart within the gap, and show {_RESTARTED} after it",
    ]
    if course.lost < course.until:
        gap = f"from {clock(course.lost)} to {clock(course.back)}"
        remarks.append(f"no scrapes {gap}: it is too long, so that nothing of it counts")
    return Scenario(
        name="missed scrapes and restarts lose nothing",
        remarks=tuple(remarks),
        step=feed.step,
        inputs=(*fed(feed, phases, phases), *_falling(subject, feed, raw, phases)),
        checks=(
            *(() if raw.may_contradict else _in_a_gap(subject, course)),
            *counts(subject, course.until, _counted(subject, raw, course)),
        ),
    )


def _falling(
    subject: Subject, feed: RawFeed, raw: RawCounters, phases: Sequence[Phase]
) -> Iterator[Input]:
    """Yield other counters of the first group, which stand still in each phase but the gaps."""
    group = subject.groups[0]
    free = free_label((raw.whole, raw.part), group)
    samples = [phase.samples(feed.step) for phase in phases]
    counted = (samples[0] + 1, *samples[1:])
    for name, stands in _COURSES.items():
        for source in raw.sources(group):
            shown = (_shown(source, events) for events in stands)
            runs = (Samples(count, value) for count, value in zip(counted, shown, strict=False))
            yield beside(source, free, f"{free}-{name}", gauge(runs))


def _shown(source: Counter, events: Decimal | None) -> Decimal | None:
    """Return what a counter shows after so many events, of which as many are bad as usual."""
    return None if events is None else source.share(events, events * ERRORS / EVENTS)


def _counted(subject: Subject, raw: RawCounters, course: _Course) -> dict[str, list[Decimal]]:
    """Return what is counted in each group; in the first one also what counted since a restart."""
    seconds = course.seconds(subject)
    sources = raw.sources(subject.groups[0])
    since = len(_COURSES) * _RESTARTED
    events, errors = raw.counted((s, _shown(s, since) or ZERO) for s in sources)
    others = [ZERO] * (len(subject.groups) - 1)
    return {
        naming.EVENTS_INCREASE: [EVENTS * seconds + more for more in (events, *others)],
        naming.ERRORS_INCREASE: [ERRORS * seconds + more for more in (errors, *others)],
    }


def _in_a_gap(subject: Subject, course: _Course) -> Iterator[Check]:
    """Yield checks that base series are recorded for a few missed scrapes, and no longer."""
    timing = subject.slo.timing
    if timing.query_offset:
        return
    known = total(course.missed, timing.base_range, timing.counter_offset)
    present = just_before(known, timing.fast_interval)
    gone = just_after(known, timing.fast_interval)
    if present <= course.missed or gone >= course.found:
        return
    for metric in (naming.EVENTS_INCREASE, naming.ERRORS_INCREASE):
        expr = f"count({subject.ask(metric)})"
        counted = (Sample(labels="{}", value=Decimal(len(subject.groups))),)
        yield Check(remark="a scrape or two may be missed", expr=expr, at=present, samples=counted)
        yield Check(remark="after more nothing is recorded", expr=expr, at=gone)


def _whole(milliseconds: int, interval: Duration) -> Duration:
    """Return as many whole intervals as fit into a time, 1 at least."""
    return max(milliseconds // interval.milliseconds, 1) * interval


def at_any_time(subject: Subject, feed: RawFeed, raw: RawCounters) -> Iterator[Scenario]:
    """Yield a scenario of targets that are scraped at other times than rules are evaluated.

    There is none where the interval of scrapes cannot be divided as that of evaluations is.
    """
    timing, first = subject.slo.timing, attrs.evolve(subject, groups=subject.groups[:1])
    step = Duration.of_milliseconds(timing.fast_interval.milliseconds // _PARTS)
    between_scrapes = feed.step.milliseconds
    if step.milliseconds % 1000 or between_scrapes % step.milliseconds:
        return
    until = max(scene(subject), rounded_up(_FEWEST * feed.step, timing.slow_interval))
    apart = min(between_scrapes, timing.fast_interval.milliseconds)
    late = [part * step for part in range(1, apart // step.milliseconds)]
    if not late:
        return
    free = free_label((raw.whole, raw.part), subject.groups[0])
    times = ", ".join(map(str, late))
    seconds = sum((_seconds_seen(subject, part, until) for part in late), ZERO)
    yield Scenario(
        name="events count whenever their targets are scraped",
        remarks=(
            f"of each target {number(EVENTS)} events a second, {number(ERRORS)} of them bad",
            f"targets, by their {free}, are scraped {times} after an evaluation",
        ),
        step=step,
        inputs=tuple(
            beside(source, free, f"{free}-{part}", _scraped(source, feed.step, step, part, until))
            for part in late
            for source in raw.sources(subject.groups[0])
        ),
        checks=tuple(
            counts(
                first,
                until,
                {
                    naming.EVENTS_INCREASE: [EVENTS * seconds],
                    naming.ERRORS_INCREASE: [ERRORS * seconds],
                },
            )
        ),
    )


def _scraped(
    source: Counter, interval: Duration, step: Duration, late: Duration, until: Duration
) -> str:
    """Return what a counter shows at each scrape, so long after it began at 0."""
    rate = source.share(EVENTS, ERRORS) or ZERO
    scrapes = (until.milliseconds - late.milliseconds) // interval.milliseconds + 1
    none = Samples(interval.milliseconds // step.milliseconds - 1, None)
    runs = [Samples(late.milliseconds // step.milliseconds, None)]
    for count in range(scrapes):
        runs += [Samples(1, count * rate * interval.seconds), none]
    return gauge(runs[:-1])


def _seconds_seen(subject: Subject, late: Duration, until: Duration) -> Decimal:
    """Return for how long the events of a target are counted that is scraped so late."""
    timing = subject.slo.timing
    first = rounded_up(total(late, timing.lag_of_counters), timing.fast_interval)
    seen = (newest_scrape(subject, between(late, at)) for at in (first, until))
    return between(*seen).seconds
