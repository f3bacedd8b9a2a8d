"""``slogen backfill``: a file for promtool, and on stdout what to do with it."""

from __future__ import annotations

import contextlib
import sys
from typing import TYPE_CHECKING

import click

from slogen.cli.asking import Progress, fleet_of, resumable
from slogen.cli.exits import Exit
from slogen.live.filling.forms import backfill_text, notes
from slogen.live.filling.writing import filled
from slogen.units import Duration

if TYPE_CHECKING:
    from pathlib import Path

    from slogen.cli.asking import Question
    from slogen.cli.running import CommandLine


def run_backfill(
    command_line: CommandLine,
    question: Question,
    *,
    days: int | None,
    out: Path,
    all_samples: bool,
) -> None:
    """Write what the rules of SLOs would have recorded, and say what was written.

    Args:
        command_line: What was typed.
        question: Who is asked about what.
        days: How many days are filled; None for the window of each SLO and a day more.
        out: The file.
        all_samples: Whether base series are written for all of the time.

    Raises:
        SlogenError: If a definition is wrong or of a kind that is not filled, the file cannot be
            written, or there is no answer.
        click.UsageError: If something is missing.
    """
    length = None if days is None else Duration(f"{days}d")
    with contextlib.closing(Progress()) as progress:
        fleet = fleet_of(command_line, question, progress)
        with resumable(fleet.prometheus, progress):
            found = filled(fleet, length, out, all_samples=all_samples)
    click.echo(backfill_text(found).encode(), nl=False)
    for note in notes(found):
        click.echo(f"note: {note}", err=True)
    for doubt in fleet.prometheus.warnings:
        click.echo(f"warning: {doubt}", err=True)
    if found.path is None:
        sys.exit(Exit.UNDECIDED)
