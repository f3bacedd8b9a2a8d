"""``slogen init``: what is asked, and files that are written where there are none."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar, cast

import attrs
import click

from slogen.cli.running import count
from slogen.diagnostics import reason_of
from slogen.errors import InvalidValue, OutputError
from slogen.formats import find_project
from slogen.library import entries
from slogen.model import Service
from slogen.spelling import did_you_mean
from slogen.starter import Starter, StarterFile, starter_files
from slogen.starter.choices import CI, CIS, FORMS, Form

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from slogen.library.entry import Entry

T = TypeVar("T")

_SERVICE = "shop"
_NEXT = """\
Next:
  slogen build    write the rules
  slogen test     prove them with promtool
  slogen lint     say what is worth knowing about the definitions"""


@attrs.frozen(kw_only=True)
class Answers:
    """What the command line says, and whether the rest is asked for."""

    service: str | None
    owner: str | None
    runbook: str | None
    form: Form | None
    ci: CI | None
    entry: str | None
    asks: bool

    def starter(self) -> Starter:
        """Return what the project begins with.

        Raises:
            click.UsageError: If an answer cannot be.
        """
        entry = self._entry()
        name = self._said(self.service, "Service", _SERVICE)
        owner = self._said(self.owner, "Owner", f"team-{name}")
        runbook = self._said(self.runbook, "Runbook", "https://runbooks.example.com/")
        return Starter(
            service=_checked(lambda: Service(name, owner=owner, runbook=runbook, origin=None)),
            form=cast("Form", self._said(self.form, "Format", "yaml", FORMS)),
            ci=cast("CI", self._said(self.ci, "CI", "github", CIS)),
            entry=entry,
            arguments=self._arguments(entry) if entry else {},
        )

    def _entry(self) -> Entry | None:
        if self.entry is None:
            return None
        known = entries()
        if self.entry not in known:
            near = did_you_mean(self.entry, known) or f"entries: {', '.join(known)}"
            raise click.UsageError(f"--from: the library has no entry '{self.entry}'\n{near}")
        if legacy := known[self.entry].legacy:
            click.echo(f"slogen: {self.entry} is legacy: {legacy}", err=True)
        return known[self.entry]

    def _arguments(self, entry: Entry) -> Mapping[str, str]:
        given = {name: self._said(None, name, example) for name, example in entry.example.items()}
        _checked(lambda: entry.indicator(entry.arguments(**given)))
        return given

    def _said(
        self, given: str | None, what: str, default: str, words: Sequence[str] | None = None
    ) -> str:
        """Return what the command line says, or else an answer, or else the default."""
        if given is not None or not self.asks:
            return default if given is None else given
        choice = click.Choice(words) if words else None
        try:
            answer: str = click.prompt(what, default=default, type=choice, err=True)
        except click.Abort:
            raise click.UsageError("no answer came: --yes takes the defaults") from None
        return answer


def _checked(make: Callable[[], T]) -> T:
    """Return what is made of answers; refuse what cannot be as a mistake of the command line."""
    try:
        return make()
    except InvalidValue as fault:
        raise click.UsageError(str(fault)) from None


def run_init(folder: Path, answers: Answers) -> None:
    """Write the files of a project, and say what to do next.

    Raises:
        click.UsageError: If there is a project, or an answer cannot be.
        OutputError: If a file cannot be written.
    """
    _refuse_project(folder)
    files = starter_files(answers.starter())
    _refuse(folder, (file.path for file in files if not file.is_shared))
    written = [file for file in files if _written(folder, file)]
    for file in (file for file in files if file not in written):
        click.echo(f"# {folder / file.path} is there and stays; add this to it:\n{file.text}")
    click.echo(f"slogen: {count(len(written), 'file')} written", err=True)
    for file in written:
        click.echo(f"  {folder / file.path}", err=True)
    click.echo(_NEXT, err=True)


def _refuse_project(folder: Path) -> None:
    """Refuse to begin where a project file is; one in a folder above is another project's."""
    file = find_project(folder.absolute())
    if file and file.parent == folder.absolute():
        raise click.UsageError(f"{folder / file.name} is there already: nothing was written")


def _refuse(folder: Path, paths: Iterable[str]) -> None:
    """Refuse to begin where a project is."""
    for path in paths:
        file = folder / path
        if file.exists() or file.is_symlink():
            found = f"{file} is there already, and is not overwritten: nothing was written"
            raise click.UsageError(found)
        if file.parent.exists() and not file.parent.is_dir():
            raise click.UsageError(f"{file.parent} is no folder: nothing was written")


def _written(folder: Path, file: StarterFile) -> bool:
    """Write a file, unless there is one; tell whether it was written."""
    path = folder / file.path
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            opened = path.open("x", encoding="utf-8", newline="\n")
        except FileExistsError:
            return False
        with opened:
            opened.write(file.text)
    except OSError as error:
        raise OutputError(f"{path} cannot be written: {reason_of(error)}") from error
    return True
