"""What the rules of an SLO say: its objective, its alerts, what it counts, and how often it runs.

Definitions and files of an earlier build are compared as what their rules say, so that both are
read in the same way, and whatever changes in the rules is seen.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

import attrs

from slogen.model import SLI
from slogen.plan import Observation
from slogen.review.comparison.history import History
from slogen.rules import AlertingRule, RecordingRule
from slogen.units import Duration, number

BURN_RATE = "burn rate"
"""The role of tiers; all other alerts have the name of the policy's argument."""


@attrs.frozen(kw_only=True)
class AlertFacts:
    """An alert, as its rule says it.

    Attributes:
        role: What it is about: ``burn rate``, ``exhausted``, ``low`` and so on; the empty text
            where that is not known.
        name: Its name.
        severity: In the words of ``severities`` in the settings.
        for_: How long its condition has to hold; None for not at all.
        keep_firing_for: How long it stays; None for not at all.
        labels: Those that are neither of the identity nor of the tier.
        annotations: All of them, as templates.
        threshold: The burn rate of a tier.
        long: Its long window.
        short: Its short window.
        limit: Of the alert ``low``, the part of the budget.
        min_bad_events: How many bad events it waits for, if it does.
        warm_up: How long a group must have existed.
        rule: The rule itself.
    """

    role: str
    name: str
    severity: str
    for_: Duration | None
    keep_firing_for: Duration | None
    labels: Mapping[str, str] = attrs.field(hash=False)
    annotations: Mapping[str, str] = attrs.field(hash=False)
    threshold: Decimal | None = None
    long: Duration | None = None
    short: Duration | None = None
    limit: Decimal | None = None
    min_bad_events: Decimal | None = None
    warm_up: Duration | None = None
    rule: AlertingRule = attrs.field(eq=False, repr=False)

    @property
    def is_tier(self) -> bool:
        """Whether it is a burn-rate alert whose threshold and windows are known."""
        return None not in {self.threshold, self.long, self.short}

    @property
    def title(self) -> str:
        """What it is, in brackets behind its name.

        >>> rule = AlertingRule(alert="a", expr="x", labels={}, annotations={})
        >>> AlertFacts(
        ...     role="low", name="a", severity="ticket", for_=None, keep_firing_for=None,
        ...     labels={}, annotations={}, rule=rule,
        ... ).title
        'ticket, low'
        """
        return f"{self.severity}, {self.tier or self.role}".rstrip(", ")

    @property
    def tier(self) -> str:
        """The burn rate and the windows of a tier, such as ``14.4x over 1h/5m``; else nothing."""
        if self.threshold is None:
            return ""
        return f"{number(self.threshold)}x over {self.long}/{self.short}"


@attrs.frozen(kw_only=True)
class SLOFacts:
    """An SLO, as its rules say it; None stands for what cannot be read from them.

    Attributes:
        id: Its id.
        service: The name of its service.
        name: Its name.
        objective: The share of events that have to be good.
        window: The window that it is judged over.
        owner: Who answers for it; the empty text for nobody. The same holds for the next two.
        rank: How important its service is, in the user's words.
        runbook: The address that its alerts link to.
        labels: The user's labels of the info series.
        description: What it promises, in the author's words, as its alerts have it.
        dashboard: The address of its dashboard.
        bad: What counts as bad, in words.
        history: What tells its series from all others, its groups and its kind.
        events: The expressions of events: a second one where moments without data count.
        errors: Those of bad events.
        sli: What is counted, as the definition has it; None where there are rules alone.
        timing: Intervals, ranges and offsets by the names of the settings.
        observation: How soon Prometheus observes a change of the error ratio.
        alerts: Its alerts.
        records: All rules that record something.
        label_names: The labels of alerts that hold the owner, the service and the SLO's name.
    """

    id: str
    service: str
    name: str
    objective: Decimal | None
    window: Duration | None
    owner: str
    rank: str
    runbook: str
    labels: Mapping[str, str] = attrs.field(hash=False)
    description: str | None
    dashboard: str | None
    bad: str
    history: History | None
    events: tuple[str, ...]
    errors: tuple[str, ...]
    sli: SLI | None
    timing: Mapping[str, str] = attrs.field(hash=False)
    observation: Observation | None
    alerts: tuple[AlertFacts, ...]
    records: tuple[RecordingRule, ...] = attrs.field(eq=False, repr=False)
    label_names: Mapping[str, str] = attrs.field(factory=dict, hash=False)

    @property
    def budget(self) -> Decimal | None:
        """The error budget as a share; None where the objective is not known."""
        return None if self.objective is None else 1 - self.objective

    @property
    def budget_in_time(self) -> Duration | None:
        """How long a total outage spends the budget, in whole seconds."""
        if self.budget is None or self.window is None:
            return None
        seconds = round(Fraction(self.budget) * Fraction(self.window.milliseconds, 1000))
        return Duration.of_milliseconds(seconds * 1000) if seconds else Duration.zero()

    @property
    def kind(self) -> str:
        """The kind of its SLI; the empty text where it is not known."""
        return self.history.kind if self.history else ""

    @property
    def missing(self) -> tuple[str, ...]:
        """What could not be read from the rules, in words."""
        known = {
            "the objective": self.objective is not None,
            "the window": self.window is not None,
            "what is counted": bool(self.events and self.errors),
            "the kind of the SLI": self.history is not None,
        }
        return tuple(name for name, is_known in known.items() if not is_known)
