"""What alerts say while they fire for two groups: the queries of their texts ask the right one."""

from __future__ import annotations

import contextlib
from decimal import ROUND_CEILING, Context, Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

import attrs

from slogen import naming
from slogen.plan.hours import HOUR
from slogen.plan.levels import error_limit
from slogen.plan.timing import LOOK_BACK
from slogen.promql.evaluation import IsClose
from slogen.proof.feeds import RecordedFeed
from slogen.proof.paces import between, held, rounded_up, total
from slogen.proof.phases import Phase
from slogen.proof.rendering import CannotRender, Rendering
from slogen.proof.scenario import AlertText, Input, Scenario, TextCheck
from slogen.rules import AlertingRule, RecordingRule
from slogen.units import Duration, clock

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from slogen.plan import ResolvedAlert
    from slogen.promql.evaluation import Known
    from slogen.proof.feeds import Feed
    from slogen.proof.subject import Labels, Subject

_ABOVE = tuple(Decimal(text) for text in ("1.05", "1.06", "1.07", "1.08", "1.09"))
"""How far above all thresholds the first group is; the next one if rounding is in doubt."""
_BETWEEN = Decimal("1.2")
"""How much worse the second group is."""
_ONE = Decimal(1)
_SHORT = Context(prec=3, rounding=ROUND_CEILING)
_BUSY = Decimal(1000)
"""So many times the usual traffic, so that the first sample has enough bad events."""
_MARGIN = Duration("1h")
"""How much older than its tiers wait for a young SLO is."""
_AT_ONCE = Duration.zero()
_OLDER = 2
"""How many times its window an old SLO has existed."""
_NONE = "Texts of alerts are not compared: {}."
_TOO_SELDOM = "with a slow_interval of {} promtool no longer sees what was recorded last"
_DOUBTFUL = "at each error ratio that was tried, a float could be rounded either way"


@attrs.frozen
class Texts:
    """What a proof shows of the texts of alerts.

    Attributes:
        scenarios: In which alerts fire, and what they have to say.
        remarks: Which texts are not compared, and why: a sentence for each reason.
    """

    scenarios: tuple[Scenario, ...] = ()
    remarks: tuple[str, ...] = ()


def texts(subject: Subject, feed: Feed) -> Texts:
    """Return scenarios in which alerts fire for each group, with another text for each.

    In the first one the SLO is just old enough for all of its tiers, in the second one twice as
    old as its window. The hour in which they happen is the first one, so that the ratio of every
    window is that of the first sample, in each version of Prometheus.

    No remark is about the alerts on data, which are never compared, nor about tiers that cannot be
    shown at all.

    Args:
        subject: The SLO.
        feed: What feeds its other scenarios.
    """
    slo = subject.slo
    recorded = RecordedFeed.beside(feed, slo.timing.fast_interval)
    is_unseen = slo.definition.sli.is_difference and slo.tiers and not recorded.still
    if is_unseen or not any(_alerts(subject)):
        return Texts()
    if slo.timing.slow_interval >= LOOK_BACK:
        return Texts(remarks=(_NONE.format(_TOO_SELDOM.format(slo.timing.slow_interval)),))
    warm_up = max((tier.warm_up for tier in slo.tiers), default=_MARGIN)
    young, old = total(warm_up, _MARGIN), _OLDER * slo.period
    scenes = [_scene(recorded, old, "alerts of an old SLO say what is so of their own group")]
    if slo.tiers and young < slo.period:
        name = "alerts of a young SLO say what is so of their own group"
        scenes.insert(0, _scene(recorded, young, name))
    scenarios = tuple(scene for scene, _ in scenes if scene.texts)
    unknown = {name: why for _, reasons in scenes for name, why in reasons.items()}
    return Texts(scenarios=scenarios, remarks=tuple(_remarks(subject, scenarios, unknown)))


def _remarks(
    subject: Subject, scenarios: tuple[Scenario, ...], unknown: Mapping[str, str]
) -> Iterator[str]:
    """Yield which alerts no scenario compares: one sentence for all that have the same reason."""
    names = dict.fromkeys(alert.name for alert, _ in _alerts(subject))
    compared = {check.alert for scenario in scenarios for check in scenario.texts}
    left_out: dict[str, list[str]] = {}
    for name in names:
        if name in unknown and name not in compared:
            left_out.setdefault(unknown[name], []).append(name)
    for reason, some in left_out.items():
        if len(some) == len(names):
            yield _NONE.format(reason)
        else:
            yield f"Texts of {', '.join(some)} are not compared: {reason}."


def _scene(feed: RecordedFeed, age: Duration, name: str) -> tuple[Scenario, Mapping[str, str]]:
    """Return what happens at an age, and the alerts whose texts are not known, with the reasons."""
    scenes = [_Scene.of(feed, age, above) for above in _ABOVE]
    for scene in scenes:
        with contextlib.suppress(IsClose):
            known, unknown = scene.texts()
            return scene.scenario(name, known), unknown
    alerts = (alert.name for alert, _ in _alerts(feed.subject))
    return scenes[0].scenario(name, {}), dict.fromkeys(alerts, _DOUBTFUL)


@attrs.frozen(kw_only=True)
class _Scene:
    """Groups that burn all the time, each at its own rate.

    Attributes:
        feed: Feeds the base series.
        age: How old the SLO is when the scenario begins.
        ratios: The error ratio of each group.
        at: When the alerts are asked for.
    """

    feed: RecordedFeed
    age: Duration
    ratios: tuple[Decimal, ...]
    at: Duration

    @classmethod
    def of(cls, feed: RecordedFeed, age: Duration, above: Decimal) -> _Scene:
        """Return groups that burn so many times faster than any tier allows."""
        subject, slo, pace = feed.subject, feed.subject.slo, feed.subject.slo.timing.slow_interval
        limits = (slo.budget, *(error_limit(slo, tier) for tier in slo.tiers))
        first = min(_SHORT.multiply(max(limits), above), _ONE)
        second = min(_SHORT.multiply(first, _BETWEEN), _ONE)
        times = (_fires_by(feed, alert) for alert, _ in _alerts(subject))
        at = max((time for time in times if time < HOUR), default=4 * pace)
        return cls(feed=feed, age=age, ratios=(first, second)[: len(subject.groups)], at=at)

    @property
    def subject(self) -> Subject:
        return self.feed.subject

    @property
    def pace(self) -> Duration:
        return self.subject.slo.timing.slow_interval

    def scenario(self, name: str, known: Mapping[str, list[AlertText]]) -> Scenario:
        """Return the scenario that compares these texts, by the name of their alert."""
        remark = "each group with its own numbers" if len(self.ratios) > 1 else "its numbers"
        said = ", ".join(self.subject.bad(ratio) for ratio in self.ratios)
        remarks = [f"the SLO has existed for {clock(self.age)}; of each group {said}"]
        if not self.subject.slo.definition.sli.counts_events:
            remarks.append(
                "a sample counts more seconds than any window has, so that all are alike"
            )
        return Scenario(
            name=name,
            remarks=tuple(remarks),
            step=self.feed.step,
            inputs=tuple(self._inputs()),
            checks=(),
            texts=tuple(
                TextCheck(remark=remark, alert=alert, at=self.at, alerts=tuple(found))
                for alert, found in known.items()
            ),
        )

    def _inputs(self) -> Iterator[Input]:
        feed = attrs.evolve(self.feed, born=-self.age.seconds)
        until = rounded_up(self.at, feed.step)
        for group, ratio in zip(self.subject.groups, self.ratios, strict=True):
            events, errors = feed.errors(ratio)
            yield from feed.inputs([Phase(until, self._busy * events, self._busy * errors)], group)

    @property
    def _busy(self) -> Decimal:
        """How many times the usual traffic there is.

        Where time counts, the first sample has more of it than the longest window is long: else
        what was not seen of a window would count as good.
        """
        slo = self.subject.slo
        return _BUSY if slo.definition.sli.counts_events else slo.windows[-1].seconds

    def texts(self) -> tuple[Mapping[str, list[AlertText]], Mapping[str, str]]:
        """Return what alerts say, by their names, and why others are not known.

        A name stands for all rules that have it: one of them is enough for a reason.

        Raises:
            IsClose: If a text could be printed otherwise.
        """
        known: dict[str, list[AlertText]] = {}
        unknown: dict[str, str] = {}
        for alert, own in _alerts(self.subject):
            rule = self.subject.rule(alert, own)
            try:
                known.setdefault(alert.name, []).extend(self._texts(alert, rule))
            except CannotRender as reason:
                unknown.setdefault(alert.name, str(reason))
        return {n: found for n, found in known.items() if found and n not in unknown}, unknown

    def _texts(self, alert: ResolvedAlert, rule: AlertingRule) -> Iterator[AlertText]:
        if _fires_by(self.feed, alert) > self.at:
            raise CannotRender(f"one waits for {alert.for_}, which is too long for the scenario")
        for group, ratio in zip(self.subject.groups, self.ratios, strict=True):
            moment = _Moment(feed=self.feed, age=self.age, ratio=Fraction(ratio), rule=rule)
            value = moment.value(alert, self.at)
            begun = moment.value(alert, total(self.pace, self.pace))
            if (value is None) is not (begun is None):
                raise CannotRender("one begins to fire while the scenario lasts")
            if value is None:
                continue
            labels = {**self.subject.slo.identity, **group}
            rendering = Rendering(
                value=value,
                labels=labels,
                values=moment.values(alert, self.at),
                now=Fraction(self.at.seconds),
            )
            rendered = _rendered(rendering, rule.labels, alert.labels)
            yield AlertText(
                labels={**group, **{k: v for k, v in rendered.items() if v}},
                annotations=_rendered(rendering, rule.annotations, alert.annotations),
            )


def _rendered(
    rendering: Rendering, templates: Mapping[str, str], own: Mapping[str, str]
) -> dict[str, str]:
    """Return labels or annotations as they come out, of which some are the user's own."""
    return {
        name: rendering.own_text(template) if name in own else rendering.text(template)
        for name, template in templates.items()
    }


@attrs.frozen(kw_only=True)
class _Moment:
    """What a rule sees of a group that burns at a constant rate since the scenario began.

    Rules that come later are seen as they were an evaluation before.

    Attributes:
        feed: Feeds the base series.
        age: How old the SLO is when the scenario begins.
        ratio: The error ratio of the group.
        rule: The rule that asks: an alert's, or that of a recorded series.
    """

    feed: RecordedFeed
    age: Duration
    ratio: Fraction
    rule: AlertingRule | RecordingRule

    @property
    def subject(self) -> Subject:
        return self.feed.subject

    def values(self, alert: ResolvedAlert, at: Duration) -> Mapping[str, Known | None]:
        """Return the series that the texts of an alert ask for."""
        return {
            naming.COVERAGE: self.coverage(at),
            naming.RATIO_PERIOD: self.ratio,
            naming.BUDGET_REMAINING: self.left(at),
            naming.TIME_TO_EXHAUSTION: self.lasts(at),
            naming.ACTIVE_SINCE: Fraction(self.begun(alert).seconds),
        }

    def value(self, alert: ResolvedAlert, at: Duration) -> Fraction | None:
        """Return the value with which an alert fires; None if it does not."""
        slo = self.subject.slo
        if alert == slo.violated:
            return 1 - self.ratio
        if alert not in {slo.exhausted, slo.low}:
            return self.ratio / Fraction(slo.budget)
        limit = Fraction(slo.definition.alerts.low_below) if alert == slo.low else Fraction(0)
        left = self.left(at)
        return left if left < limit else None

    def begun(self, alert: ResolvedAlert) -> Duration:
        """Return when an alert became active: as soon as what it reads was recorded."""
        if alert == self.subject.slo.violated:
            return Duration.zero()
        if alert not in {self.subject.slo.exhausted, self.subject.slo.low}:
            return max(self.delay(naming.COVERAGE), _seen_from(self.feed))
        left = self._recording(naming.BUDGET_REMAINING)
        return total(self.delay(naming.BUDGET_REMAINING), left.delay(naming.COVERAGE))

    def delay(self, metric: str) -> Duration:
        """Return after how long a rule sees what is recorded from the first evaluation on."""
        return Duration.zero() if self._sees(metric) else self._pace

    def coverage(self, at: Duration) -> Known:
        """Return for which part of its window the group has existed; 1 is where rules end it."""
        seen, period = total(self.age, self._seen(naming.COVERAGE, at)), self.subject.slo.period
        return Fraction(seen.seconds) / Fraction(period.seconds) if seen <= period else 1

    def left(self, at: Duration) -> Fraction:
        """Return the part of the budget that is left."""
        recording = self._recording(naming.BUDGET_REMAINING)
        covered = recording.coverage(self._seen(naming.BUDGET_REMAINING, at))
        return 1 - self.ratio * covered / Fraction(self.subject.slo.budget)

    def lasts(self, at: Duration) -> Fraction | None:
        """Return how long the budget lasts: all bad events are of the last hour."""
        recording, slo = self._recording(naming.TIME_TO_EXHAUSTION), self.subject.slo
        seen = self._seen(naming.TIME_TO_EXHAUSTION, at)
        left, covered = recording.left(seen), recording.coverage(seen)
        if left <= 0:
            return Fraction(0)
        shortest = Fraction(slo.exhaustion_windows[0].seconds)
        lasting = left * Fraction(slo.budget) * shortest / covered / self.ratio
        return lasting if lasting <= Fraction(slo.period.seconds) else None

    @property
    def _pace(self) -> Duration:
        return self.subject.slo.timing.slow_interval

    def _recording(self, metric: str) -> _Moment:
        return attrs.evolve(self, rule=next(self.subject.recording(metric)))

    def _sees(self, metric: str) -> bool:
        """Tell whether a series is recorded before the rule is evaluated."""
        rules = [rule for group in self.subject.rules.groups for rule in group.rules]
        return rules.index(next(self.subject.recording(metric))) < rules.index(self.rule)

    def _seen(self, metric: str, at: Duration) -> Duration:
        """Return when a series was recorded that a rule sees."""
        return between(self.delay(metric), at)


def _seen_from(feed: RecordedFeed) -> Duration:
    """Return from when on raw series are seen, where tiers wait for them."""
    timing = feed.subject.slo.timing
    return rounded_up(timing.counter_offset, timing.slow_interval) if feed.still else _AT_ONCE


def _fires_by(feed: RecordedFeed, alert: ResolvedAlert) -> Duration:
    """Return when an alert fires at last whose errors begin with the scenario."""
    pace = feed.subject.slo.timing.slow_interval
    return total(_seen_from(feed), held(alert, pace), 4 * pace)


def _alerts(subject: Subject) -> Iterator[tuple[ResolvedAlert, Labels]]:
    """Yield all alerts about errors, with the labels that tell their rules apart."""
    slo = subject.slo
    for tier in slo.tiers:
        yield tier.alert, subject.own_labels(tier)
    for alert in subject.budget_alerts:
        yield alert, {}
    if slo.violated:
        yield slo.violated, {}
