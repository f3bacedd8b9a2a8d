"""The commands. What they need is imported when they run, so that ``--version`` is quick."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from slogen import __version__
from slogen.cli.exits import Exit

if TYPE_CHECKING:
    from collections.abc import Iterator

_HELP = """\
Compile service level objectives into Prometheus rules.

\b
Exit codes:
  0    fine
  1    findings, or stale output
  2    the command line is wrong
  3    an input cannot be compiled; nothing was written
  4    could not be decided, such as a disk that is full
  130  interrupted
"""


@click.group(help=_HELP, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="slogen %(version)s")
def main() -> None:
    """Run the command line."""


def _duration(context: click.Context, option: click.Parameter, value: str | None) -> str | None:
    """Refuse what is no duration as a mistake of the command line."""
    from slogen.errors import InvalidValue  # noqa: PLC0415 (start-up)
    from slogen.model import Settings  # noqa: PLC0415 (start-up)
    from slogen.plan import Timing  # noqa: PLC0415 (start-up)

    try:
        Timing.of(Settings(scrape_interval=value))
    except InvalidValue as fault:
        raise click.BadParameter(
            f"{fault.found}; allowed: {fault.allowed}", context, option
        ) from None
    return value


@main.command()
@click.argument(
    "paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(path_type=Path)
)
@click.option(
    "--out",
    required=True,
    metavar="DIR",
    type=click.Path(file_okay=False, path_type=Path),
    help="The folder to write below; rules go to DIR/prometheus/<service>.yaml.",
)
@click.option(
    "--scrape-interval",
    metavar="DURATION",
    callback=_duration,
    help="How often Prometheus scrapes, where the scripts do not say it.  [default: 30s]",
)
def build(paths: tuple[Path, ...], out: Path, scrape_interval: str | None) -> None:
    r"""Build rule files from scripts and folders of scripts.

    A PATH is a Python script with SLO objects at module level, or a folder of such scripts; there,
    files that begin with an underscore are helpers for the others to import.

    \b
    Example:
      slogen build slos/ --out build
      promtool check rules build/prometheus/*.yaml
    """
    with _exit_codes():
        _build(paths, out, scrape_interval)


def _build(paths: tuple[Path, ...], out: Path, scrape_interval: str | None) -> None:
    from slogen import api  # noqa: PLC0415 (start-up)
    from slogen.model import Settings  # noqa: PLC0415 (start-up)

    with _stdout_to_stderr():
        slos = api.load(*paths)
    settings = Settings(scrape_interval=scrape_interval, origin=None)
    built = api.build(slos, settings)
    for finding in built.findings:
        click.echo(finding, err=True)
    files, changed = built.render(), built.write(out)
    rules = sum(len(group.rules) for slo in built.rules for group in slo.groups)
    counts = (_count(len(built.slos), "SLO"), _count(rules, "rule"), _count(len(files), "file"))
    click.echo(f"slogen: {', '.join(counts)} in {out}, {len(changed)} changed", err=True)


@contextlib.contextmanager
def _stdout_to_stderr() -> Iterator[None]:
    """Keep stdout for artefacts: what scripts and the programs that they start print is none."""
    sys.stdout.flush()
    saved = os.dup(1)
    os.dup2(2, 1)
    try:
        with contextlib.redirect_stdout(sys.stderr):
            yield
    finally:
        os.dup2(saved, 1)
        os.close(saved)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


@contextlib.contextmanager
def _exit_codes() -> Iterator[None]:
    """Turn slogen's errors into text on stderr and the exit code that stands for them."""
    from slogen.errors import InputError, OutputError  # noqa: PLC0415 (start-up)

    try:
        yield
    except InputError as fault:
        _stop(fault.diagnostic(), Exit.INPUT)
    except OutputError as fault:
        _stop(f"error: {fault}", Exit.UNDECIDED)
    except KeyboardInterrupt:
        _stop("interrupted", Exit.INTERRUPTED)


def _stop(text: str, code: Exit) -> NoReturn:
    click.echo(text, err=True)
    sys.exit(code)
