"""What every command does around its work: what the command line says, loading, exit codes."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import attrs
import click

from slogen import api
from slogen.cli import colors
from slogen.cli.diagnostics import Format, rendered
from slogen.cli.exits import Exit
from slogen.errors import SlogenError
from slogen.formats import load_paths
from slogen.model import Settings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from slogen.diagnostics import Diagnostic
    from slogen.formats import Loaded
    from slogen.model import Project
    from slogen.plan import ResolvedSLO


@attrs.frozen(kw_only=True)
class CommandLine:
    """What the command line says; what it leaves open is taken from the project file.

    ``form`` is the form of diagnostics.
    """

    paths: tuple[Path, ...] = ()
    out: Path | None = None
    targets: tuple[str, ...] = ()
    layout: str | None = None
    scrape_interval: str | None = None
    promtool: str | None = None
    scripts: bool = True
    project: Path | None = None
    form: Format = "text"

    def over(self, project: Project) -> Project:
        """Return a project in which the command line's word counts."""
        interval = Settings(scrape_interval=self.scrape_interval, origin=None)
        return attrs.evolve(
            project,
            paths=self.paths or project.paths,
            out=self.out or project.out,
            targets=self.targets or project.targets,
            layout=self.layout or project.layout,
            promtool=self.promtool or project.promtool,
            settings=interval.over(project.settings),
        )


def load(
    project: Project, command_line: CommandLine
) -> tuple[tuple[ResolvedSLO, ...], tuple[Diagnostic, ...]]:
    """Return the SLOs of a project with every choice made.

    Raises:
        InputError: If anything is wrong with them; the faults of all files together.
    """
    return api.resolved(read(project, command_line), project.settings)


def read(project: Project, command_line: CommandLine) -> Loaded:
    """Return what the files of a project hold; what scripts print goes to stderr."""
    with _stdout_to_stderr():
        return load_paths(project.paths, scripts=command_line.scripts)


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


def count(amount: int, noun: str) -> str:
    """Return a number of things.

    >>> count(1, "SLO"), count(2, "SLO")
    ('1 SLO', '2 SLOs')
    """
    return f"{amount} {noun}" if amount == 1 else f"{amount} {noun}s"


@contextlib.contextmanager
def exit_codes(form: Format = "text") -> Iterator[None]:
    """Turn slogen's errors into text on stderr and the exit code that stands for them."""
    try:
        yield
    except SlogenError as fault:
        show(fault.diagnostics, form)
        sys.exit(fault.entry.exit)
    except KeyboardInterrupt:
        click.echo("interrupted", err=True)
        sys.exit(Exit.INTERRUPTED)


def show(diagnostics: Iterable[Diagnostic], form: Format) -> None:
    """Print on stderr what there is to say; in JSON, also if it is nothing."""
    text = rendered(diagnostics, form)
    if form == "text":
        text = colors.with_colored_severities(text, sys.stderr)
    click.echo(text, err=True, nl=False, color=True)
