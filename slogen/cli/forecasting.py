"""``slogen forecast``: what will be left of budgets, on stdout."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Literal

import click

from slogen.cli.asking import Progress, fleet_of
from slogen.errors import InvalidValue
from slogen.live.forms.documents import dumped, report_document
from slogen.live.forms.text import outlook_document
from slogen.live.prediction.results import Ahead
from slogen.live.reporting import reported

if TYPE_CHECKING:
    from slogen.cli.asking import Question
    from slogen.cli.running import CommandLine

ForecastFormat = Literal["text", "json"]


def run_forecast(
    command_line: CommandLine, question: Question, form: ForecastFormat, horizon: str, history: str
) -> None:
    """Print a forecast in one of its forms.

    Args:
        command_line: What was typed.
        question: Who is asked about what.
        form: The form.
        horizon: How far to look ahead.
        history: How far to look back.

    Raises:
        SlogenError: If a definition is wrong, or there is no answer.
        click.UsageError: If something is missing, or a length of time is none.
    """
    ahead = _ahead(horizon, history)
    with contextlib.closing(Progress()) as progress:
        report = reported(fleet_of(command_line, question, progress), ahead=ahead)
    text = dumped(report_document(report)) if form == "json" else outlook_document(report)
    click.echo(text.encode(), nl=False)


def _ahead(horizon: str, history: str) -> Ahead:
    """Return how far to look; what is wrong is said with the option that is meant."""
    try:
        Ahead(horizon=horizon)
    except InvalidValue as fault:
        raise _usage("--horizon", fault) from None
    try:
        return Ahead(horizon=horizon, history=history)
    except InvalidValue as fault:
        raise _usage("--history", fault) from None


def _usage(option: str, fault: InvalidValue) -> click.UsageError:
    remedy = f"; {fault.remedy}" if fault.remedy else ""
    return click.UsageError(f"{option} is {fault.found}; allowed: {fault.allowed}{remedy}")
