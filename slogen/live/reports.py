"""What a report says: data alone, so that each form of it says the same.

A share is between 0 and 1, unless it says otherwise; an amount is in events, or in seconds where an
SLI counts time; what is not known is None, and never 0.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Literal

import attrs

from slogen.live.prediction.results import Ahead, Outlook
from slogen.model import Severity

State = Literal["healthy", "warning", "critical", "exhausted", "young", "no data", "not recorded"]
"""What an error budget is in, or why nobody knows."""
WORST_FIRST: tuple[State, ...] = (
    "exhausted",
    "critical",
    "not recorded",
    "no data",
    "warning",
    "young",
    "healthy",
)
"""The states in the order in which a reader wants to see them."""
GROUPS_WORST_FIRST: tuple[State, ...] = (
    "exhausted",
    "critical",
    "no data",
    "warning",
    "healthy",
    "young",
)
"""The states of groups, in the order in which they make the state of their SLO."""
UNKNOWN_STATES: tuple[State, ...] = ("not recorded", "no data")
"""The states in which nobody knows what is left."""
Verdict = Literal["met", "missed", "not enough data"]
"""Whether an objective was met."""
MEASURED_FROM = 0.95
"""How much of the time has to have data before an objective counts as met."""
Ruler = frozenset[tuple[str, str]]
"""The labels by which a ruler tells its series from those of others; empty for one alone."""
BurnWindow = Literal["1h", "6h", "24h"]
BURN_WINDOWS: tuple[BurnWindow, ...] = ("1h", "6h", "24h")
"""The windows of the burn rates that a report has."""


@attrs.frozen(kw_only=True)
class FiringAlert:
    """An alert that fires.

    Attributes:
        name: Its name.
        severity: In the words of ``severities`` in the settings.
        urgency: The same in slogen's words, by the definitions; None for an alert that they lack.
        window: The long window of a tier; the empty text for other alerts.
        group: The labels of the group that it is about; empty for the whole SLO.
    """

    name: str
    severity: str
    urgency: Severity | None
    window: str = ""
    group: Mapping[str, str] = attrs.field(factory=dict, hash=False)


@attrs.frozen(kw_only=True)
class Interval:
    """Between which shares of good events the true one lies, in 95 of 100 cases.

    Attributes:
        low: The lower end.
        high: The upper end.
    """

    low: float
    high: float


@attrs.frozen(kw_only=True)
class Budget:
    """An error budget over a whole window, and what became of it.

    Attributes:
        total: How many bad events a whole window may have, at the traffic that was measured.
        consumed: How many there were.
        share_consumed: The same as a share of the total; above 1 when overspent.
        share_left: 1 less that; below 0 when overspent.
    """

    total: float
    consumed: float
    share_consumed: float
    share_left: float

    @property
    def left(self) -> float:
        """How many bad events are left; below 0 when overspent."""
        return self.total - self.consumed


@attrs.frozen(kw_only=True)
class GroupReport:
    """One group of an SLO; an SLO without ``group_by`` is one group without labels.

    Attributes:
        labels: The labels of ``group_by`` with their values.
        state: What its budget is in, or why nobody knows.
        verdict: Whether the objective was met, as far as the traffic can tell.
        has_data: Whether its base series are recorded now; in a month, whether they were.
        events: How many events the window had.
        errors: How many of them were bad.
        sli: The share of good events; None without events.
        interval: What the traffic allows to say about it.
        budget: The error budget; None without events, or where the group's age is not known. Of a
            group without data it is what was known last.
        burn_rates: How many times faster than sustainable the budget burns, by window.
        exhausted_in: After how many seconds the budget will be gone at the pace of now; 0 when it
            is; None when it lasts for longer than the window.
        coverage: The share of the window that the group has existed for.
        measured: The share of that time for which there are data.
        data: The share of the last hour's evaluations that had data.
        alerts: Those that fire for it.
        burning: Where the server has no alerts at all, the pages that should fire.
        history: Times in seconds since the epoch, and the share of the budget that was left then.
        ruler: Who counted that, where several record into one store: the worse for the budget.
        outlook: What will be left of the budget, and which objective was met; None where nobody
            asked, or nothing is known.
    """

    labels: Mapping[str, str] = attrs.field(hash=False)
    state: State
    verdict: Verdict
    has_data: bool = True
    events: float | None = None
    errors: float | None = None
    sli: float | None = None
    interval: Interval | None = None
    budget: Budget | None = None
    burn_rates: Mapping[BurnWindow, float | None] = attrs.field(factory=dict, hash=False)
    exhausted_in: float | None = None
    coverage: float | None = None
    measured: float | None = None
    data: float | None = None
    alerts: tuple[FiringAlert, ...] = ()
    burning: tuple[str, ...] = ()
    history: tuple[tuple[float, float], ...] = ()
    ruler: Ruler = frozenset()
    outlook: Outlook | None = None

    @property
    def is_idle(self) -> bool:
        """Whether it has data now, and had no events in the window."""
        return self.has_data and self.events == 0

    @property
    def doubt(self) -> str:
        """Why nobody knows what is left of its budget though it has data; empty if somebody does.

        Series without a label of ``group_by`` mix what was to be told apart.
        """
        if lacking := [label for label, value in self.labels.items() if not value]:
            found = f"series are recorded without the label {lacking[0]}"
            return f"{found}: load its rules, or correct it" if self.has_data else ""
        if self.state == "no data" and self.has_data and not self.is_idle:
            return "no budget is recorded: the rules of its slow group do not run"
        return ""

    @property
    def is_unknown(self) -> bool:
        """Whether it has data now, and nobody knows what is left of its budget."""
        return bool(self.doubt)

    @property
    def share_left(self) -> float | None:
        """The share of the budget that is left."""
        return self.budget.share_left if self.budget else None


@attrs.frozen(kw_only=True)
class SLOReport:
    """An SLO.

    Attributes:
        id: Its id.
        service: The service that it speaks of.
        name: What it is about.
        owner: Who answers for it.
        description: What it promises.
        runbook: What to do, where the SLO or its service says it.
        has_runbook: Whether each of its alerts names a runbook.
        labels: The labels for ``slo_info``, its service's and its own.
        objective: The share of events that has to be good.
        objective_text: The same as a percentage.
        window: What it is judged over: ``30d``, or the month of the report.
        unit: What is counted.
        state: That of its worst group with data.
        verdict: ``missed`` if a group misses the objective, ``met`` if all meet it.
        groups: Its groups, the worst first; none where nothing is recorded.
        alerts: Those that fire for the whole SLO.
        remarks: What is odd about what the server records.
    """

    id: str
    service: str
    name: str
    owner: str
    description: str
    runbook: str
    has_runbook: bool
    labels: Mapping[str, str] = attrs.field(hash=False)
    objective: float
    objective_text: str
    window: str
    unit: Literal["events", "seconds"]
    state: State
    verdict: Verdict
    groups: tuple[GroupReport, ...] = ()
    alerts: tuple[FiringAlert, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def all_alerts(self) -> tuple[FiringAlert, ...]:
        """The alerts of the whole SLO, and those of its groups."""
        return (*self.alerts, *(alert for group in self.groups for alert in group.alerts))

    @property
    def pages(self) -> tuple[FiringAlert, ...]:
        """The pages that fire."""
        return tuple(alert for alert in self.all_alerts if alert.urgency == "page")

    @property
    def measured(self) -> float | None:
        """The least share of its time that a group with data was measured for."""
        shares = [group.measured for group in self.groups if group.state != "no data"]
        return min((share for share in shares if share is not None), default=None)

    @property
    def has_budget(self) -> bool:
        """Whether what is left of the budget is known, of one group at least."""
        return any(group.state not in UNKNOWN_STATES for group in self.groups)

    @property
    def worst(self) -> GroupReport | None:
        """The worst group; None where nothing is recorded."""
        return self.groups[0] if self.groups else None


@attrs.frozen(kw_only=True)
class Tally:
    """How many SLOs are in which state.

    Attributes:
        counts: How many there are, by every state.
    """

    counts: Mapping[State, int] = attrs.field(hash=False)

    @classmethod
    def of(cls, slos: tuple[SLOReport, ...]) -> Tally:
        """Return the tally of some SLOs."""
        states = [slo.state for slo in slos]
        return cls(counts={state: states.count(state) for state in WORST_FIRST})

    @property
    def total(self) -> int:
        """How many SLOs there are."""
        return sum(self.counts.values())

    @property
    def health_score(self) -> float:
        """The percentage of SLOs whose budget is healthy, of all: unknown is not healthy."""
        return 100 * self.counts["healthy"] / self.total if self.total else 0.0


@attrs.frozen(kw_only=True)
class Coverage:
    """How far the objectives of a house reach, and how much of them is known.

    Attributes:
        services: How many services the definitions have.
        services_with_data: How many of them have an SLO with data.
        slos: How many SLOs there are.
        slos_measured: How many have data for 95 % of the time that they are judged over.
        slos_with_owner: How many have an owner.
        slos_with_runbook: How many have a runbook, for each of their alerts.
        measured: The mean share of the time for which an SLO has data.
    """

    services: int
    services_with_data: int
    slos: int
    slos_measured: int
    slos_with_owner: int
    slos_with_runbook: int
    measured: float

    @classmethod
    def of(cls, slos: tuple[SLOReport, ...]) -> Coverage:
        """Return how far some SLOs reach, and how much of them is known."""
        measured = [slo.measured or 0.0 for slo in slos]
        return cls(
            services=len({slo.service for slo in slos}),
            services_with_data=len(
                {slo.service for slo in slos if slo.state not in UNKNOWN_STATES}
            ),
            slos=len(slos),
            slos_measured=sum(share >= MEASURED_FROM for share in measured),
            slos_with_owner=sum(bool(slo.owner) for slo in slos),
            slos_with_runbook=sum(slo.has_runbook for slo in slos),
            measured=sum(measured) / len(measured) if measured else 0.0,
        )


@attrs.frozen(kw_only=True)
class Report:
    """What the rules have recorded about some SLOs.

    Attributes:
        server: The address of the Prometheus, without credentials.
        at: The moment that it speaks of.
        month: The month that it judges, as ``2026-10``; the empty text for the SLOs' own windows.
        slos: The SLOs, the worst first.
        warnings: What the server warned of, and that credentials can be read on their way.
        has_alerts: Whether the server has series of alerts at all, of whatever rules.
        doubts: Those of the warnings that came with its answers: these may not be whole.
        ahead: How far the outlooks of its groups look; None where nobody asked for any.
    """

    server: str
    at: datetime
    month: str = ""
    slos: tuple[SLOReport, ...]
    warnings: tuple[str, ...] = ()
    has_alerts: bool = True
    doubts: tuple[str, ...] = ()
    ahead: Ahead | None = None

    @property
    def tally(self) -> Tally:
        """How many SLOs are in which state."""
        return Tally.of(self.slos)

    @property
    def health_score(self) -> float:
        """The percentage of SLOs whose budget is healthy."""
        return self.tally.health_score

    @property
    def coverage(self) -> Coverage:
        """How far the objectives reach, and how much of them is known."""
        return Coverage.of(self.slos)

    @property
    def by_owner(self) -> Mapping[str, Tally]:
        """The tally of each owner, by their names; the empty text for SLOs without one."""
        owners = sorted({slo.owner for slo in self.slos})
        return {
            owner: Tally.of(tuple(slo for slo in self.slos if slo.owner == owner))
            for owner in owners
        }
