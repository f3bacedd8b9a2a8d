"""The sections of a report: tables of texts, which text, Markdown and HTML set in their own way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen.live.forms import cells
from slogen.live.forms.outlook import outlook_sections
from slogen.live.forms.section import Section
from slogen.live.reports import WORST_FIRST

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slogen.live.reports import GroupReport, Report, SLOReport, Tally

_BUDGETS = (
    "SLO",
    "state",
    "left",
    "left of the total",
    "spent",
    "burn 1h",
    "6h",
    "24h",
    "gone in",
    "measured",
    "alerts",
)
_OBJECTIVES = (
    "SLO",
    "result",
    "SLI",
    "95 times in 100 between",
    "objective",
    "bad",
    "of all",
    "existed for",
    "measured",
)
_OWNERS = ("owner", "health", "SLOs", "states")
_SUCCESS = ("what", "is", "of", "share")


def sections(report: Report) -> tuple[Section, ...]:
    """Return the sections of a report, what matters most first."""
    pairs = [(slo, group) for slo in report.slos for group in slo.groups or (None,)]
    return (
        Section(
            title="Error budgets",
            head=_BUDGETS,
            rows=tuple(_budget(slo, group) for slo, group in pairs),
        ),
        Section(
            title="Objectives",
            head=_OBJECTIVES,
            rows=tuple(_objective(slo, group) for slo, group in pairs),
        ),
        *outlook_sections(report),
        Section(title="By owner", head=_OWNERS, rows=tuple(_owners(report))),
        Section(title="How much is covered", head=_SUCCESS, rows=tuple(_success(report))),
    )


def tally_text(tally: Tally) -> str:
    """Return how many SLOs are in which state, the best first."""
    counted = ((state, tally.counts[state]) for state in reversed(WORST_FIRST))
    return ", ".join(f"{amount} {state}" for state, amount in counted if amount) or "no SLO"


def _budget(slo: SLOReport, group: GroupReport | None) -> tuple[str, ...]:
    known = cells.known(group)
    budget = known.budget if known else None
    return (
        cells.group_of(slo, group),
        group.state if group else slo.state,
        cells.percent(budget.share_left if budget else None),
        cells.left_of(budget, slo.unit),
        cells.percent(budget.share_consumed if budget else None),
        *cells.burns(group),
        cells.gone_in(known),
        cells.percent(group.measured if group else None, 0),
        cells.alerts(group.alerts if group else slo.alerts),
    )


def _objective(slo: SLOReport, group: GroupReport | None) -> tuple[str, ...]:
    return (
        cells.group_of(slo, group),
        group.verdict if group else slo.verdict,
        cells.sli(group.sli if group else None, slo.objective),
        cells.interval(group.interval if group else None, slo.objective),
        f"{slo.objective_text} over {slo.window}",
        cells.amount(group.errors if group else None, slo.unit),
        cells.amount(group.events if group else None, slo.unit),
        cells.percent(group.coverage if group else None, 0),
        cells.percent(group.measured if group else None, 0),
    )


def _owners(report: Report) -> Iterator[tuple[str, ...]]:
    for owner, tally in report.by_owner.items():
        health = cells.percent(tally.health_score / 100, 0)
        yield owner or "nobody", health, str(tally.total), tally_text(tally)


def _success(report: Report) -> Iterator[tuple[str, ...]]:
    """Yield how far a house has come: coverage, data, runbooks."""
    found = report.coverage
    counts = (
        ("services with an SLO that has data", found.services_with_data, found.services),
        ("SLOs with data for 95 % of their time", found.slos_measured, found.slos),
        ("SLOs with an owner", found.slos_with_owner, found.slos),
        ("SLOs with a runbook", found.slos_with_runbook, found.slos),
    )
    for text, amount, total in counts:
        share = cells.percent(amount / total if total else None, 0)
        yield text, str(amount), str(total), share
    yield "the time that SLOs have data for, on average", "", "", cells.percent(found.measured)
