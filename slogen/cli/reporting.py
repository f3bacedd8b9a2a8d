"""``slogen status`` and ``slogen report``: what the rules have recorded, on stdout."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
import time
from typing import TYPE_CHECKING, Literal

import attrs
import click

from slogen.cli.asking import Progress, fleet_of
from slogen.cli.diagnostics import rendered
from slogen.errors import InvalidValue
from slogen.live.errors import ServerError
from slogen.live.forms.documents import dumped, report_document
from slogen.live.forms.html import page
from slogen.live.forms.markdown import markdown
from slogen.live.forms.text import document, plain, screen
from slogen.live.prediction.results import Ahead
from slogen.live.reporting import moment, reported

if TYPE_CHECKING:
    from slogen.cli.asking import Question
    from slogen.cli.running import CommandLine
    from slogen.live.forms.text import Paint
    from slogen.live.readings import Fleet
    from slogen.live.reports import Report, State

ReportFormat = Literal["text", "json", "markdown", "html"]
_WITH_HISTORY: tuple[ReportFormat, ...] = ("json", "html")

_COLOURS: dict[State, str] = {
    "healthy": "green",
    "warning": "yellow",
    "critical": "red",
    "exhausted": "bright_red",
    "young": "cyan",
    "no data": "magenta",
    "not recorded": "magenta",
}
_CLEAR = "\x1b[2J\x1b[H"
_LINES_AROUND = 8
"""How many lines of a screen are not about single SLOs."""


def run_status(command_line: CommandLine, question: Question, watch: float | None) -> None:
    """Print one screen, once or again and again.

    Args:
        command_line: What was typed.
        question: Who is asked about what.
        watch: Seconds between two screens; None for one alone.

    Raises:
        SlogenError: If a definition is wrong, or there is no answer; while watching, the screen
            says so and the next one may be better.
        click.UsageError: If something is missing.
    """
    with contextlib.closing(Progress()) as progress:
        fleet = fleet_of(command_line, question, progress)
        text = _screen(reported(fleet)) if watch is None else _attempt(fleet)
    if watch is None:
        _print(text)
        return
    while True:
        _print(f"{_CLEAR if sys.stdout.isatty() else ''}{text}")
        time.sleep(watch)
        # From now on there is a screen, and a line that says how far it is would stand in it.
        text = _attempt(attrs.evolve(fleet, at=moment(None), asked=lambda: None))


def run_report(
    command_line: CommandLine,
    question: Question,
    form: ReportFormat,
    month: str | None,
    *,
    forecasts: bool = True,
) -> None:
    """Print a report in one of its forms.

    Args:
        command_line: What was typed.
        question: Who is asked about what.
        form: The form on stdout.
        month: The month that is judged; None for the windows of the SLOs.
        forecasts: Whether it says what will be left.

    Raises:
        SlogenError: If a definition is wrong, or there is no answer.
        click.UsageError: If something is missing.
    """
    with contextlib.closing(Progress()) as progress:
        fleet = fleet_of(command_line, question, progress)
        try:
            ahead = Ahead() if forecasts else None
            report = reported(fleet, month, history=form in _WITH_HISTORY, ahead=ahead)
        except InvalidValue as fault:
            raise click.UsageError(f"--month is {fault.found}; allowed: {fault.allowed}") from None
    click.echo(_formed(report, form).encode(), nl=False)


def _formed(report: Report, form: ReportFormat) -> str:
    if form == "json":
        return dumped(report_document(report))
    if form == "html":
        return page(report)
    return markdown(report) if form == "markdown" else document(report)


def _attempt(fleet: Fleet) -> str:
    """Return a screen, or why there is none right now."""
    try:
        return _screen(reported(fleet))
    except ServerError as fault:
        return rendered(fault.diagnostics, "text")


def _screen(report: Report) -> str:
    """Return a screen that fits the terminal, if there is one."""
    width, rows = 0, 0
    if sys.stdout.isatty():
        size = shutil.get_terminal_size()
        width, rows = size.columns, max(size.lines - _LINES_AROUND, 1)
    lines = screen(report, paint=_paint(), width=width, rows=rows)
    return "".join(f"{line}\n" for line in lines)


def _paint() -> Paint:
    """Return what gives states their colours; nothing does where NO_COLOR is set."""
    if os.environ.get("NO_COLOR"):
        return plain
    return lambda text, state: click.style(text, fg=_COLOURS[state])


def _print(text: str) -> None:
    # click leaves colours out where stdout is no terminal.
    click.echo(text, nl=False)
    sys.stdout.flush()
