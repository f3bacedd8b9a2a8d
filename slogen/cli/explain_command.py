"""The command ``slogen explain``. What it needs is imported when it runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from slogen.cli.options import NO_SCRIPTS, PATHS, PROJECT, SCRAPE_INTERVAL, more

if TYPE_CHECKING:
    from pathlib import Path

    from slogen.cli.explaining import ExplainFormat


@click.command(epilog=more("docs/reference/explain.md"))
@PATHS
@click.option(
    "--slo",
    "slos",
    metavar="ID",
    multiple=True,
    help="Explain this SLO alone; * stands for any text, and it can be given several times.",
)
@click.option(
    "--traffic",
    metavar="EVENTS",
    type=click.IntRange(min=1),
    help="How many events an SLO has in a day: say what its error budget is in events, and how "
    "soon a total outage is noticed.  [default: traffic in [lint] of the project file]",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "markdown", "json", "svg"]),
    default="text",
    show_default=True,
    help="Text for a terminal, Markdown for a page or a comment, one JSON document, or a picture "
    "of one SLO.",
)
@SCRAPE_INTERVAL
@NO_SCRIPTS
@PROJECT
def explain(  # noqa: PLR0913, PLR0917 (an option each)
    paths: tuple[Path, ...],
    slos: tuple[str, ...],
    traffic: int | None,
    form: ExplainFormat,
    scrape_interval: str | None,
    no_scripts: bool,  # noqa: FBT001 (click calls it by name)
    project: Path | None,
) -> None:
    """Say what an SLO means, and when its alerts fire.

    It says what is promised, when alerts fire, and what they will not see.

    For each alert on burn rates it says how soon it fires at a total outage, at ten times and at
    twice its threshold, how much of the error budget is spent by then, and how long it goes on
    firing. `slogen test` proves these times. Nothing is built.

    \b
    Examples:
      slogen explain slos/ --slo shop-availability
      slogen explain --slo 'shop-*' --traffic 5000
      slogen explain --slo shop-availability --format svg > shop-availability.svg
    """  # noqa: D301 (the mark by which click keeps lines as they are)
    from slogen.cli.explaining import run_explain  # noqa: PLC0415 (start-up)
    from slogen.cli.running import CommandLine, exit_codes  # noqa: PLC0415 (start-up)

    command_line = CommandLine(
        paths=paths, scrape_interval=scrape_interval, scripts=not no_scripts, project=project
    )
    with exit_codes("json" if form == "json" else "text"):
        run_explain(command_line, form, slos, traffic)
