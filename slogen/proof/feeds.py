"""What a scenario feeds: the raw series of the SLI, or the base series where there are none."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import attrs

from slogen import naming
from slogen.plan.hours import HOUR
from slogen.proof.hourly import sums, told_apart
from slogen.proof.kinds.raw import RawSeries
from slogen.proof.kinds.sources import Source
from slogen.proof.notation import Samples, gauge
from slogen.proof.phases import ZERO, Phase, in_step
from slogen.proof.scenario import Input
from slogen.proof.subject import Subject
from slogen.recorded.hours import SUM_OF_HOUR
from slogen.units import Duration

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from slogen.plan import Observation
    from slogen.proof.subject import Labels


@attrs.frozen
class RawFeed:
    """Feeds raw series that the SLI reads.

    Attributes:
        subject: The SLO.
        raw: What its SLI reads.
        sources: The raw series of each group of the subject.
    """

    subject: Subject
    raw: RawSeries
    sources: tuple[tuple[Source, ...], ...]

    @classmethod
    def of(cls, subject: Subject, raw: RawSeries) -> RawFeed:
        """Return the feed of an SLO.

        Raises:
            CannotSample: If no series can be made that its selectors select.
        """
        return cls(subject, raw, tuple(raw.sources(group) for group in subject.groups))

    @property
    def step(self) -> Duration:
        """The time between two samples: that between two scrapes."""
        return self.subject.slo.timing.scrape_interval

    @property
    def remarks(self) -> tuple[str, ...]:
        """What a reader of the series has to know."""
        return (self.raw.remark,) if self.raw.remark else ()

    def observation(self, pace: Duration) -> Observation:
        """Return how soon Prometheus observes what is fed, if it evaluates at a pace."""
        assert self.is_exact(pace)  # noqa: S101 (no other pace is asked for)
        return self.subject.observation

    def is_exact(self, pace: Duration) -> bool:
        """Tell whether evaluations at a pace see all that happens between them."""
        return pace == self.subject.slo.timing.fast_interval

    def shows(self, pace: Duration) -> bool:
        """Tell whether any error ratio can be fed, and evaluations at a pace see it."""
        return self.raw.is_graded and self.is_exact(pace)

    def errors(self, ratio: Decimal) -> tuple[Decimal, Decimal]:
        """Return events per second, and how many of them are bad."""
        return _errors(self.subject, ratio)

    def inputs(self, phases: Sequence[Phase], group: Labels) -> tuple[Input, ...]:
        """Return the raw series of a group."""
        return tuple(
            Input(series=source.series, values=source.values(phases, self.step))
            for source in self.sources[self.subject.groups.index(group)]
        )


@attrs.frozen
class RecordedFeed:
    """Feeds the base series themselves, under a name that the service had once.

    The rules record base series besides, where they can: under the name that it has now, so that
    promtool takes both.

    Attributes:
        subject: The SLO.
        step: The time between two samples.
        service: The name of the service.
        still: Feeds raw series that stand still, where tiers fire only while they are seen.
        hours: Whether the hours of the base series are fed, too, each when it is over; then rules
            record none, and nothing is open. Without them all is open, for two hours.
        told_apart: Whether the base series bear the label of their hour, so that rules record
            hours.
        born: When the first hour of each group began, in seconds since the scenario began.
    """

    subject: Subject
    step: Duration
    service: str = "an earlier name"
    still: RawFeed | None = None
    hours: bool = attrs.field(default=False, kw_only=True)
    told_apart: bool = attrs.field(default=False, kw_only=True)
    born: Decimal = attrs.field(default=ZERO, kw_only=True)

    @classmethod
    def beside(cls, feed: Feed, step: Duration, *, hours: bool = False) -> RecordedFeed:
        """Return the feed of base series for tiers, instead of another feed if that is raw."""
        needs_raw = feed.subject.slo.definition.sli.is_difference
        if isinstance(feed, RawFeed) and needs_raw:
            return cls(feed.subject, feed.step, still=feed, hours=hours)
        return cls(feed.subject, step, hours=hours)

    @property
    def remarks(self) -> tuple[str, ...]:
        """What a reader of the series has to know."""
        return ()

    def observation(self, pace: Duration) -> Observation:
        """Return how soon Prometheus observes what is fed, if it evaluates at a pace."""
        return self.subject.observation.of_base_series(pace, HOUR if self.hours else None)

    def errors(self, ratio: Decimal) -> tuple[Decimal, Decimal]:
        """Return events per second, and how many of them are bad."""
        return _errors(self.subject, ratio)

    def inputs(self, phases: Sequence[Phase], group: Labels) -> tuple[Input, ...]:
        """Return the base series of a group, its age, and raw series that stand still."""
        labels = {**group, self.subject.slo.naming.service: self.service}
        base = (
            (naming.EVENTS_INCREASE, self._runs(phases, [phase.events for phase in phases])),
            (naming.ERRORS_INCREASE, self._runs(phases, [phase.errors for phase in phases])),
        )
        still = [attrs.evolve(phase, events=ZERO, errors=ZERO) for phase in phases]
        return (
            *(series for metric, runs in base for series in self._base(metric, runs, labels)),
            self._age(labels),
            *(self.still.inputs(still, group) if self.still else ()),
        )

    def _base(self, metric: str, runs: list[Samples], labels: Labels) -> Iterator[Input]:
        """Yield a base series, in parts that bear the hour if wanted, and its hours if wanted."""
        if self.told_apart:
            for hour, own in told_apart(runs, self.step):
                labelled = {naming.HOUR_LABEL: hour, **labels}
                yield Input(series=self.subject.recorded(metric, labelled), values=gauge(own))
        else:
            yield Input(series=self.subject.recorded(metric, labels), values=gauge(runs))
        if self.hours and (found := sums(runs, self.step)):
            series = self.subject.recorded(SUM_OF_HOUR[metric], labels)
            yield Input(series=series, values=gauge(found))

    def _age(self, labels: Labels) -> Input:
        """Return the series that says since when a group exists, recorded once."""
        series = self.subject.recorded(naming.EVENTS_HOUR, labels)
        return Input(series=series, values=gauge([Samples(1, self.born)]))

    def _runs(self, phases: Sequence[Phase], values: list[Decimal | None]) -> list[Samples]:
        """Return how much there is in each step; the last value has a sample at its end, too."""
        runs = [
            Samples(phase.samples(self.step), in_step(value, self.step))
            for phase, value in zip(phases, values, strict=True)
        ]
        return [*runs[:-1], attrs.evolve(runs[-1], count=runs[-1].count + 1)]


Feed = RecordedFeed | RawFeed


def fed(feed: Feed, burning: Sequence[Phase], others: Sequence[Phase]) -> tuple[Input, ...]:
    """Return the series of all groups: the first one goes through phases of its own."""
    first, *rest = feed.subject.groups
    return (
        *feed.inputs(burning, first),
        *(series for group in rest for series in feed.inputs(others, group)),
    )


def _errors(subject: Subject, ratio: Decimal) -> tuple[Decimal, Decimal]:
    """Return events per second and how many of them are bad, so many that both are whole.

    Where time is what counts, each second is one, and the ratio says how bad it is.
    """
    if not subject.slo.definition.sli.counts_events:
        return Decimal(1), ratio
    exponent = ratio.normalize().as_tuple().exponent
    traffic = Decimal(10) ** max(2, -int(exponent))
    return traffic, traffic * ratio
