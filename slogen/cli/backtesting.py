"""``slogen backtest``: when alerts would have fired, on stdout."""

from __future__ import annotations

import contextlib
import sys
from typing import TYPE_CHECKING, Literal

import click

from slogen.cli.asking import Progress, fleet_of, resumable
from slogen.cli.diff_sides import other_slos
from slogen.cli.exits import Exit
from slogen.errors import InvalidValue
from slogen.live.forms.documents import dumped
from slogen.live.replay.backtesting import Others, backtested
from slogen.live.replay.forms import backtest_document, backtest_text
from slogen.live.replay.incidents import incidents_of
from slogen.live.replay.markdown import backtest_markdown
from slogen.live.replay.timeline import backtest_svg
from slogen.units import Duration

if TYPE_CHECKING:
    from datetime import tzinfo
    from pathlib import Path

    from slogen.cli.asking import Question
    from slogen.cli.running import CommandLine
    from slogen.live.replay.results import Backtest, Incident

BacktestFormat = Literal["text", "markdown", "json", "svg"]


def run_backtest(  # noqa: PLR0913 (an option each)
    command_line: CommandLine,
    question: Question,
    form: BacktestFormat,
    *,
    days: int,
    incidents: Path | None,
    zone: tzinfo,
    raw: bool,
    against: str | None,
) -> None:
    """Print what the alerts of SLOs would have done.

    Args:
        command_line: What was typed.
        question: Who is asked about what.
        form: The form on stdout.
        days: How many days are replayed.
        incidents: A file that says when the service was bad.
        zone: Where those live who are paged.
        raw: Whether raw series are read, also where the rules recorded something.
        against: Other definitions: a file or folder, or a revision.

    Raises:
        SlogenError: If a definition is wrong or of a kind that is not replayed, or there is no
            answer.
        click.UsageError: If something is missing, or the file of incidents is wrong.
    """
    known = None if incidents is None else _read(incidents)
    # First, as scripts of either side import modules of their own.
    others = Others(against, other_slos(command_line, against)) if against else None
    with contextlib.closing(Progress()) as progress:
        fleet = fleet_of(command_line, question, progress)
        with resumable(fleet.prometheus, progress):
            found = backtested(
                fleet, Duration(f"{days}d"), incidents=known, zone=zone, raw=raw, others=others
            )
    text = _rendered(found, form)
    click.echo(text.encode(), nl=False)
    for doubt in fleet.prometheus.warnings:
        click.echo(f"warning: {doubt}", err=True)
    if not found.groups:
        sys.exit(Exit.UNDECIDED)


def _rendered(found: Backtest, form: BacktestFormat) -> str:
    if form == "json":
        return dumped(backtest_document(found))
    if form == "svg":
        return backtest_svg(found)
    return backtest_markdown(found) if form == "markdown" else backtest_text(found)


def _read(path: Path) -> tuple[Incident, ...]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            return incidents_of(path.name, lines)
    except InvalidValue as fault:
        said = f"{fault.subject} is {fault.found}; allowed: {fault.allowed}"
        raise click.UsageError(said) from None
    except (OSError, UnicodeDecodeError) as fault:
        raise click.UsageError(f"{path} cannot be read: {fault}") from None
