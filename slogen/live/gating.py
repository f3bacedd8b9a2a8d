"""Whether a deployment may go on: unknown is never yes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Literal

import attrs

from slogen.errors import InvalidValue
from slogen.exits import Exit
from slogen.live.forms.cells import percent
from slogen.live.reports import UNKNOWN_STATES
from slogen.model.budget_policy import BudgetPolicy
from slogen.units import percentage, quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from decimal import Decimal

    from slogen.live.reports import GroupReport, Report, SLOReport

Outcome = Literal["go", "approve", "freeze", "unknown"]
ReasonKind = Literal[
    "exhausted",
    "below-freeze",
    "below-approval",
    "page",
    "not-recorded",
    "no-data",
    "doubt",
    "no-alerts",
]
BUDGET_KINDS: tuple[ReasonKind, ...] = ("exhausted", "below-freeze", "below-approval")
"""The reasons that are about budgets."""
_OUTCOME_OF: Mapping[ReasonKind, Outcome] = {
    "exhausted": "freeze",
    "below-freeze": "freeze",
    "page": "freeze",
    "below-approval": "approve",
    "not-recorded": "unknown",
    "no-data": "unknown",
    "doubt": "unknown",
    "no-alerts": "unknown",
}


_RANK: Mapping[Outcome, int] = {"freeze": 0, "unknown": 1, "approve": 2, "go": 3}
"""What is known to be wrong goes before what is not known."""
_ROUNDING = 1e-9


@attrs.frozen(kw_only=True)
class Reason:
    """Why a deployment does not go on.

    Attributes:
        kind: What it is.
        slo_id: The SLO; the empty text for all of them.
        group: The labels of the group that it is about; empty for the whole SLO.
        text: What was found, as a clause.
        until: When it ends if nothing fails from now on; None where nobody can know.
    """

    kind: ReasonKind
    slo_id: str
    group: Mapping[str, str] = attrs.field(factory=dict, hash=False)
    text: str
    until: datetime | None = None

    @property
    def outcome(self) -> Outcome:
        """What it makes of a deployment."""
        return _OUTCOME_OF[self.kind]


@attrs.frozen(kw_only=True)
class Decision:
    """Whether a deployment may go on, and why not.

    Attributes:
        outcome: The worst that a reason makes of it: a freeze, then the unknown, then an approval.
        reasons: All reasons against it.
        slos: How many SLOs were judged.
        young: The SLOs that are too young to say much.
        notes: What is odd or not known, but stops no deployment.
        warnings: What the server warned of, and that credentials can be read on their way.
        override: Why somebody lets it go on all the same; the empty text if nobody does.
    """

    outcome: Outcome
    reasons: tuple[Reason, ...] = ()
    slos: int
    young: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    override: str = ""

    @property
    def exit(self) -> Exit:
        """The exit code: 0, 1 for a freeze or an approval that is missing, 4 for the unknown."""
        if self.outcome == "go" or self.override:
            return Exit.FINE
        return Exit.UNDECIDED if self.outcome == "unknown" else Exit.FINDINGS


def gate(report: Report, policy: BudgetPolicy | None = None, *, override: str = "") -> Decision:
    """Return whether a deployment may go on.

    It may not while a budget is exhausted or below the policy's limits, while a page fires, while
    of an SLO nobody knows, or if the server warned with its answers. What is known to be wrong
    goes before what is not known.

    Args:
        report: The SLOs that matter for the deployment, as they are now.
        policy: How much has to be left of budgets; more than nothing unless given.
        override: Why it goes on all the same.

    Raises:
        InvalidValue: If the report has no SLO, or the override no words.

    >>> from slogen.live import report
    >>> decision = gate(report(prometheus, slos), BudgetPolicy(freeze_below="10%"))
    >>> print(decision.outcome)
    freeze
    >>> for reason in decision.reasons:
    ...     print(reason.slo_id, reason.kind)
    database-availability page
    database-availability page
    database-availability exhausted
    backend-api-availability below-freeze
    frontend-interaction not-recorded
    user-data-freshness no-data
    """
    if not report.slos:
        raise InvalidValue("report", "a report without SLOs", "one SLO at least")
    if override and not any(map(str.isalnum, override)):
        raise InvalidValue("override", quoted(override), "a reason, in words")
    limits = policy or BudgetPolicy()
    reasons = [reason for slo in report.slos for reason in _reasons(slo, limits)]
    reasons += [Reason(kind="doubt", slo_id="", text=_doubted(text)) for text in report.doubts]
    return Decision(
        outcome=_outcome(reasons),
        reasons=tuple(sorted(reasons, key=lambda reason: _RANK[reason.outcome])),
        slos=len(report.slos),
        young=tuple(slo.id for slo in report.slos if slo.state == "young"),
        notes=tuple(_all_notes(report)),
        warnings=report.warnings,
        override=override.strip(),
    )


def _doubted(warning: str) -> str:
    return f"the answers of the server may not be the truth of now: {warning}"


def _outcome(reasons: Iterable[Reason]) -> Outcome:
    return min((reason.outcome for reason in reasons), key=_RANK.__getitem__, default="go")


def _reasons(slo: SLOReport, policy: BudgetPolicy) -> Iterator[Reason]:
    """Yield what an SLO has against a deployment."""
    for alert in slo.pages:
        over = f" over {alert.window}" if alert.window else ""
        yield Reason(
            kind="page",
            slo_id=slo.id,
            group=alert.group,
            text=f"{alert.name}{over} pages",
        )
    if slo.state == "not recorded":
        text = slo.remarks[0] if slo.remarks else "nothing is recorded"
        yield Reason(kind="not-recorded", slo_id=slo.id, text=text)
    elif not slo.has_budget:
        yield Reason(kind="no-data", slo_id=slo.id, text=_missing(slo))
    else:
        for group in slo.groups:
            yield from _reasons_of_group(slo, group, policy)


def _missing(slo: SLOReport) -> str:
    """Return what is missing of an SLO whose budget nobody knows."""
    alive = [group for group in slo.groups if group.has_data]
    if not alive:
        return "no data: its series are gone, or not scraped"
    doubts = [group.doubt for group in alive if group.is_unknown]
    return doubts[0] if doubts else f"no events in {slo.window}: nobody knows whether it works"


def _all_notes(report: Report) -> Iterator[str]:
    """Yield what is not known, but stops no deployment."""
    if not report.has_alerts:
        yield "no ALERTS were found: no alert is active, or this server does not have them"
    for slo in report.slos:
        yield from _notes(slo)


def _notes(slo: SLOReport) -> Iterator[str]:
    """Yield what is not known of an SLO, but stops no deployment."""
    if slo.state != "not recorded":
        yield from (f"{slo.id}: {remark}" for remark in slo.remarks)
    if not slo.has_budget:
        return
    total = len(slo.groups)
    gone = sum(group.state in UNKNOWN_STATES and not group.has_data for group in slo.groups)
    idle = sum(group.is_idle for group in slo.groups)
    if gone:
        yield f"{slo.id}: {gone} of {total} groups {_have(gone)} no data"
    if idle:
        yield f"{slo.id}: {idle} of {total} groups {_have(idle)} no events in {slo.window}"


def _have(amount: int) -> str:
    return "has" if amount == 1 else "have"


def _reasons_of_group(slo: SLOReport, group: GroupReport, policy: BudgetPolicy) -> Iterator[Reason]:
    for page in group.burning:
        text = f"{page} should fire by the burn rates, and no ALERTS were found"
        yield Reason(kind="no-alerts", slo_id=slo.id, group=group.labels, text=text)
    if group.is_unknown:
        yield Reason(kind="no-data", slo_id=slo.id, group=group.labels, text=group.doubt)
    left = group.share_left
    if group.state in UNKNOWN_STATES or left is None:
        return
    found = f"{percent(left)} of the budget is left"
    kind: ReasonKind | None = None
    if left <= 0:
        kind, found = "exhausted", f"exhausted: {found}"
    elif _is_below(left, policy.freeze_below):
        kind, found = "below-freeze", f"{found}, less than {percentage(policy.freeze_below)}"
    elif _is_below(left, policy.approve_below):
        kind, found = "below-approval", f"{found}, less than {percentage(policy.approve_below)}"
    if kind:
        yield Reason(kind=kind, slo_id=slo.id, group=group.labels, text=found)


def _is_below(left: float, limit: Decimal) -> bool:
    """Tell whether less than a limit is left; what a float lacks of a decimal is not less."""
    return left < float(limit) - _ROUNDING
