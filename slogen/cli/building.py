"""``slogen build``: from definitions to files, or to what would change in them."""

from __future__ import annotations

import contextlib
import difflib
import gc
import os
import re
import sys
from typing import TYPE_CHECKING

import attrs
import click

from slogen import api
from slogen.cli.exits import Exit
from slogen.cli.projects import chosen_project, chosen_targets, project_of_file
from slogen.cli.running import count, load, show
from slogen.formats import are_part

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from slogen.cli.running import CommandLine
    from slogen.rule_set import RuleSet
    from slogen.targets.output import Change


def run_build(
    command_line: CommandLine, *, check: bool, text: bool, prune: bool, exit_code: bool
) -> None:
    """Build and write, or show what would be written.

    Args:
        command_line: What was typed.
        check: Whether nothing is written, and what would change is shown.
        text: Whether the lines that would change are shown then.
        prune: Whether the rules of SLOs are removed that other files may define.
        exit_code: Whether it exits with 1 if a file was written or removed.

    Raises:
        SlogenError: If an input cannot be compiled, or the output not be written.
        click.UsageError: If a choice is missing.
    """
    project = chosen_project(command_line)
    if project.out is None:
        raise click.UsageError("no --out given, and no project file names an output folder")
    targets = chosen_targets(project)
    with _no_search_for_cycles():
        rules = api.compiled(*load(project, command_line))
    found = (*rules.findings, *rules.findings_for(targets, project.layout))
    removes = prune or not _is_part(command_line)
    if check:
        changes = rules.pending(project.out, targets, project.layout, prune=removes)
        show((*found, *rules.findings_of(changes)), command_line.form)
        _check(changes, rules, project.out, command_line, shows_text=text)
        return
    counts = _Counts()
    written = rules.write_each(project.out, targets, project.layout, prune=removes)
    made = counts.counted(written)
    show((*found, *rules.findings_of(made)), command_line.form)
    out = os.path.relpath(project.out)
    _say(f"{_summary(rules)} in {out}, {counts}", command_line)
    if exit_code and counts.written + counts.removed:
        _say(f"{out} was not up to date; it is now: add it to the commit", command_line)
        sys.exit(Exit.FINDINGS)


def _is_part(command_line: CommandLine) -> bool:
    """Tell whether other files than those of the command line may have rules in the output."""
    if not command_line.paths:
        return False
    whole = () if command_line.out else project_of_file(command_line).paths
    return are_part(command_line.paths, whole)


@attrs.define
class _Counts:
    """How many files were written, and how many were removed."""

    written: int = 0
    removed: int = 0

    def counted(self, changes: Iterable[Change]) -> Iterator[Change]:
        """Count changes while they pass, so that none has to be kept."""
        for change in changes:
            self.written += change.after is not None
            self.removed += change.after is None
            yield change

    def __str__(self) -> str:
        removed = f", {self.removed} removed" if self.removed else ""
        return f"{count(self.written, 'file')} written{removed}"


def _say(text: str, command_line: CommandLine) -> None:
    """Say how it ended, unless stderr is for a program."""
    if command_line.form != "json":
        click.echo(f"slogen: {text}", err=True)


@contextlib.contextmanager
def _no_search_for_cycles() -> Iterator[None]:
    """Let the collector rest: a build makes many objects and drops few of them."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _check(
    changes: tuple[Change, ...],
    rules: RuleSet,
    out: Path,
    command_line: CommandLine,
    *,
    shows_text: bool,
) -> None:
    """Show what would change on stdout, and exit with 1 if anything would."""
    if not changes:
        _say(f"{os.path.relpath(out)} is up to date", command_line)
        return
    from slogen.cli.diffing import changes_in_meaning  # noqa: PLC0415 (start-up)

    click.echo(changes_in_meaning(changes, rules).encode(), nl=False)
    if shows_text:
        lines = (line for change in changes for line in _diff(change, out))
        click.echo("".join(lines).encode(), nl=False)
    files = count(len(changes), "file")
    hint = "" if shows_text else "; --text shows the lines"
    _say(f"{files} in {os.path.relpath(out)} would change{hint}", command_line)
    sys.exit(Exit.FINDINGS)


def _diff(change: Change, out: Path) -> Iterator[str]:
    """Return a diff that ``patch`` and ``git apply`` can read."""
    name = f"{out.name}/{change.path}"
    old = "/dev/null" if change.before is None else f"a/{name}"
    new = "/dev/null" if change.after is None else f"b/{name}"
    lines = list(difflib.unified_diff(_lines(change.before), _lines(change.after), old, new))
    for line in lines or (f"--- {old}\n", f"+++ {new}\n"):
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _lines(text: str | None) -> list[str]:
    """Return the lines of a text with their ends: at line feeds, and nowhere else."""
    return [line for line in re.split(r"(?<=\n)", text or "") if line]


def _summary(rules: RuleSet) -> str:
    amount = sum(sum(one.compiled.sizes) for one in rules.built)
    return f"{count(len(rules.built), 'SLO')}, {count(amount, 'rule')}"
