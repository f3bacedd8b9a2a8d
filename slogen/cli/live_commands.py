"""``slogen status``, ``report``, ``forecast`` and ``gate``. What they need is imported lazily."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

import click

from slogen.cli.live_options import AT, PROMETHEUS, selection
from slogen.cli.options import NO_SCRIPTS, PATHS, PROJECT, SCRAPE_INTERVAL, more

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from slogen.cli.asking import Question
    from slogen.cli.forecasting import ForecastFormat
    from slogen.cli.gating import GateFormat
    from slogen.cli.reporting import ReportFormat
    from slogen.cli.running import CommandLine

_SHORTEST_WATCH, _LONGEST_WATCH = 5, 3_600


def asking(function: Callable[..., None]) -> Callable[..., None]:
    """Hand a command its command line and its question, made of the options that all have."""

    @functools.wraps(function)
    def command(  # noqa: PLR0913 (an option each)
        *,
        paths: tuple[Path, ...],
        prometheus: str | None,
        ids: tuple[str, ...],
        services: tuple[str, ...],
        owners: tuple[str, ...],
        labels: tuple[tuple[str, str], ...],
        scrape_interval: str | None,
        no_scripts: bool,
        project: Path | None,
        at: datetime | None = None,
        **others: object,
    ) -> None:
        from slogen.cli.asking import Question  # noqa: PLC0415 (start-up)
        from slogen.cli.running import CommandLine, exit_codes  # noqa: PLC0415 (start-up)
        from slogen.cli.selecting import Selection  # noqa: PLC0415 (start-up)

        chosen = Selection(ids=ids, services=services, owners=owners, labels=labels)
        question = Question(url=prometheus or "", selection=chosen, at=at)
        command_line = CommandLine(
            paths=paths, scrape_interval=scrape_interval, scripts=not no_scripts, project=project
        )
        with exit_codes():
            function(command_line, question, **others)

    return command


def _reason(context: click.Context, option: click.Parameter, value: str | None) -> str:
    """Refuse an override without words."""
    if value is not None and not any(map(str.isalnum, value)):
        raise click.BadParameter("allowed: a reason, in words", context, option)
    return value or ""


@click.command(epilog=more("docs/reference/live.md"))
@PATHS
@PROMETHEUS
@selection
@AT
@click.option(
    "--watch",
    metavar="SECONDS",
    is_flag=False,
    flag_value=30,
    type=click.IntRange(_SHORTEST_WATCH, _LONGEST_WATCH),
    help="Ask again every so many seconds, 30 unless given, until Ctrl-C.",
)
@SCRAPE_INTERVAL
@NO_SCRIPTS
@PROJECT
@asking
def status(command_line: CommandLine, question: Question, watch: int | None) -> None:
    """Show how the error budgets of SLOs are, the worst first.

    A Prometheus that evaluates the rules is asked what they have recorded. It needs the extra
    slogen[live].

    \b
    Examples:
      slogen status
      slogen status slos/ --prometheus https://prometheus.example.com
      slogen status --owner team-backend --watch
    """  # noqa: D301 (the mark by which click keeps lines as they are)
    from slogen.cli.reporting import run_status  # noqa: PLC0415 (start-up)

    if watch is not None and question.at is not None:
        raise click.UsageError("--watch looks at now, and --at at the past: use one of the two")
    run_status(command_line, question, watch)


@click.command(epilog=more("docs/reference/live.md"))
@PATHS
@PROMETHEUS
@selection
@AT
@click.option(
    "--month",
    metavar="YYYY-MM",
    help="Judge this month, in UTC, instead of the windows of the SLOs.",
)
@click.option(
    "--no-forecast",
    is_flag=True,
    help="Leave out what will be left: it needs the hours of 90 days, and time for each group.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "markdown", "html"]),
    default="text",
    show_default=True,
    help="Tables for people, one JSON document for programs, Markdown, or one page of HTML "
    "without script.",
)
@SCRAPE_INTERVAL
@NO_SCRIPTS
@PROJECT
@asking
def report(
    command_line: CommandLine,
    question: Question,
    *,
    month: str | None,
    no_forecast: bool,
    form: ReportFormat,
) -> None:
    """Report on objectives, error budgets, owners and coverage.

    A Prometheus that evaluates the rules is asked what they have recorded. It needs the extra
    slogen[live].

    \b
    Examples:
      slogen report --format markdown > slos.md
      slogen report --month 2026-10 --format html > october.html
      slogen report --service backend-api --at 2026-11-26T16:00
    """  # noqa: D301 (the mark by which click keeps lines as they are)
    from slogen.cli.reporting import run_report  # noqa: PLC0415 (start-up)

    run_report(command_line, question, form, month, forecasts=not no_forecast)


@click.command(epilog=more("docs/reference/live.md"))
@PATHS
@PROMETHEUS
@selection
@AT
@click.option(
    "--horizon",
    metavar="DURATION",
    default="7d",
    show_default=True,
    help="How far to look ahead: whole hours, up to 90d.",
)
@click.option(
    "--history",
    metavar="DURATION",
    default="90d",
    show_default=True,
    help="How far back to look for objectives that windows met: whole days, from 28d to 400d.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="Tables for people, or one JSON document for programs, that of slogen report.",
)
@SCRAPE_INTERVAL
@NO_SCRIPTS
@PROJECT
@asking
def forecast(
    command_line: CommandLine, question: Question, horizon: str, history: str, form: ForecastFormat
) -> None:
    """Say what will be left of error budgets.

    What leaves a window is known; what comes is drawn from the hours of the last 90 days. A band
    holds in 90 of 100 cases. Which objective the windows of these days met stands below. It needs
    the extra slogen[live], and 28 days of recorded hours.

    \b
    Examples:
      slogen forecast
      slogen forecast --service backend-api --horizon 14d
      slogen forecast --history 180d --format json
    """  # noqa: D301 (the mark by which click keeps lines as they are)
    from slogen.cli.forecasting import run_forecast  # noqa: PLC0415 (start-up)

    run_forecast(command_line, question, form, horizon, history)


@click.command(epilog=more("docs/reference/live.md"))
@PATHS
@PROMETHEUS
@selection
@click.option(
    "--override",
    metavar="REASON",
    callback=_reason,
    help="Let the deployment go on all the same; the reason is printed.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="Lines for people, or one JSON document for programs.",
)
@SCRAPE_INTERVAL
@NO_SCRIPTS
@PROJECT
@asking
def gate(command_line: CommandLine, question: Question, override: str, form: GateFormat) -> None:
    """Decide whether a deployment may go on, for pipelines.

    The exit code is 0 if it may; 1 if an error budget is exhausted or below a limit of
    [budget_policy] in the project file, or a page fires; and 4 if nobody knows: an SLO has no data
    or was never recorded, or Prometheus does not answer.

    \b
    Examples:
      slogen gate --service backend-api
      slogen gate --label tier=critical --format json
      slogen gate --service backend-api --override "fixes INC-4711"
    """  # noqa: D301 (the mark by which click keeps lines as they are)
    from slogen.cli.gating import run_gate  # noqa: PLC0415 (start-up)

    run_gate(command_line, question, form, override)
