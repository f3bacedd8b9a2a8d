"""``slogen init``: files that are written where there are none, all of them or none."""

from __future__ import annotations

import contextlib
import os
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import click

from slogen.cli.running import count
from slogen.formats import find_project
from slogen.starter import REPOSITORY, starter_files
from slogen.targets.output import explained, replace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from slogen.cli.answers import Answers
    from slogen.starter import StarterFile

_NEXT = """\
  slogen build    write the rules
  slogen test     prove them with promtool
  slogen lint     say what is worth knowing about the definitions"""


def run_init(folder: Path, answers: Answers) -> None:
    """Write the files of a project, and say what to do next.

    Raises:
        click.UsageError: If there is a project, something stands where a file or a folder has to
            be, or an answer cannot be.
        OutputError: If a file cannot be written; then none is.
    """
    _refuse_project(folder)
    files = starter_files(answers.starter())
    _refuse(folder, files)
    new = [file for file in files if not (folder / file.path).exists()]
    _write(folder, new)
    for file in (file for file in files if file not in new):
        click.echo(f"# {folder / file.path} is there and stays; add this to it:\n{file.text}")
    click.echo(f"slogen: {count(len(new), 'file')} written", err=True)
    for file in new:
        click.echo(f"  {folder / file.path}", err=True)
    for file in (file for file in files if REPOSITORY in file.text):
        where = "in what to add" if file not in new else f"in {folder / file.path}"
        click.echo(
            f"Write {where} where slogen is installed from: {REPOSITORY} is an example", err=True
        )
    click.echo("Next:", err=True)
    if folder != Path():
        click.echo(f"  cd {shlex.quote(str(folder))}", err=True)
    click.echo(_NEXT, err=True)


def _refuse_project(folder: Path) -> None:
    """Refuse to begin where a project file is; one in a folder above is another project's."""
    file = find_project(folder.absolute())
    if file and file.parent == folder.absolute():
        raise click.UsageError(f"{folder / file.name} is there already: nothing was written")


def _refuse(folder: Path, files: Iterable[StarterFile]) -> None:
    """Refuse to begin where a file is that would be written, or what is in its way."""
    for file in files:
        path = folder / file.path
        if path.is_symlink() and not path.exists():
            _refuse_way(path, "is a link to nowhere")
        if path.exists() and not path.is_file():
            _refuse_way(path, "is no file")
        if path.exists() and not file.is_shared:
            found = f"{path} is there already, and is not overwritten: nothing was written"
            raise click.UsageError(found)
        _refuse_parents(path)


def _refuse_parents(path: Path) -> None:
    """Refuse a path whose folders cannot be made, or not be written to."""
    above = next(parent for parent in path.absolute().parents if os.path.lexists(parent))
    shown = _as_given(above, path)
    if not above.exists():
        _refuse_way(shown, "is a link to nowhere")
    if not above.is_dir():
        _refuse_way(shown, "is no folder")
    if not path.exists() and not os.access(above, os.W_OK | os.X_OK):
        raise click.UsageError(f"{shown} cannot be written to: nothing was written")


def _as_given(above: Path, path: Path) -> Path:
    """Return a folder above a path in the words of the path."""
    steps = len(path.absolute().parts) - len(above.parts)
    return path.parents[steps - 1] if steps <= len(path.parents) else above


def _refuse_way(path: Path, what: str) -> None:
    raise click.UsageError(f"{path} {what}: nothing was written; move it away")


def _write(folder: Path, files: Iterable[StarterFile]) -> None:
    """Write files where there are none; if one cannot be written, take the others back."""
    with contextlib.ExitStack() as undo, explained():
        for file in files:
            path = folder / file.path
            for parent in reversed([parent for parent in path.parents if not parent.exists()]):
                parent.mkdir()
                undo.callback(_taken_back, parent.rmdir)
            # Claimed before it is filled: a file that somebody writes meanwhile is not replaced.
            path.open("x").close()
            undo.callback(_taken_back, path.unlink)
            replace(path, file.text)
        undo.pop_all()


def _taken_back(undo: Callable[[], None]) -> None:
    """Undo a step, unless the file system refuses that, too."""
    with contextlib.suppress(OSError):
        undo()
