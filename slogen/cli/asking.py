"""What the commands have in common that ask a Prometheus: whom they ask, and about what."""

from __future__ import annotations

import contextlib
import os
import sys
import time
from datetime import datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING

import attrs
import click

from slogen.cli.projects import chosen_project, live_values
from slogen.cli.running import count, load
from slogen.cli.selecting import Selection
from slogen.errors import InvalidValue
from slogen.live.cache import CachedPrometheus
from slogen.live.client import Prometheus
from slogen.live.connection import ENVIRONMENT, connection
from slogen.live.readings import Fleet
from slogen.live.reporting import moment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slogen.cli.running import CommandLine
    from slogen.live.cache import AnswerCache
    from slogen.model import Project
    from slogen.plan import ResolvedSLO

_SECONDS_BEFORE_PROGRESS = 1.0


@attrs.frozen(kw_only=True)
class Question:
    """What the command line says about a question to a Prometheus.

    Attributes:
        url: Where it is; what else says so is taken if this is empty.
        selection: Which SLOs it is about.
        at: The moment; None for now.
        cache: The folder in which answers are kept; None for none.
        queries_per_second: How many queries the server gets in a second at most; None for no limit.
    """

    url: str = ""
    selection: Selection = attrs.field(factory=Selection)
    at: datetime | None = None
    cache: Path | None = None
    queries_per_second: float | None = None


def fleet_of(command_line: CommandLine, question: Question, progress: Progress) -> Fleet:
    """Return the SLOs that are asked about, and who is asked.

    Raises:
        SlogenError: If a definition is wrong, or the server's files or the extra are missing.
        click.UsageError: If nobody says where the Prometheus is, or which SLOs are meant.
    """
    chosen = chosen_slos(command_line, question)
    return fleet_about(chosen, command_line, question, progress)


def chosen_slos(command_line: CommandLine, question: Question) -> tuple[ResolvedSLO, ...]:
    """Return the SLOs that are asked about.

    Raises:
        SlogenError: If a definition is wrong.
        click.UsageError: If nobody says which SLOs are meant.
    """
    slos, _ = load(chosen_project(command_line), command_line)
    return question.selection.of(slos)


def fleet_about(
    slos: tuple[ResolvedSLO, ...],
    command_line: CommandLine,
    question: Question,
    progress: Progress,
) -> Fleet:
    """Return some SLOs with whoever is asked about them; it fails as `fleet_of` does."""
    try:
        at = moment(question.at)
    except InvalidValue as fault:
        raise click.UsageError(f"--at is {fault.found}; allowed: {fault.allowed}") from None
    return Fleet(
        prometheus=prometheus_of(chosen_project(command_line), question),
        slos=slos,
        at=at,
        asked=progress.step,
    )


def prometheus_of(project: Project, question: Question) -> Prometheus:
    """Return the Prometheus that is to be asked.

    Raises:
        InvalidValue: If an environment variable is wrong, or a token cannot be read.
        OutputError: If answers cannot be kept.
        click.UsageError: If nobody says where it is.
    """
    found = connection(live_values(project), os.environ, question.url)
    if found is None:
        raise click.UsageError(
            f"no Prometheus given: use --prometheus, set {ENVIRONMENT}URL,\n"
            "or write url into the table [live] of the project file"
        )
    pace = question.queries_per_second
    if question.cache is None:
        return Prometheus(found, queries_per_second=pace)
    return CachedPrometheus(found, question.cache, queries_per_second=pace)


class Progress:
    """One line on a terminal that says how far questions are, once they take longer than a second.

    Nothing is written where there is no terminal.
    """

    def __init__(self, stream: IO[str] | None = None) -> None:
        """Write to a stream, or else to stderr."""
        self._stream = stream or sys.stderr
        self._since = time.monotonic()
        self._done = 0
        self._width = 0

    def step(self) -> None:
        """Say that one more query was answered."""
        self._done += 1
        if time.monotonic() - self._since >= _SECONDS_BEFORE_PROGRESS:
            self._write(f"slogen: {self._done} answers from Prometheus")

    def close(self) -> None:
        """Leave the line empty for what is printed next."""
        if self._width:
            self._write("")

    def _write(self, text: str) -> None:
        if self._stream.isatty():
            self._stream.write(f"\r{' ' * self._width}\r{text}")
            self._stream.flush()
            self._width = len(text)


@contextlib.contextmanager
def resumable(prometheus: Prometheus, progress: Progress) -> Iterator[None]:
    """Say at the end, and where somebody interrupts, what stands in the cache, if there is one."""
    cache = prometheus.cache if isinstance(prometheus, CachedPrometheus) else None
    try:
        yield
    except KeyboardInterrupt:
        progress.close()
        if cache:
            click.echo(f"{_in_cache(cache)}; the same command goes on from there", err=True)
        raise
    if cache:
        progress.close()
        click.echo(_in_cache(cache), err=True)


def _in_cache(cache: AnswerCache) -> str:
    found, kept = count(cache.found, "answer"), cache.kept
    return f"{found} read from {cache.folder}, {kept} added to it"
