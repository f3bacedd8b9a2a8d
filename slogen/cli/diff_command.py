"""The command ``slogen diff``. What it needs is imported when it runs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from slogen.cli.options import NO_SCRIPTS, PROJECT, SCRAPE_INTERVAL, more

if TYPE_CHECKING:
    from slogen.cli.diffing import DiffFormat


@click.command(epilog=more("docs/reference/diff.md"))
@click.argument("paths", metavar="OLD NEW | [PATH]...", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--git",
    "revision",
    metavar="REV",
    help="Compare the files of this revision of the repository with those that are there now: the "
    "paths given, or those of the project file.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "markdown", "json"]),
    default="text",
    show_default=True,
    help="How it is printed on stdout: for people, as a comment on a pull request, or as one JSON "
    "document.",
)
@click.option(
    "--exit-code", "sets_exit_code", is_flag=True, help="Exit with 1 if something changed."
)
@SCRAPE_INTERVAL
@NO_SCRIPTS
@PROJECT
def diff(  # noqa: PLR0913, PLR0917 (an option each)
    paths: tuple[Path, ...],
    revision: str | None,
    form: DiffFormat,
    sets_exit_code: bool,  # noqa: FBT001 (click calls it by name)
    scrape_interval: str | None,
    no_scripts: bool,  # noqa: FBT001 (click calls it by name)
    project: Path | None,
) -> None:
    """Say what changed in the meaning of SLOs.

    OLD and NEW are definitions (files or folders), or what a build wrote: its output folder, or a
    file of rules in it. With --git OLD is a revision, and each PATH stands for both sides. Nothing
    is said where only text moved, or where PromQL asks for the same in other words. Nothing is
    written.

    \b
    Examples:
      slogen diff --git main
      slogen diff --git "$(git merge-base origin/main HEAD)" --format markdown
      slogen diff build slos/
      slogen diff old/slos new/slos --exit-code
    """  # noqa: D301 (the mark by which click keeps lines as they are)
    from slogen.cli.diffing import run_diff  # noqa: PLC0415 (start-up)
    from slogen.cli.running import CommandLine, exit_codes  # noqa: PLC0415 (start-up)

    command_line = CommandLine(
        paths=paths, scrape_interval=scrape_interval, scripts=not no_scripts, project=project
    )
    with exit_codes("json" if form == "json" else "text"):
        run_diff(command_line, revision, form, sets_exit_code=sets_exit_code)
