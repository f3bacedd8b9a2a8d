"""Tiers: each fires when the arithmetic says, and just above its burn rate, but never below it."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from typing import TYPE_CHECKING

import attrs

from slogen.plan import Observation, ResolvedTier, time_to_fire, time_to_resolve
from slogen.plan.hours import HOUR
from slogen.plan.levels import error_levels, error_limit
from slogen.proof.feeds import Feed, RawFeed, RecordedFeed, fed
from slogen.proof.few import few
from slogen.proof.paces import between, just_before, pace_for, rounded_up, total
from slogen.proof.phases import Phase
from slogen.proof.scenario import Check, Detection, Input, Scenario
from slogen.proof.subject import Subject
from slogen.units import Duration, clock, number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from slogen.plan import TimeRange
    from slogen.plan.levels import ErrorLevel
    from slogen.proof.subject import Firing

_ABOVE, _BELOW = Decimal("1.05"), Decimal("0.95")
_EVALUATIONS_BELOW = 20
_FEWEST = 3
"""A short window holds so many evaluations at least, where they are not those of the real rules."""
_ONE = Decimal(1)


def burning(
    subject: Subject, feed: Feed, tiers: Iterable[ResolvedTier]
) -> Iterator[tuple[Duration, Scenario]]:
    """Yield scenarios about tiers of an SLO, each with the pace of its evaluation."""
    for tier in tiers:
        scene = _Scene.of(subject, tier, feed)
        outage = _Scene.of_states(subject, tier, feed) or scene
        for level in error_levels(subject.slo, tier):
            chosen = outage if level.is_total else scene
            yield chosen.pace, chosen.firing(level)
        yield scene.pace, scene.just_below()
        yield scene.pace, scene.just_above()
        if tier.min_bad_events and not tier.is_slow:
            yield subject.slo.timing.fast_interval, few(subject, tier, feed)


@attrs.frozen(kw_only=True)
class _Scene:
    """A tier, and how its errors are fed and observed.

    Attributes:
        subject: The SLO.
        tier: The tier.
        feed: What feeds its errors.
        pace: The time between two evaluations.
    """

    subject: Subject
    tier: ResolvedTier
    feed: Feed
    pace: Duration

    @classmethod
    def of(cls, subject: Subject, tier: ResolvedTier, feed: Feed) -> _Scene:
        """Return a scene with raw series, or with base series where evaluations are seldom."""
        if tier.is_slow:
            hourly = RecordedFeed.beside(feed, HOUR, hours=True)
            return cls(subject=subject, tier=tier, feed=hourly, pace=HOUR)
        pace = _pace(subject, tier)
        if isinstance(feed, RawFeed) and feed.shows(pace):
            return cls(subject=subject, tier=tier, feed=feed, pace=pace)
        recorded = RecordedFeed.beside(feed, pace)
        return cls(subject=subject, tier=tier, feed=recorded, pace=pace)

    @classmethod
    def of_states(cls, subject: Subject, tier: ResolvedTier, feed: Feed) -> _Scene | None:
        """Return a scene with raw series that are good or bad, where they are nothing between."""
        pace = _pace(subject, tier)
        if tier.is_slow or not isinstance(feed, RawFeed) or feed.raw.is_graded:
            return None
        return (
            cls(subject=subject, tier=tier, feed=feed, pace=pace) if feed.is_exact(pace) else None
        )

    @property
    def title(self) -> str:
        tier = self.tier
        return f"{tier.alert.name} {number(tier.threshold)}x over {tier.long} and {tier.short}"

    @property
    def limit(self) -> Decimal:
        """The error ratio at the threshold."""
        return error_limit(self.subject.slo, self.tier)

    @property
    def observation(self) -> Observation:
        return self.feed.observation(self.pace)

    @property
    def alert(self) -> Firing:
        return self.subject.burning(self.tier, self.subject.groups[0])

    def firing(self, level: ErrorLevel) -> Scenario:
        """Let errors begin after a window without any, and end once the alert fires."""
        ratio, ends = level.ratio, ", and resolves" if level.is_total else ""
        detection = self._detection(level)
        began, ended, until = detection.began, detection.ended, detection.until
        return Scenario(
            name=f"{self.title} fires at {level.name}{ends}",
            remarks=(
                f"from {clock(began)} to {clock(ended)} {self._words(ratio)}",
                *self.feed.remarks,
            ),
            step=self.feed.step,
            inputs=self._inputs(ratio, began, ended, until),
            checks=tuple(self._checks(detection)),
            detection=detection,
        )

    def _detection(self, level: ErrorLevel) -> Detection:
        """Return when errors begin, when the alert fires, and for a total outage when it is over.

        After smaller ones it is over sooner: for an outage it is shown once.
        """
        slo, tier, observation = self.subject.slo, self.tier, self.observation
        fires = time_to_fire(slo, tier, level.ratio, observation=observation)
        assert fires is not None  # noqa: S101 (the ratio is above the limit)
        began = rounded_up(max(tier.long, self._old_enough), self._unit)
        seen = rounded_up(total(fires.latest, self._moved), self._unit)
        until = ended = total(began, seen, self._unit)
        resolves = None
        if level.is_total:
            resolves = time_to_resolve(slo, tier, level.ratio, observation=observation)
            until = total(ended, rounded_up(total(resolves.latest, self._moved), self._unit))
        return Detection(
            tier=tier,
            pace=self.pace,
            ratio=level.ratio,
            began=began,
            ended=ended,
            fires=fires,
            resolves=resolves,
            first=f"min_over_time({self._instants(until)})",
            last=f"max_over_time({self._instants(until)})",
            until=until,
            moved=self._moved,
        )

    @property
    def _moved(self) -> Duration:
        """How much later groups are evaluated than the times that promtool is asked about."""
        return self.subject.slo.timing.query_offset or Duration.zero()

    @property
    def _old_enough(self) -> Duration:
        """When the recorded age no longer makes the alert wait, from the first sample on."""
        timing = self.subject.slo.timing
        seen = total(timing.fast_interval, timing.counter_offset, timing.fast_interval)
        return total(self.tier.warm_up, seen, timing.slow_interval)

    @property
    def _unit(self) -> Duration:
        """The time that both evaluations and samples are whole multiples of."""
        return max(self.pace, self.feed.step)

    def _checks(self, detection: Detection) -> Iterator[Check]:
        began, ended, fires = detection.began, detection.ended, detection.fires
        yield self.alert.is_quiet(
            f"not before {clock(fires.earliest)} of errors",
            just_before(total(began, fires.earliest), self.pace),
        )
        yield self.alert.fires(
            f"after {clock(fires.latest)} at the latest", between(self._unit, ended)
        )
        if detection.resolves:
            yield from self._over(ended, detection.resolves, detection.until)

    def _over(self, ended: Duration, resolves: TimeRange, until: Duration) -> Iterator[Check]:
        """Yield the checks of an alert that is over once errors have ended, and not before."""
        yield self.alert.fires(
            f"it stays until {clock(resolves.earliest)} after the last error",
            just_before(total(ended, resolves.earliest), self.pace),
        )
        yield self.alert.is_quiet(
            f"it is over {clock(resolves.latest)} after the last error", until
        )

    def _instants(self, until: Duration) -> str:
        """Return PromQL for the times, until one, at which the alert fired."""
        return f"timestamp({self.alert.selector})[{clock(until)}:{self.pace}]"

    def just_below(self) -> Scenario:
        """Let there be errors all the time, a few too few."""
        ratio = _rounded(self.limit * _BELOW, ROUND_FLOOR)
        seen = total(self.tier.warm_up, self.tier.short)
        until = max(rounded_up(seen, self._unit), _EVALUATIONS_BELOW * self._unit)
        return Scenario(
            name=f"{self.title} stays quiet just below its burn rate",
            remarks=(f"all the time {self._words(ratio)}", *self.feed.remarks),
            step=self.feed.step,
            inputs=self._inputs(ratio, Duration.zero(), until, until),
            checks=(
                Check(
                    remark="it never fires",
                    expr=f"count_over_time({self.alert.selector}[{clock(until)}])",
                    at=until,
                ),
            ),
        )

    def just_above(self) -> Scenario:
        """Let there be errors from the first minute, a few too many."""
        warm_up = self.tier.warm_up
        ratio = min(_rounded(self.limit * _ABOVE, ROUND_CEILING), _ONE)
        fires = time_to_fire(
            self.subject.slo, self.tier, ratio, age=Duration.zero(), observation=self.observation
        )
        assert fires is not None  # noqa: S101 (the ratio is above the limit)
        until = rounded_up(total(fires.latest, self._moved), self._unit)
        earliest, alert = fires.earliest, self.alert
        if (
            isinstance(self.feed, RawFeed)
            or self.subject.slo.definition.sli.counts_events
            or (self._moved and self.subject.slo.counts_missing)
        ):
            # Nothing was counted before the scenario, so that nothing outweighs the errors; or
            # groups that are moved found no data then, which is bad.
            earliest = min(earliest, between(self.pace, warm_up))
        return Scenario(
            name=f"{self.title} waits for {clock(warm_up)} and fires just above its burn rate",
            remarks=(f"from the first minute {self._words(ratio)}",),
            step=self.feed.step,
            inputs=self._inputs(ratio, Duration.zero(), until, until),
            checks=(
                alert.is_quiet(
                    f"not before {clock(earliest)} have passed",
                    just_before(earliest, self.pace),
                ),
                alert.fires(f"after {clock(fires.latest)} at the latest", until),
            ),
        )

    def _inputs(
        self, ratio: Decimal, began: Duration, ended: Duration, until: Duration
    ) -> tuple[Input, ...]:
        """Return a group with errors for a while, and one without any."""
        events, errors = self.feed.errors(ratio)
        phases = (
            Phase(began, events),
            Phase(between(began, ended), events, errors),
            Phase(between(ended, until), events),
        )
        lasting = [phase for phase in phases if phase.length]
        return fed(self.feed, lasting, [Phase(until, events)])

    def _words(self, ratio: Decimal) -> str:
        burn_rate = number(_rounded(ratio / self.subject.slo.budget, ROUND_FLOOR))
        return f"{self.subject.bad(ratio)}, {burn_rate}x"


def _pace(subject: Subject, tier: ResolvedTier) -> Duration:
    """Return how often a tier up to 6h is evaluated: as often as it really is, or far less."""
    real = subject.slo.timing.fast_interval
    pace = pace_for(tier.short, real)
    return real if pace == real else pace_for(tier.short, real, _FEWEST)


def _rounded(value: Decimal, rounding: str) -> Decimal:
    """Return a number of three digits, which a person can read."""
    return Context(prec=3, rounding=rounding).plus(value)
