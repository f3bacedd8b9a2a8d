"""The command ``slogen lint``. What it needs is imported when it runs."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem

from slogen.cli.live_options import public_url
from slogen.cli.options import NO_SCRIPTS, PATHS, PROJECT, SCRAPE_INTERVAL, more, read_option

if TYPE_CHECKING:
    from slogen.cli.linting import LintFormat
    from slogen.units import Duration


def _codes(
    context: click.Context, option: click.Parameter, values: tuple[str, ...]
) -> tuple[str, ...]:
    """Return codes that were given one by one, or several with commas between them."""
    from slogen.codes import CODES  # noqa: PLC0415 (start-up)
    from slogen.lint.settings import code_name  # noqa: PLC0415 (start-up)

    known = {code.name: code for code in CODES}
    names = (name.strip() for value in values for name in value.split(","))
    return read_option(
        option, context, lambda: tuple(code_name(name, known) for name in names if name)
    )


def _complete_codes(
    context: click.Context, option: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Return the codes that begin as what was typed last, with what they are about."""
    del context, option
    from slogen.codes import CODES  # noqa: PLC0415 (start-up)

    before, comma, typed = incomplete.rpartition(",")
    return [
        CompletionItem(f"{before}{comma}{code.name}", help=code.meaning)
        for code in CODES
        if code.name.startswith(typed)
    ]


def _retention(
    context: click.Context, option: click.Parameter, value: str | None
) -> Duration | None:
    from slogen.units import Duration  # noqa: PLC0415 (start-up)

    return None if value is None else read_option(option, context, lambda: Duration(value))


def _labels(context: click.Context, option: click.Parameter, value: str | None) -> tuple[str, ...]:
    from slogen.model.arguments import label_names  # noqa: PLC0415 (start-up)

    names = [name.strip() for name in (value or "").split(",")]
    return read_option(option, context, lambda: label_names(names)) if value else ()


@click.command(
    epilog=more("docs/reference/lint.md, and docs/reference/diagnostics.md for every code")
)
@PATHS
@click.option(
    "--select",
    metavar="CODES",
    multiple=True,
    callback=_codes,
    shell_complete=_complete_codes,
    help="Show these warnings and notes alone: codes, with commas between them or given several "
    "times. Errors in definitions are always shown.",
)
@click.option(
    "--ignore",
    metavar="CODES",
    multiple=True,
    callback=_codes,
    shell_complete=_complete_codes,
    help="Do not show these warnings and notes.",
)
@click.option(
    "--baseline",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Show new findings only: those that this file does not have.",
)
@click.option(
    "--write-baseline",
    "new_baseline",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the present findings into a file for --baseline, and show none.",
)
@click.option(
    "--strict-exceptions",
    is_flag=True,
    help="Report exceptions that hide nothing, or whose last day is over, as errors.",
)
@click.option(
    "--fix",
    "fixes",
    is_flag=True,
    help="Write fixes into the definitions where nobody has to decide, and show what is left.",
)
@click.option(
    "--traffic",
    metavar="EVENTS",
    type=click.IntRange(min=1),
    help="How many events an SLO has in a day: warn of objectives and alerts that need more.",
)
@click.option(
    "--retention",
    metavar="DURATION",
    callback=_retention,
    help="For how long Prometheus keeps samples: warn of longer windows.",
)
@click.option(
    "--external-labels",
    metavar="NAMES",
    callback=_labels,
    help="The labels in which the Prometheus servers behind one Thanos or Mimir differ, with "
    "commas between them: warn of series that would be the same on each.",
)
@click.option(
    "--prometheus",
    metavar="URL",
    callback=public_url,
    help="Ask this Prometheus, too: whether series, buckets and labels exist, whether data are "
    "late, and whether it evaluates these rules. Nothing is changed there. It needs the extra "
    "slogen[live].",
)
@click.option(
    "--explain",
    metavar="CODE",
    shell_complete=_complete_codes,
    help="Print what a code means, and what to do: for people, or with --format json.",
)
@click.option(
    "--today",
    metavar="DATE",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The day for which exceptions are judged, such as 2027-03-31.  [default: today, in UTC]",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github", "sarif"]),
    default="text",
    show_default=True,
    help="How findings are printed on stdout: for people, as one JSON document, as commands of "
    "GitHub Actions, or as SARIF 2.1.0.",
)
@SCRAPE_INTERVAL
@NO_SCRIPTS
@PROJECT
def lint(  # noqa: PLR0913, PLR0917 (an option each)
    paths: tuple[Path, ...],
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    baseline: Path | None,
    new_baseline: Path | None,
    strict_exceptions: bool,  # noqa: FBT001 (click calls it by name)
    fixes: bool,  # noqa: FBT001 (click calls it by name)
    traffic: int | None,
    retention: Duration | None,
    external_labels: tuple[str, ...],
    prometheus: str | None,
    explain: str | None,
    today: datetime | None,
    form: LintFormat,
    scrape_interval: str | None,
    no_scripts: bool,  # noqa: FBT001 (click calls it by name)
    project: Path | None,
) -> None:
    """Say what is wrong with definitions, and what is worth knowing.

    Nothing is built. It ends with 1 if there is a warning, with 0 if there are notes alone, and
    with 3 if a definition cannot be compiled. The table [lint] of the project file says how bad
    each code is to a project, and which findings are accepted, with a reason.

    \b
    Examples:
      slogen lint slos/
      slogen lint --fix
      slogen lint --write-baseline known.jsonl
      slogen lint --baseline known.jsonl --format sarif > slogen.sarif
      slogen lint --explain tier-lowered
    """  # noqa: D301 (the mark by which click keeps lines as they are)
    from slogen.checks.given import Given  # noqa: PLC0415 (start-up)
    from slogen.cli import linting  # noqa: PLC0415 (start-up)
    from slogen.cli.running import CommandLine, exit_codes  # noqa: PLC0415 (start-up)

    if explain is not None:
        linting.explain(explain, form)
        return
    options = linting.LintOptions(
        form=form,
        today=(today or datetime.now(UTC)).date(),
        select=select,
        ignore=ignore,
        baseline=baseline,
        new_baseline=new_baseline,
        forbids_idle=strict_exceptions,
        fixes=fixes,
        given=Given(traffic=traffic, retention=retention, external_labels=external_labels),
        prometheus=prometheus,
    )
    command_line = CommandLine(
        paths=paths, scrape_interval=scrape_interval, scripts=not no_scripts, project=project
    )
    with exit_codes("text" if form == "sarif" else form):
        linting.run_lint(command_line, options)
