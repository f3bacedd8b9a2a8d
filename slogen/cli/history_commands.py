"""``slogen backtest`` and ``backfill``. What they need is imported when they run."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from slogen.cli.live_commands import asking
from slogen.cli.live_options import AT, PROMETHEUS, selection
from slogen.cli.options import NO_SCRIPTS, PATHS, PROJECT, SCRAPE_INTERVAL, more

if TYPE_CHECKING:
    from slogen.cli.asking import Question
    from slogen.cli.backtesting import BacktestFormat
    from slogen.cli.running import CommandLine

_MOST_DAYS = 400
_FEWEST_QUERIES, _MOST_QUERIES = 0.01, 1_000.0


def _zone(context: click.Context, option: click.Parameter, value: str) -> ZoneInfo:
    """Return a time zone."""
    try:
        return ZoneInfo(value)
    except (ValueError, OSError, KeyError):
        allowed = "a name such as UTC or Europe/Berlin"
        raise click.BadParameter(f"{value!r}; allowed: {allowed}", context, option) from None


@click.command(epilog=more("docs/reference/backtest.md"))
@PATHS
@PROMETHEUS
@selection
@AT
@click.option(
    "--days",
    type=click.IntRange(1, _MOST_DAYS),
    default=30,
    show_default=True,
    help="How many days until now, or until --at, are replayed.",
)
@click.option(
    "--incidents",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="When the service was bad, as CSV with the columns start and end, and name if wanted: "
    "says which incidents were caught, and which pages are false.",
)
@click.option(
    "--timezone",
    "zone",
    metavar="NAME",
    default="UTC",
    show_default=True,
    callback=_zone,
    help="Where those live who are paged: a night is from 22 to 7 there.",
)
@click.option(
    "--raw",
    is_flag=True,
    help="Evaluate the rules' expressions over raw series, also where something is recorded.",
)
@click.option(
    "--against",
    metavar="FILE|REV",
    help="Replay other definitions over the same counts, too, and say what differs: a file or "
    "folder, or else a revision of the repository.",
)
@click.option(
    "--cache",
    metavar="FOLDER",
    type=click.Path(file_okay=False, path_type=Path),
    help="Keep answers about days that are over in this folder, and read them from there the next "
    "time: after an interruption, or with other definitions.",
)
@click.option(
    "--queries-per-second",
    "queries_per_second",
    metavar="NUMBER",
    type=click.FloatRange(_FEWEST_QUERIES, _MOST_QUERIES),
    default=10.0,
    show_default=True,
    help="How many queries the server gets in a second at most; one is sent after the other.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "markdown", "json", "svg"]),
    default="text",
    show_default=True,
    help="Tables for people, a comment on a pull request, one JSON document for programs, or a "
    "picture of the time without script.",
)
@SCRAPE_INTERVAL
@NO_SCRIPTS
@PROJECT
@asking
def backtest(  # noqa: PLR0913 (an option each)
    command_line: CommandLine,
    question: Question,
    *,
    days: int,
    incidents: Path | None,
    zone: ZoneInfo,
    raw: bool,
    against: str | None,
    cache: Path | None,
    queries_per_second: float,
    form: BacktestFormat,
) -> None:
    """Say when the burn-rate alerts of SLOs would have fired.

    The base series that the rules recorded are read once, and the alerts are evaluated here, by
    the objective and the tiers that the definitions have now. Where nothing is recorded, the
    expressions of the rules are evaluated over raw series. Without a file of incidents nothing is
    judged. It needs the extra slogen[history].

    \b
    Examples:
      slogen backtest --slo shop-availability --days 30
      slogen backtest --slo shop-availability --raw
      slogen backtest --against main --format markdown
      slogen backtest --against main --format svg > backtest.svg
      slogen backtest --cache ~/.cache/slogen --at 2026-11-26
      slogen backtest slos/ --incidents incidents.csv --timezone Europe/Berlin
    """  # noqa: D301 (the mark by which click keeps lines as they are)
    import attrs  # noqa: PLC0415 (start-up)

    from slogen.live.replay.extra import need_numpy  # noqa: PLC0415 (start-up)

    need_numpy()
    from slogen.cli.backtesting import run_backtest  # noqa: PLC0415 (start-up)

    run_backtest(
        command_line,
        attrs.evolve(question, cache=cache, queries_per_second=queries_per_second),
        form,
        days=days,
        incidents=incidents,
        zone=zone,
        raw=raw,
        against=against,
    )


@click.command(epilog=more("docs/reference/backfill.md"))
@PATHS
@PROMETHEUS
@selection
@AT
@click.option(
    "--days",
    type=click.IntRange(1, _MOST_DAYS),
    help="How far back the past goes, in days until now.  [default: the window of each SLO, and "
    "a day more]",
)
@click.option(
    "--out",
    metavar="FILE",
    type=click.Path(path_type=Path),
    default=Path("backfill.om"),
    show_default=True,
    help="The file that is written. It must not exist.",
)
@click.option(
    "--all-samples",
    is_flag=True,
    help="Write base series for all of the time, and not only for the 6h that the rules read.",
)
@SCRAPE_INTERVAL
@NO_SCRIPTS
@PROJECT
@asking
def backfill(
    command_line: CommandLine,
    question: Question,
    *,
    days: int | None,
    out: Path,
    all_samples: bool,
) -> None:
    """Write what the rules of new SLOs would have recorded before.

    The rules have to run for four hours first. Their expressions are evaluated over raw series,
    until the evaluation before the first that they recorded. The file is OpenMetrics. On stdout
    are the commands by which promtool makes blocks of it, and a Prometheus takes them: then long
    windows, budgets and alerts are right from the next evaluation on.

    \b
    Examples:
      slogen backfill --slo shop-availability
      slogen backfill slos/ --days 90 --out /tmp/shop.om
    """  # noqa: D301 (the mark by which click keeps lines as they are)
    from slogen.cli.backfilling import run_backfill  # noqa: PLC0415 (start-up)

    run_backfill(command_line, question, days=days, out=out, all_samples=all_samples)
