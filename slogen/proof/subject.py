"""An SLO as its proof speaks of it: its series, its groups, its alerts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import TYPE_CHECKING

import attrs

from slogen import naming
from slogen.plan import Observation, ResolvedSLO
from slogen.promql.printer import text
from slogen.promql.selector import Matcher, braced
from slogen.proof.scenario import Check, Sample
from slogen.recorded.alerts import firing
from slogen.rules import AlertingRule, RecordingRule, SLORules
from slogen.templates import literal
from slogen.units import number, percentage, quotient

if TYPE_CHECKING:
    from slogen.plan import ResolvedAlert, ResolvedTier
    from slogen.units import Duration

Labels = Mapping[str, str]

_NONE: Labels = MappingProxyType({})
_PRECISION = "0.00001"


def selector(metric: str, labels: Labels) -> str:
    """Return a metric and labels as PromQL writes them.

    >>> selector("up", {"job": "shop"})
    'up{job="shop"}'
    """
    return metric + braced(tuple(Matcher(label, "=", value) for label, value in labels.items()))


@attrs.frozen(kw_only=True)
class Firing:
    """An alert that fires.

    Attributes:
        expr: PromQL that gives one sample for each firing alert of a rule.
        selector: The selector within it.
        samples: What the expression gives while the alert fires for some groups alone.
    """

    expr: str
    selector: str
    samples: tuple[Sample, ...]

    def fires(self, remark: str, at: Duration) -> Check:
        """Return the check that it fires."""
        return Check(remark=remark, expr=self.expr, at=at, samples=self.samples)

    def is_quiet(self, remark: str, at: Duration) -> Check:
        """Return the check that it does not."""
        return Check(remark=remark, expr=self.expr, at=at)


@attrs.frozen(kw_only=True)
class Subject:
    """An SLO and its rules.

    Attributes:
        slo: With every choice made.
        rules: As they were compiled.
        groups: The labels of a group that burns, and of one that is sound where ``group_by`` makes
            several.
    """

    slo: ResolvedSLO
    rules: SLORules
    groups: tuple[Labels, ...]

    def bad(self, ratio: Decimal) -> str:
        """Return how much is bad, in words."""
        if self.slo.definition.sli.counts_events:
            return f"{percentage(ratio)} of all events are bad"
        return f"{percentage(ratio)} of the time is bad"

    @property
    def observation(self) -> Observation:
        """How soon errors are observed: samples bear the times that they speak of."""
        timing = attrs.evolve(self.slo.timing, query_offset=None)
        return Observation.of(attrs.evolve(self.slo, timing=timing))

    def ask(self, metric: str, labels: Labels = _NONE) -> str:
        """Return a selector of recorded series of the SLO."""
        return selector(metric, {self.slo.naming.id: self.slo.definition.id, **labels})

    def all_hours(self, expr: str) -> str:
        """Return PromQL for the sum of base series of all hours, each of which has a label."""
        return f"sum without ({naming.HOUR_LABEL}) ({expr})"

    def ask_all(self, prefixes: Iterable[str]) -> str:
        """Return a selector of all series of the SLO whose names begin so."""
        names = Matcher("__name__", "=~", f"({'|'.join(prefixes)}).*")
        return braced((names, Matcher(self.slo.naming.id, "=", self.slo.definition.id)))

    def recorded(self, metric: str, labels: Labels) -> str:
        """Return a recorded series with all of its labels."""
        return selector(metric, {**self.slo.identity, **labels})

    def answer(self, metric: str, value: Decimal, labels: Labels) -> Sample:
        """Return a sample of a recorded series; of what is computed from it without a metric."""
        return Sample(labels=self.recorded(metric, labels), value=value)

    def ratio_over(self, window: Duration, bad: Fraction, samples: int, step: Duration) -> Fraction:
        """Return the error ratio of a window, so many of whose samples are bad.

        Where time is what counts, what was not seen of a window counts as good.

        Args:
            window: The window.
            bad: How many samples are bad, in parts too.
            samples: How many there are.
            step: The time between two of them.
        """
        whole = Fraction(samples)
        if not self.slo.definition.sli.counts_events:
            whole = max(whole, Fraction(window.milliseconds, step.milliseconds))
        return bad / whole

    def about(self, metric: str, value: Fraction, at: Duration, remark: str) -> Check:
        """Return a check that passes over the last digits, in which versions differ."""
        expected = number(quotient(Decimal(value.numerator), Decimal(value.denominator)))
        series, group = self.ask(metric, self.groups[0]), self.groups[0]
        return Check(
            remark=f"{remark}: {expected}",
            expr=f"abs({series} / {expected} - 1) < bool {_PRECISION}",
            at=at,
            samples=(self.answer("", Decimal(1), group),),
        )

    def firing(self, alert: ResolvedAlert, *groups: Labels, own: Labels = _NONE) -> Firing:
        """Return how an alert is asked for, and what the answer is while it fires for groups.

        Labels that are templates are not asked for: what they give depends on more than the SLO.

        Args:
            alert: The alert.
            groups: The groups that it fires for.
            own: Labels that tell its rule from others with the same name.
        """
        labels = {**self.rule(alert, own).labels, **self._known(alert)}
        templates = [name for name in alert.labels if "{{" in alert.labels[name]]
        written = {name: text for name, text in labels.items() if name not in templates}
        kept = {name: text for name, text in alert.labels.items() if name not in templates}
        asked = {naming.ALERT_LABEL: alert.name, naming.ALERT_STATE_LABEL: naming.FIRING}
        shown = {**asked, **written}
        ours = {self.slo.naming.id: self.slo.definition.id, **own, **kept, **self._apart(alert)}
        chosen = selector(naming.ALERT_SERIES, {**asked, **ours})
        expr = f"max without ({', '.join(templates)}) ({chosen})" if templates else chosen
        metric = "" if templates else naming.ALERT_SERIES
        samples = (
            Sample(labels=selector(metric, {**shown, **group}), value=Decimal(1))
            for group in groups
        )
        return Firing(expr=expr, selector=chosen, samples=tuple(samples))

    @property
    def budget_alerts(self) -> tuple[ResolvedAlert, ...]:
        """The alerts about what is left of the budget."""
        return tuple(alert for alert in (self.slo.exhausted, self.slo.low) if alert)

    def burning(self, tier: ResolvedTier, group: Labels) -> Firing:
        """Return how a tier's alert is asked for."""
        return self.firing(tier.alert, group, own=self.own_labels(tier))

    def any_alert(self) -> str:
        """Return a selector of all firing alerts of the SLO, but for those about data that ends."""
        stale = self.slo.stale.name if self.slo.stale else ""
        own = Matcher(self.slo.naming.id, "=", self.slo.definition.id)
        return text(firing(own, Matcher(naming.ALERT_LABEL, "!=", stale)))

    def recording(self, metric: str) -> Iterator[RecordingRule]:
        """Yield the rules that record a metric."""
        rules = (rule for group in self.rules.groups for rule in group.rules)
        return (r for r in rules if isinstance(r, RecordingRule) and r.record == metric)

    def _known(self, alert: ResolvedAlert) -> Labels:
        """Return labels of all alerts as they come out; in the rules they may be escaped."""
        owner = (
            {self.slo.naming.owner: self.slo.definition.owner} if self.slo.definition.owner else {}
        )
        return {**self.slo.identity, naming.SEVERITY_LABEL: alert.severity, **owner}

    def rule(self, alert: ResolvedAlert, own: Labels = _NONE) -> AlertingRule:
        """Return the rule of an alert.

        Args:
            alert: The alert.
            own: Labels that tell its rule from others with the same name.
        """
        wanted, foreign = {**own, **alert.labels}.items(), self._foreign(alert)
        rules = (rule for group in self.rules.groups for rule in group.rules)
        return next(
            rule
            for rule in rules
            if isinstance(rule, AlertingRule)
            and rule.alert == alert.name
            and wanted <= rule.labels.items()
            and rule.labels.get(naming.SEVERITY_LABEL) == literal(alert.severity)
            and not foreign & rule.labels.keys()
        )

    def _apart(self, alert: ResolvedAlert) -> Labels:
        """Return what tells an alert from its namesakes: its severity, and no label of theirs."""
        severities = {other.severity for other in self._namesakes(alert)}
        severity = {naming.SEVERITY_LABEL: alert.severity} if len(severities) > 1 else {}
        return {**dict.fromkeys(sorted(self._foreign(alert)), ""), **severity}

    def _foreign(self, alert: ResolvedAlert) -> set[str]:
        """Return the names of labels that others with an alert's name have, and it has not."""
        named = {name for other in self._namesakes(alert) for name in other.labels}
        return named - alert.labels.keys()

    def _namesakes(self, alert: ResolvedAlert) -> list[ResolvedAlert]:
        return [other for other in self.slo.alerts if other.name == alert.name]

    def own_labels(self, tier: ResolvedTier) -> Labels:
        """Return the labels that tell a tier's rule from others with the same name."""
        return {
            self.slo.naming.window: str(tier.long),
            self.slo.naming.burn_rate: number(tier.threshold),
        }
