"""Tiers: each fires just above its burn rate when the arithmetic says, and never below it."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from typing import TYPE_CHECKING

import attrs

from slogen.plan import Observation, ResolvedTier, time_to_fire, time_to_resolve
from slogen.proof.feeds import ZERO, Feed, Phase, RecordedFeed, fed
from slogen.proof.notation import clock
from slogen.proof.paces import between, held, just_before, pace_for, rounded_up, total
from slogen.proof.scenario import Check, Detection, Input, Scenario
from slogen.proof.subject import Subject
from slogen.units import Duration, number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from slogen.proof.subject import Firing

_ABOVE, _BELOW, _FAR_ABOVE = Decimal("1.05"), Decimal("0.95"), Decimal(2)
_EVALUATIONS_BELOW = 20


def burning(
    subject: Subject, feed: Feed, tiers: Iterable[ResolvedTier]
) -> Iterator[tuple[Duration, Scenario]]:
    """Yield scenarios about tiers of an SLO, each with the pace of its evaluation."""
    for tier in tiers:
        scene = _Scene.of(subject, tier, feed)
        yield scene.pace, scene.just_above()
        yield scene.pace, scene.just_below()
        if tier.warm_up:
            yield scene.pace, scene.young(tier.warm_up)
        if tier.min_bad_events and not tier.is_slow:
            yield subject.slo.timing.fast_interval, scene.few(tier.min_bad_events)


@attrs.frozen(kw_only=True)
class _Scene:
    """A tier, and how its errors are fed and observed."""

    subject: Subject
    tier: ResolvedTier
    feed: Feed
    pace: Duration

    @classmethod
    def of(cls, subject: Subject, tier: ResolvedTier, feed: Feed) -> _Scene:
        """Return the scene of a tier: base series where tiles are read, else what the SLI reads."""
        timing = subject.slo.timing
        if tier.is_slow:
            feed, interval = RecordedFeed(subject, timing.slow_interval), timing.slow_interval
        else:
            interval = max(timing.fast_interval, feed.step)
        pace = pace_for(tier.short, interval)
        return cls(subject=subject, tier=tier, feed=feed, pace=pace)

    @property
    def title(self) -> str:
        tier = self.tier
        return f"{tier.alert.name} {number(tier.threshold)}x over {tier.long} and {tier.short}"

    @property
    def limit(self) -> Decimal:
        """The error ratio at the threshold."""
        return self.tier.threshold * self.subject.slo.budget

    @property
    def observation(self) -> Observation:
        return self.feed.observation.evaluated_every(self.pace)

    @property
    def alert(self) -> Firing:
        return self.subject.burning(self.tier, self.subject.groups[0])

    def just_above(self) -> Scenario:
        """Let errors begin after a window without any, and end once the alert fires."""
        ratio = min(_rounded(self.limit * _ABOVE, ROUND_CEILING), Decimal(1))
        fires = time_to_fire(self.subject.slo, self.tier, ratio, observation=self.observation)
        assert fires is not None  # noqa: S101 (the ratio is above the limit)
        resolves = time_to_resolve(self.subject.slo, self.tier, ratio, observation=self.observation)
        began = rounded_up(self.tier.long, self.pace)
        fired = total(began, rounded_up(fires.latest, self.pace))
        ended = total(fired, self.pace)
        # promtool is asked about a time that moved groups evaluate only afterwards.
        moved = self.subject.slo.timing.query_offset or Duration.zero()
        until = total(ended, rounded_up(total(resolves.latest, moved), self.pace))
        alert = self.alert
        return Scenario(
            name=f"{self.title} fires just above its burn rate, and resolves",
            remarks=(f"from {clock(began)} to {clock(ended)} {self._words(ratio)}",),
            step=self.feed.step,
            inputs=self._inputs(ratio, began, ended, until),
            checks=(
                alert.is_quiet(
                    f"not before {clock(fires.earliest)} of errors",
                    just_before(total(began, fires.earliest), self.pace),
                ),
                alert.fires(f"after {clock(fires.latest)} at the latest", fired),
                alert.fires(
                    f"it stays until {clock(resolves.earliest)} after the last error",
                    just_before(total(ended, resolves.earliest), self.pace),
                ),
                alert.is_quiet(f"it is over {clock(resolves.latest)} after the last error", until),
            ),
            detection=Detection(
                tier=self.tier,
                ratio=ratio,
                began=began,
                ended=ended,
                fires=fires,
                resolves=resolves,
                first=f"min_over_time({self._instants(until)})",
                last=f"max_over_time({self._instants(until)})",
                until=until,
            ),
        )

    def _instants(self, until: Duration) -> str:
        """Return PromQL for the times, until one, at which the alert fired."""
        return f"timestamp({self.alert.selector})[{clock(until)}:{self.pace}]"

    def just_below(self) -> Scenario:
        """Let there be errors all the time, a few too few."""
        ratio = _rounded(self.limit * _BELOW, ROUND_FLOOR)
        seen = total(self.tier.warm_up, self.tier.short) if self.tier.warm_up else self.tier.short
        until = max(rounded_up(seen, self.pace), _EVALUATIONS_BELOW * self.pace)
        return Scenario(
            name=f"{self.title} stays quiet just below its burn rate",
            remarks=(f"all the time {self._words(ratio)}",),
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

    def young(self, warm_up: Duration) -> Scenario:
        """Let an SLO be born burning."""
        ratio = min(_rounded(self.limit * _FAR_ABOVE, ROUND_CEILING), Decimal(1))
        fires = time_to_fire(
            self.subject.slo, self.tier, ratio, age=Duration.zero(), observation=self.observation
        )
        assert fires is not None  # noqa: S101 (the ratio is above the limit)
        until = rounded_up(fires.latest, self.pace)
        alert = self.alert
        return Scenario(
            name=f"{self.title} waits until the SLO has existed for {clock(warm_up)}",
            remarks=(f"from the first minute {self._words(ratio)}",),
            step=self.feed.step,
            inputs=self._inputs(ratio, Duration.zero(), until, until),
            checks=(
                alert.is_quiet(
                    f"not before {clock(fires.earliest)} have passed",
                    just_before(fires.earliest, self.pace),
                ),
                alert.fires(f"after {clock(fires.latest)} at the latest", until),
            ),
        )

    def few(self, least: int) -> Scenario:
        """Let all events be bad, but at first one too few."""
        timing, step = self.subject.slo.timing, self.feed.step
        # Long enough for what is late to be seen.
        unit = max(timing.fast_interval, step)
        length = rounded_up(total(5 * unit, timing.lag), unit)
        delay = held(self.tier.alert, unit)
        # An increase within one step, so that a sum over time sees each event once.
        few, many = Decimal(least - 1) / step.seconds, Decimal(2 * least) / step.seconds
        phases = (
            Phase(length, ZERO, ZERO),
            Phase(step, few, few),
            Phase(between(step, length), ZERO, ZERO),
            Phase(total(length, delay), many, many),
        )
        alert, more = self.alert, 2 * length
        return Scenario(
            name=f"{self.title} needs {least} bad events",
            remarks=(f"{least - 1} events, all bad; then {2 * least} with each sample",),
            step=step,
            inputs=self.feed.inputs(phases, self.subject.groups[0]),
            checks=(
                alert.is_quiet(f"quiet after {least - 1}", just_before(more, unit)),
                alert.fires("it fires", total(more, length, delay)),
            ),
        )

    def _inputs(
        self, ratio: Decimal, began: Duration, ended: Duration, until: Duration
    ) -> tuple[Input, ...]:
        """Return a group with errors for a while, one without any, and the SLO's heartbeat."""
        events, errors = self.feed.errors(ratio)
        phases = (
            Phase(began, events),
            Phase(between(began, ended), events, errors),
            Phase(between(ended, until), events),
        )
        lasting = [phase for phase in phases if phase.length]
        return (*fed(self.feed, lasting, [Phase(until, events)]), *self._heartbeat(until))

    def _heartbeat(self, until: Duration) -> tuple[Input, ...]:
        """Return the series that tells the SLO's age: it is not evaluated as often as it should."""
        if not self.tier.warm_up or self.pace == self.feed.step:
            return ()
        return (self.subject.heartbeat(until, self.feed.step),)

    def _words(self, ratio: Decimal) -> str:
        burn_rate = number(_rounded(ratio / self.subject.slo.budget, ROUND_FLOOR))
        return f"{self.subject.bad(ratio)}, {burn_rate}x"


def _rounded(value: Decimal, rounding: str) -> Decimal:
    """Return a number of three digits, which a person can read."""
    return Context(prec=3, rounding=rounding).plus(value)
