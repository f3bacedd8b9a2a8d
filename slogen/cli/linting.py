"""``slogen lint``: what is worth knowing about definitions, and nothing built."""

from __future__ import annotations

import linecache
import sys
from collections import Counter
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal, get_args

import attrs
import click

from slogen import __version__, api
from slogen.checks.given import Given
from slogen.cli import colors
from slogen.cli.diagnostics import rendered
from slogen.cli.exits import Exit
from slogen.cli.projects import chosen_project, lint_settings, project_of_file
from slogen.cli.running import count, read
from slogen.codes import CODES
from slogen.diagnostics import Severity
from slogen.errors import InputError
from slogen.lint import baseline
from slogen.lint.explained import as_json, explained
from slogen.lint.fixes import fix_files
from slogen.lint.merging import merged
from slogen.lint.outcome import Outcome, Question, outcome
from slogen.lint.sarif import as_sarif
from slogen.lint.selection import placed
from slogen.lint.text import paragraphs
from slogen.spelling import did_you_mean
from slogen.targets.output import explained as writing
from slogen.targets.output import replace

if TYPE_CHECKING:
    from slogen.cli.running import CommandLine
    from slogen.diagnostics import Diagnostic
    from slogen.model import Project

LintFormat = Literal["text", "json", "github", "sarif"]
_OF_CODES = {"text": explained, "json": as_json}
_MOST_ROUNDS = 100
"""How often fixes are made at most: of two that overlap one waits, and a file says 100 notes."""


@attrs.frozen(kw_only=True)
class LintOptions:
    """What the command line says about lint alone.

    Attributes:
        form: The form of findings on stdout.
        today: The day on which exceptions hold, or not.
        select: The codes that are shown; all if there is none.
        ignore: Codes that are not shown.
        baseline: The file of findings that are known, if there is one.
        new_baseline: Where findings are to be written that will be known.
        forbids_idle: Whether unused and expired exceptions are errors.
        fixes: Whether fixes are written into the definitions.
        given: What is said about traffic and servers; it goes before what the project says.
        prometheus: The address of a Prometheus that is asked, too; None to ask nobody.
    """

    form: LintFormat
    today: date
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    baseline: Path | None = None
    new_baseline: Path | None = None
    forbids_idle: bool = False
    fixes: bool = False
    given: Given = attrs.field(factory=Given)
    prometheus: str | None = None


def explain(name: str, form: LintFormat) -> None:
    """Print what a code means, why that matters and what to do.

    Raises:
        click.UsageError: If there is no such code, or it has no such form.
    """
    if form not in _OF_CODES:
        raise click.UsageError(f"--explain has the forms {' and '.join(_OF_CODES)}, not {form}")
    codes = {code.name: code for code in CODES}
    if name not in codes:
        listed = f"allowed: {', '.join(sorted(codes))}"
        raise click.UsageError(f"--explain is {name!r}\n{did_you_mean(name, codes) or listed}")
    click.echo(_OF_CODES[form](codes[name]).encode(), nl=False)


def run_lint(command_line: CommandLine, options: LintOptions) -> None:
    """Print what is found, and exit with what it is worth.

    Raises:
        OutputError: If a file cannot be written.
        click.UsageError: If there is nothing to read.
    """
    found = _outcome(command_line, options)
    fixed = 0
    for _ in range(_MOST_ROUNDS if options.fixes else 0):
        if not (made := fix_files(found.shown)):
            break
        fixed += made
        linecache.checkcache()
        found = _outcome(command_line, options)
    if options.new_baseline:
        if not found.has_errors:
            _write_baseline(options.new_baseline, found)
            return
        click.echo("slogen: no baseline written: correct the errors first", err=True)
    click.echo(_rendered(found.shown, options.form).encode(), nl=False)
    click.echo(f"slogen: {_summary(found, fixed)}", err=True)
    if found.exit is not Exit.FINE:
        sys.exit(found.exit)


def _outcome(command_line: CommandLine, options: LintOptions) -> Outcome:
    """Return what is found; what is wrong with the project file is a finding, too."""
    try:
        project = chosen_project(command_line)
        question = _question(project, command_line, options)
    except InputError as fault:
        return Outcome(shown=placed(fault.diagnostics))
    given = options.given.completed(question.settings.given)
    loaded = read(project, command_line)
    found = api.all_findings(loaded, project.settings, given)
    is_whole = not any(diagnostic.entry.stops_builds for diagnostic in found)
    if options.prometheus and is_whole:
        from slogen.cli.linting_live import live_findings  # noqa: PLC0415 (start-up)

        found = (*found, *live_findings(loaded, project, options.prometheus, given))
    return outcome(found, question)


def _question(project: Project, command_line: CommandLine, options: LintOptions) -> Question:
    # What is written anew holds what is known already, too.
    file = None if options.new_baseline else options.baseline
    return Question(
        settings=lint_settings(project),
        today=options.today,
        select=options.select,
        ignore=options.ignore,
        is_whole=not command_line.paths or not project_of_file(command_line).paths,
        forbids_idle=options.forbids_idle,
        known=baseline.loaded(file) if file else Counter(),
        folder=file.parent if file else Path(),
    )


def _rendered(diagnostics: tuple[Diagnostic, ...], form: LintFormat) -> str:
    if form == "sarif":
        return as_sarif(diagnostics, CODES, __version__)
    if form == "json":
        return rendered(diagnostics, form)
    read_by_people = merged(diagnostics)
    if form == "text":
        return colors.with_colored_severities(paragraphs(read_by_people), sys.stdout)
    return rendered(read_by_people, form)


def _write_baseline(file: Path, found: Outcome) -> None:
    text = baseline.dumped(found.shown, file.parent)
    with writing(file):
        replace(file, text)
    written = count(len(text.split("\n")) - 1, "finding")
    click.echo(f"slogen: {written} written to {file}", err=True)


def _summary(found: Outcome, fixed: int) -> str:
    severities = Counter(diagnostic.severity for diagnostic in found.shown)
    counts = [count(severities[name], name) for name in get_args(Severity) if severities[name]]
    fixable = sum(diagnostic.fix is not None for diagnostic in found.shown)
    more = {
        "fixed": fixed,
        "to be fixed by --fix": fixable,
        "hidden by exceptions": found.excepted,
        "in the baseline": found.known,
        "of the baseline not found": found.gone,
    }
    listed = [f"{number} {text}" for text, number in more.items() if number]
    return ", ".join([*(counts or ["nothing found"]), *listed])
