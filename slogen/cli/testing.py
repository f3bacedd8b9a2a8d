"""``slogen test``: each SLO's rules put to the proof by promtool, and nothing written."""

from __future__ import annotations

import contextlib
import signal
import sys
import time
from typing import TYPE_CHECKING

import click

from slogen import api
from slogen.cli import junit, promtool
from slogen.cli.exits import Exit
from slogen.cli.projects import chosen_project
from slogen.cli.proving import proven
from slogen.cli.report import Progress, report
from slogen.cli.running import count, load, show

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from slogen.cli.promtool import Tool
    from slogen.cli.proving import SLOVerdict
    from slogen.cli.running import Choices
    from slogen.targets.built import Built


def run_test(choices: Choices, report_file: Path | None) -> None:
    """Print what comes out of the proof of each SLO, and exit with 1 if any of it failed.

    Raises:
        SlogenError: If an input cannot be compiled, promtool is missing, or a file not be written.
        click.UsageError: If there is nothing to build from.
    """
    project = chosen_project(choices)
    tool = promtool.find(project.promtool)
    rules = api.compiled(*load(project, choices))
    show(rules.findings, "text")
    began = time.monotonic()
    with _tidy_end():
        verdicts = list(_printed(rules.built, tool))
    if report_file:
        junit.write(report_file, verdicts)
    seconds = round(time.monotonic() - began)
    click.echo(f"{_summary(verdicts)}, promtool {tool.version}, {seconds}s", err=True)
    if not all(verdict.passed for verdict in verdicts):
        sys.exit(Exit.FINDINGS)


@contextlib.contextmanager
def _tidy_end() -> Iterator[None]:
    """Let SIGTERM, which a CI sends that has waited for too long, do what Ctrl-C does."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _printed(built: tuple[Built, ...], tool: Tool) -> Iterator[SLOVerdict]:
    """Print what comes out of each proof as soon as it is known, and yield it."""
    width = max(len(one.rules.slo_id) for one in built)
    progress = Progress(sys.stderr, len(built))
    with contextlib.closing(proven(built, tool)) as verdicts, contextlib.closing(progress):
        progress.show(0)
        for done, verdict in enumerate(verdicts, start=1):
            progress.close()
            click.echo(report(verdict, width).encode(), nl=False)
            sys.stdout.flush()
            progress.show(done)
            yield verdict


def _summary(verdicts: list[SLOVerdict]) -> str:
    scenarios = sum(len(verdict.verdicts) for verdict in verdicts)
    failed = sum(verdict.failed for verdict in verdicts)
    return f"{count(len(verdicts), 'SLO')}, {count(scenarios, 'scenario')}, {failed} failed"
