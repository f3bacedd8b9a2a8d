"""What one SLO means: what is promised, how soon who hears of what, and what nobody will hear."""

from __future__ import annotations

from decimal import Decimal

import attrs

from slogen.plan import ResolvedAlert, ResolvedSLO, ResolvedTier, TimeRange
from slogen.plan.levels import ErrorLevel
from slogen.plan.traffic import Traffic
from slogen.units import Duration


@attrs.frozen(kw_only=True)
class DetectionExplanation:
    """How soon a tier's alert fires at an error ratio that is constant from some moment on.

    Attributes:
        level: The error ratio, and its name.
        fires: How long after errors begin the alert fires; there were none until then.
        budget_spent: Which part of the whole error budget is spent by then, at the latest.
    """

    level: ErrorLevel
    fires: TimeRange
    budget_spent: Decimal


@attrs.frozen(kw_only=True)
class TierExplanation:
    """A burn-rate alert in numbers.

    Attributes:
        tier: The tier, with every choice made.
        error_ratio: The error ratio that both of its windows have to exceed.
        spends: Which part of the whole error budget an error ratio at the threshold spends in the
            long window.
        detections: How soon it fires at a total outage, at ten times and at twice its threshold;
            without what would be an error ratio above 1.
        resolves: How long the alert goes on firing once a total outage has ended; after anything
            smaller it is over sooner.
        one_error_below: Below how many events an hour a single bad event exceeds the threshold;
            None where time is counted.
        silent_up_to: Up to how many events an hour a total outage does not make it fire; None
            where time is counted.
        at_traffic: How long a total outage at the traffic that is given lasts before it fires;
            None where that depends on luck, and where no traffic is given.
    """

    tier: ResolvedTier
    error_ratio: Decimal
    spends: Decimal
    detections: tuple[DetectionExplanation, ...]
    resolves: TimeRange
    one_error_below: Traffic | None = None
    silent_up_to: Traffic | None = None
    at_traffic: TimeRange | None = None


@attrs.frozen(kw_only=True)
class AlertExplanation:
    """An alert besides tiers.

    Attributes:
        kind: The argument of the policy that switches it, such as ``exhausted``.
        condition: When it fires, in words, without its delay.
        alert: The alert, with every choice made.
    """

    kind: str
    condition: str
    alert: ResolvedAlert


@attrs.frozen(kw_only=True)
class GroupExplanation:
    """A rule group, and what it has to do with others.

    Attributes:
        name: Its name.
        interval: How often it is evaluated.
        rules: How many rules it has.
        reads: The names of the metrics that it reads and does not record itself.
        records: The names of the series that it records.
        alerts: The names of its alerts.
    """

    name: str
    interval: Duration
    rules: int
    reads: tuple[str, ...]
    records: tuple[str, ...]
    alerts: tuple[str, ...]


@attrs.frozen(kw_only=True)
class TrafficExplanation:
    """What an error budget is worth at the traffic that is given.

    Attributes:
        events_a_day: The traffic.
        events: Events in the SLO's window.
        bad_events: How many of them may be bad.
    """

    events_a_day: int
    events: int
    bad_events: int


@attrs.frozen(kw_only=True)
class Explanation:
    """What an SLO means.

    Attributes:
        slo: The SLO, with every choice made.
        good: What counts as good, in words.
        bad: What counts as bad, in words.
        budget_time: How long a total outage lasts that spends the whole error budget.
        traffic: What the error budget is in events; None if no traffic is given or time is counted.
        tiers: Its burn-rate alerts.
        alerts: Its other alerts.
        groups: The rule groups that it becomes.
        limits: What it will not see, a sentence each.
    """

    slo: ResolvedSLO
    good: str
    bad: str
    budget_time: Duration
    traffic: TrafficExplanation | None
    tiers: tuple[TierExplanation, ...]
    alerts: tuple[AlertExplanation, ...]
    groups: tuple[GroupExplanation, ...]
    limits: tuple[str, ...]

    def text(self) -> str:
        """Return it as text for a terminal, with a chart, in at most 100 columns."""
        from slogen.review.explanation.as_text import as_text  # noqa: PLC0415 (it knows this class)

        return as_text(self)

    def markdown(self) -> str:
        """Return it as Markdown for a comment or a page, with the rules folded."""
        from slogen.review.explanation.as_markdown import as_markdown  # noqa: PLC0415 (likewise)

        return as_markdown(self)

    def json(self) -> str:
        """Return it as JSON: a document with this SLO alone, see docs/reference/explain.md."""
        from slogen.review.explanation.as_json import as_json  # noqa: PLC0415 (likewise)

        return as_json([self])

    def svg(self) -> str:
        """Return a picture: time to fire, and budget spent by then, over the error ratio."""
        from slogen.review.explanation.detection_chart import as_svg  # noqa: PLC0415 (likewise)

        return as_svg(self)
