"""``slogen backtest``: when alerts would have fired, on stdout."""

from __future__ import annotations

import contextlib
import sys
from typing import TYPE_CHECKING, Literal

import click

from slogen.cli.asking import Progress, fleet_of
from slogen.cli.exits import Exit
from slogen.errors import InvalidValue
from slogen.live.forms.documents import dumped
from slogen.live.replay.backtesting import backtest
from slogen.live.replay.forms import backtest_document, backtest_text
from slogen.live.replay.incidents import incidents_of
from slogen.units import Duration

if TYPE_CHECKING:
    from datetime import tzinfo
    from pathlib import Path

    from slogen.cli.asking import Question
    from slogen.cli.running import CommandLine
    from slogen.live.replay.results import Incident

BacktestFormat = Literal["text", "json"]


def run_backtest(  # noqa: PLR0913 (an option each)
    command_line: CommandLine,
    question: Question,
    form: BacktestFormat,
    *,
    days: int,
    incidents: Path | None,
    zone: tzinfo,
) -> None:
    """Print what the alerts of SLOs would have done.

    Args:
        command_line: What was typed.
        question: Who is asked about what.
        form: The form on stdout.
        days: How many days are replayed.
        incidents: A file that says when the service was bad.
        zone: Where those live who are paged.

    Raises:
        SlogenError: If a definition is wrong or of a kind that is not replayed, or there is no
            answer.
        click.UsageError: If something is missing, or the file of incidents is wrong.
    """
    known = None if incidents is None else _read(incidents)
    with contextlib.closing(Progress()) as progress:
        fleet = fleet_of(command_line, question, progress)
        found = backtest(fleet, Duration(f"{days}d"), incidents=known, zone=zone)
    text = dumped(backtest_document(found)) if form == "json" else backtest_text(found)
    click.echo(text.encode(), nl=False)
    for doubt in fleet.prometheus.warnings:
        click.echo(f"warning: {doubt}", err=True)
    if not found.groups:
        sys.exit(Exit.UNDECIDED)


def _read(path: Path) -> tuple[Incident, ...]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            return incidents_of(path.name, lines)
    except InvalidValue as fault:
        said = f"{fault.subject} is {fault.found}; allowed: {fault.allowed}"
        raise click.UsageError(said) from None
    except (OSError, UnicodeDecodeError) as fault:
        raise click.UsageError(f"{path} cannot be read: {fault}") from None
