"""The command ``slogen init``. What it needs is imported when it runs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from slogen.cli.options import more

if TYPE_CHECKING:
    from slogen.starter.choices import CI, Form


@click.command(epilog=more("docs/reference/library.md for the entries, docs/ci.md"))
@click.argument("folder", metavar="[FOLDER]", default=".", type=click.Path(file_okay=False))
@click.option("--service", metavar="NAME", help="The first service.  [default: shop]")
@click.option("--owner", metavar="TEAM", help="Who answers for it.  [default: team-NAME]")
@click.option("--runbook", metavar="URL", help="Where its alerts lead to.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["yaml", "python"]),
    help="In what definitions are written.  [default: yaml]",
)
@click.option(
    "--ci",
    type=click.Choice(["github", "gitlab", "none"]),
    help="What runs in a pull request.  [default: github]",
)
@click.option(
    "--from",
    "entry",
    metavar="ENTRY",
    help="Begin with an entry of the library, such as envoy_requests; its arguments are asked for.",
)
@click.option("--yes", is_flag=True, help="Ask nothing: take the defaults for what is not given.")
def init(  # noqa: PLR0913, PLR0917 (an option each)
    folder: str,
    service: str | None,
    owner: str | None,
    runbook: str | None,
    form: Form | None,
    ci: CI | None,
    entry: str | None,
    yes: bool,  # noqa: FBT001 (click calls it by name)
) -> None:
    """Begin a project that builds, lints and tests at once.

    It writes definitions, slogen.toml, hooks for pre-commit and a workflow. No file is overwritten:
    where a project or its definitions are there, nothing is written, and where hooks or a workflow
    are there, these stay, and what to add to them is printed.

    \b
    Examples:
      slogen init
      slogen init monitoring --yes --from envoy_requests
      slogen init --format python --ci gitlab
    """  # noqa: D301 (the mark by which click keeps lines as they are)
    from slogen.cli.answers import Answers  # noqa: PLC0415 (start-up)
    from slogen.cli.running import exit_codes  # noqa: PLC0415 (start-up)
    from slogen.cli.starting import run_init  # noqa: PLC0415 (start-up)

    answers = Answers(
        service=service, owner=owner, runbook=runbook, form=form, ci=ci, entry=entry, asks=not yes
    )
    with exit_codes():
        if not folder:  # an empty variable of a shell
            raise click.UsageError("FOLDER is empty\nwrite . for this folder")
        run_init(Path(folder), answers)
