"""What a scenario feeds: counters that the SLI selects, or the base series where there are none."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import attrs

from slogen import naming
from slogen.proof.kinds.raw import Counter, RawSeries
from slogen.proof.notation import counter, gauge
from slogen.proof.scenario import Input
from slogen.proof.subject import Subject
from slogen.units import Duration

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from slogen.plan import Observation
    from slogen.proof.notation import Samples
    from slogen.proof.subject import Labels

ZERO = Decimal(0)


@attrs.frozen
class Phase:
    """A time of constant traffic.

    Attributes:
        length: How long it lasts.
        events: Events per second; None for no series at all.
        errors: Bad events per second; None for no series of bad events.
    """

    length: Duration
    events: Decimal | None
    errors: Decimal | None = ZERO


@attrs.frozen
class RecordedFeed:
    """Feeds the base series themselves.

    Attributes:
        subject: The SLO.
        step: The time between two samples.
    """

    subject: Subject
    step: Duration

    @property
    def observation(self) -> Observation:
        """How soon Prometheus observes what is fed."""
        return self.subject.observation.of_base_series()

    def errors(self, ratio: Decimal) -> tuple[Decimal, Decimal]:
        """Return events per second, and how many of them are bad."""
        counts_events = self.subject.slo.definition.sli.counts_events
        return _whole(ratio) if counts_events else (Decimal(1), ratio)

    def inputs(self, phases: Sequence[Phase], labels: Labels) -> tuple[Input, ...]:
        """Return the two base series of a group; its labels may hold other ones of the identity."""
        counts = _counts(phases, self.step)
        return tuple(
            Input(
                series=self.subject.recorded(metric, labels),
                values=gauge(_with_last(zip(counts, values, strict=True))),
            )
            for metric, values in (
                (naming.EVENTS_RATE, [phase.events for phase in phases]),
                (naming.ERRORS_RATE, [phase.errors for phase in phases]),
            )
        )


@attrs.frozen
class RawFeed:
    """Feeds counters: of good events, of bad ones, of all.

    Attributes:
        subject: The SLO.
        raw: What its SLI reads.
        counters: What the counters of each group of the subject are.
    """

    subject: Subject
    raw: RawSeries
    counters: tuple[tuple[Counter, ...], ...]

    @classmethod
    def of(cls, subject: Subject, raw: RawSeries) -> RawFeed:
        """Return the feed of an SLO.

        Raises:
            CannotSample: If no counters can be made that its selectors select.
        """
        return cls(subject, raw, tuple(raw.counters(group) for group in subject.groups))

    @property
    def step(self) -> Duration:
        """The time between two samples: that between two scrapes."""
        return self.subject.slo.timing.scrape_interval

    @property
    def observation(self) -> Observation:
        """How soon Prometheus observes what is fed."""
        return self.subject.observation

    def errors(self, ratio: Decimal) -> tuple[Decimal, Decimal]:
        """Return events per second, and how many of them are bad."""
        return _whole(ratio)

    def inputs(self, phases: Sequence[Phase], group: Labels) -> tuple[Input, ...]:
        """Return the counters of a group."""
        counts = _counts(phases, self.step)
        return tuple(
            Input(
                series=each.series,
                values=counter(
                    (count, _times(each.share(phase.events, phase.errors), self.step))
                    for count, phase in zip(counts, phases, strict=True)
                ),
            )
            for each in self.counters[self.subject.groups.index(group)]
        )


Feed = RecordedFeed | RawFeed


def fed(feed: Feed, burning: Sequence[Phase], others: Sequence[Phase]) -> tuple[Input, ...]:
    """Return the series of all groups: the first one goes through phases of its own."""
    first, *rest = feed.subject.groups
    return (
        *feed.inputs(burning, first),
        *(series for group in rest for series in feed.inputs(others, group)),
    )


def _whole(ratio: Decimal) -> tuple[Decimal, Decimal]:
    """Return events per second and how many of them are bad, so many that both are whole."""
    exponent = ratio.normalize().as_tuple().exponent
    traffic = Decimal(10) ** max(2, -int(exponent))
    return traffic, traffic * ratio


def _counts(phases: Sequence[Phase], step: Duration) -> list[int]:
    return [phase.length.milliseconds // step.milliseconds for phase in phases]


def _times(per_second: Decimal | None, step: Duration) -> Decimal | None:
    return None if per_second is None else per_second * step.seconds


def _with_last(runs: Iterable[Samples]) -> list[Samples]:
    """Let the last value have a sample at its end, too."""
    *others, (count, value) = runs
    return [*others, (count + 1, value)]
