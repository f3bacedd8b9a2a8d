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
    from collections.abc import Callable, Mapping

    from slogen.cli.answers import Answers

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
    top = _top(folder)
    place = Path(os.path.relpath(folder.resolve(), top.resolve())).as_posix()
    texts: dict[Path, str] = {}
    kept: dict[Path, str] = {}
    for file in starter_files(answers.starter("" if place == "." else place)):
        path = (top if file.is_shared else folder) / file.path
        _refuse(path, is_shared=file.is_shared)
        (kept if path.exists() else texts)[path] = file.text
    _write(texts)
    for path, text in kept.items():
        click.echo(f"# {path} is there and stays; add this to it:\n{text}")
    click.echo(f"slogen: {count(len(texts), 'file')} written", err=True)
    for path in texts:
        click.echo(f"  {path}", err=True)
    for path, text in (texts | kept).items():
        if REPOSITORY in text:
            where = path if path in texts else "what is to be added"
            said = f"Write in {where} where slogen is installed from: {REPOSITORY} is an example"
            click.echo(said, err=True)
    click.echo("Next:", err=True)
    if folder != Path():
        click.echo(f"  cd {shlex.quote(str(folder))}", err=True)
    click.echo(_NEXT, err=True)


def _refuse_project(folder: Path) -> None:
    """Refuse to begin where a project file is; one in a folder above is another project's."""
    file = find_project(folder.absolute())
    if file and file.parent == folder.absolute():
        raise click.UsageError(f"{folder / file.name} is there already: nothing was written")


def _top(folder: Path) -> Path:
    """Return the top of the git repository that a folder is in: hooks and workflows stand there.

    Outside of a repository it is the folder itself, as it was given.
    """
    resolved = folder.resolve()
    for above in resolved.parents if not (resolved / ".git").exists() else ():
        if (above / ".git").exists():
            return Path(os.path.relpath(above))
    return folder


def _refuse(path: Path, *, is_shared: bool) -> None:
    """Refuse to begin where a file is that would be written, or what is in its way."""
    if path.is_symlink() and not path.exists():
        _refuse_way(path, "is a link to nowhere")
    if path.exists() and not path.is_file():
        _refuse_way(path, "is no file")
    if path.exists() and not is_shared:
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


def _write(texts: Mapping[Path, str]) -> None:
    """Write files where there are none; if one cannot be written, take the others back."""
    with contextlib.ExitStack() as undo, explained():
        for path, text in texts.items():
            for parent in reversed([parent for parent in path.parents if not parent.exists()]):
                parent.mkdir()
                undo.callback(_taken_back, parent.rmdir)
            # Claimed before it is filled: a file that somebody writes meanwhile is not replaced.
            path.open("x").close()
            undo.callback(_taken_back, path.unlink)
            replace(path, text)
        undo.pop_all()


def _taken_back(undo: Callable[[], None]) -> None:
    """Undo a step, unless the file system refuses that, too."""
    with contextlib.suppress(OSError):
        undo()
