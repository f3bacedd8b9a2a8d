"""``slogen gate``: whether a deployment may go on."""

from __future__ import annotations

import contextlib
import sys
from typing import TYPE_CHECKING, Literal

import attrs
import click

from slogen.cli.asking import Progress, chosen_slos, fleet_about
from slogen.cli.diagnostics import rendered
from slogen.cli.exits import Exit
from slogen.cli.projects import budget_policy, chosen_project
from slogen.cli.running import count
from slogen.diagnostics import shortened
from slogen.errors import InputError, SlogenError
from slogen.live.forms.cells import group_label
from slogen.live.forms.documents import decision_document, dumped
from slogen.live.gating import BUDGET_KINDS, Decision, gate
from slogen.live.recovery import dated
from slogen.live.reporting import reported
from slogen.live.reports import Report
from slogen.source import printable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slogen.cli.asking import Question
    from slogen.cli.running import CommandLine
    from slogen.live.gating import Reason
    from slogen.live.readings import Fleet
    from slogen.model.budget_policy import BudgetPolicy

GateFormat = Literal["text", "json"]


def run_gate(
    command_line: CommandLine, question: Question, form: GateFormat, override: str
) -> None:
    """Print whether a deployment may go on and why not, and exit with what that is worth.

    Args:
        command_line: What was typed.
        question: Who is asked about what.
        form: The form on stdout.
        override: Why it goes on all the same; the empty text if nobody says so.

    Raises:
        SlogenError: If a definition is wrong.
        click.UsageError: If something is missing.
    """
    policy = budget_policy(chosen_project(command_line))
    slos = chosen_slos(command_line, question)
    unknown = Decision(outcome="unknown", slos=len(slos), override=override)
    with contextlib.closing(Progress()) as progress:
        try:
            fleet = fleet_about(slos, command_line, question, progress)
            with fleet.prometheus.limited():
                outcome = _decided(fleet, policy, override)
            text = _formed(outcome, form)
        except (click.ClickException, InputError):
            raise
        except Exception as error:  # noqa: BLE001 (whatever it is, nobody knows, and that is no yes)
            fault = error if isinstance(error, SlogenError) else _unforeseen(error)
            outcome = _Outcome(decision=unknown, fault=fault)
            text = _formed(outcome, form)
    if outcome.fault:
        click.echo(rendered(outcome.fault.diagnostics, "text"), err=True, nl=False)
    click.echo(text, nl=False)
    if outcome.decision.exit is not Exit.FINE:
        sys.exit(outcome.decision.exit)


@attrs.frozen(kw_only=True)
class _Outcome:
    """What is decided, from which report; or why there is none."""

    decision: Decision
    report: Report | None = None
    fault: SlogenError | None = None


def _decided(fleet: Fleet, policy: BudgetPolicy, override: str) -> _Outcome:
    """Return what is decided about some SLOs.

    Raises:
        SlogenError: If there is no answer that can be used; none of what the user wrote is wrong.
    """
    try:
        report = reported(fleet)
        decision = gate(report, policy, override=override)
        if any(reason.kind in BUDGET_KINDS for reason in decision.reasons):
            decision = dated(decision, report, policy, fleet)
    except InputError as error:
        raise _unforeseen(error) from error
    return _Outcome(decision=decision, report=report)


def _unforeseen(error: Exception) -> SlogenError:
    """Return an error for what nobody has foreseen."""
    text = " ".join(str(error).split())
    return SlogenError(
        shortened(f"slogen could not judge the answers: {type(error).__name__}: {text}")
    )


def _formed(outcome: _Outcome, form: GateFormat) -> bytes:
    """Return what is decided in one of its forms, as it is printed."""
    decision, fault = outcome.decision, outcome.fault
    if form == "json":
        return dumped(decision_document(decision, outcome.report, str(fault or ""))).encode()
    return "".join(f"{printable(line)}\n" for line in _lines(outcome)).encode()


def _lines(outcome: _Outcome) -> Iterator[str]:
    """Yield what is decided, and each reason."""
    decision, fault = outcome.decision, outcome.fault
    pages = "" if outcome.report and not outcome.report.has_alerts else ", no page"
    ids = {reason.slo_id for reason in decision.reasons}
    slos = count(decision.slos if "" in ids else len(ids), "SLO")
    heads = {
        "go": f"go: {count(decision.slos, 'SLO')}{pages}, and enough error budget is left",
        "approve": f"approval needed: {slos} of {decision.slos}",
        "freeze": f"freeze: {slos} of {decision.slos}",
        "unknown": f"unknown, which is not yes: {slos} of {decision.slos}",
    }
    if fault:
        yield f"unknown, which is not yes: {fault.diagnostic.message}"
    else:
        yield heads[decision.outcome]
    for reason in decision.reasons:
        yield f"  {_reason(reason)}"
    for slo_id in decision.young:
        yield f"  note: {slo_id} is young: its budget says little yet"
    for note in decision.notes:
        yield f"  note: {note}"
    doubts = outcome.report.doubts if outcome.report else ()
    for warning in decision.warnings:
        if warning not in doubts:
            yield f"  warning: {warning}"
    if decision.override and decision.outcome != "go":
        yield f"overridden: {decision.override}"


def _reason(reason: Reason) -> str:
    """Return a reason as a line; one about all SLOs names none."""
    if not reason.slo_id:
        return reason.text
    group = group_label(reason.group)
    name = f"{reason.slo_id} ({group})" if group else reason.slo_id
    until = (
        f"; until {reason.until:%Y-%m-%d %H:%M} UTC if nothing more fails" if reason.until else ""
    )
    return f"{name}: {reason.text}{until}"
