"""How files get to the disk: only slogen's own are touched, each in one step, none half-written."""

from __future__ import annotations

import contextlib
import os
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from slogen.diagnostics import reason_of
from slogen.errors import ForeignFile, OutputError
from slogen.targets.files import (
    MANIFEST,
    MARK_WITHIN,
    File,
    check_names,
    is_ours,
    manifest,
    manifest_paths,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

try:
    import fcntl
except ImportError:  # Windows, where two builds at once are not told apart
    fcntl = None  # type: ignore[assignment]

TEMPORARY = ".slogen-tmp"
"""How the names of files end that are not yet in their places."""
_WAIT_SECONDS = 60
_PAUSE_SECONDS = 0.05


@attrs.frozen
class Change:
    """A file that is not as it should be.

    Attributes:
        path: Below the output folder.
        before: What it holds; None if it does not exist.
        after: What it should hold; None if it should not exist.
    """

    path: str
    before: str | None
    after: str | None


@attrs.frozen
class Plan:
    """What a build does below a folder, known before any file is rendered.

    Attributes:
        out: The folder.
        steps: What is done to each file, in this order.
        manifest: The change of the manifest, which comes last.
    """

    out: Path
    steps: tuple[_Step, ...]
    manifest: Change

    def changes(self) -> Iterator[Change]:
        """Yield what has to change, file by file: each is rendered when it is its turn."""
        with explained(otherwise=self.out):
            for step in self.steps:
                change = step.change(self.out)
                if change.before != change.after:
                    yield change
        if self.manifest.before != self.manifest.after:
            yield self.manifest

    def written(self) -> Iterator[Change]:
        """Make the changes, and yield each that was made.

        Whenever this is interrupted, the next build finishes what it began: while it runs the
        manifest names the old files and the new ones, so that none is ever forgotten.

        Raises:
            OutputError: If the file system refuses.
        """
        before, after = self.manifest.before, self.manifest.after
        with explained(otherwise=self.out):
            for number, change in enumerate(self.changes()):
                if not number and before != after:
                    owned = manifest((*_owned(before), *_owned(after)))
                    replace(self.out / MANIFEST, owned.text)
                if change.after is None:
                    _remove(self.out, change.path)
                else:
                    replace(self.out / change.path, change.after)
                yield change


@attrs.frozen
class _Step:
    """What is done to a file.

    Attributes:
        path: Below the output folder.
        file: What it is to be; None if it is to go.
        is_renamed: Whether the case of its name changes: then it is written whatever it holds.
    """

    path: str
    file: File | None
    is_renamed: bool = False

    def check(self, out: Path) -> None:
        """Refuse a file that slogen did not write."""
        head = _read(out, self.path, 4 * MARK_WITHIN)
        if self.file is not None and not self._is_free(head):
            raise ForeignFile(os.path.relpath(out / self.path))

    def change(self, out: Path) -> Change:
        """Return the change; it is none where what is to go is not slogen's."""
        before = _read(out, self.path)
        if self.file is None:
            return Change(self.path, before, None if self._is_free(before) else before)
        return Change(self.path, None if self.is_renamed else before, self.file.text)

    def _is_free(self, text: str | None) -> bool:
        return text is None or is_ours(text) or self.path.endswith(TEMPORARY)


def plan(files: Iterable[File], out: Path, targets: Iterable[str]) -> Plan:
    """Return what has to be done below a folder, in this order.

    Files that an earlier build of these targets left, and that no longer belong, are to go; so
    are the temporary files of a build that was interrupted. The manifest comes last.

    Raises:
        ForeignFile: If a file that slogen did not write stands in the way.
        OutputError: If names clash, a link leads out of the folder, or a file cannot be read.
    """
    with explained(otherwise=out):
        wanted = {file.path: file for file in files}
        check_names(wanted)
        folders = {f"{target}/" for target in targets}
        before = _read(out, MANIFEST)
        kept = [path for path in _owned(before) if not path.startswith(tuple(folders))]
        stale = sorted({*_owned(before)} - {*kept} - {*wanted})
        renamed = _renamed(wanted, stale)
        steps = [_Step(path, None) for path in stale if path.casefold() in renamed]
        steps += [_Step(p, wanted[p], p.casefold() in renamed) for p in sorted(wanted)]
        steps += [_Step(path, None) for path in stale if path.casefold() not in renamed]
        steps += [_Step(path, None) for path in sorted(_left_over(out, folders))]
        for step in steps:
            step.check(out)
        last = _Step(MANIFEST, manifest([*kept, *wanted]))
        last.check(out)
        return Plan(out, tuple(steps), last.change(out))


def pending(files: Iterable[File], out: Path, targets: Iterable[str]) -> tuple[Change, ...]:
    """Return what has to change below a folder; see `plan`."""
    return tuple(plan(files, out, targets).changes())


@contextlib.contextmanager
def exclusive(out: Path) -> Iterator[None]:
    """Let one build at a time write below a folder, which is made if it does not exist.

    Raises:
        OutputError: If another build does not finish within a minute, or nothing can be locked.
    """
    with explained(otherwise=out):
        out.mkdir(parents=True, exist_ok=True)
    if fcntl is None:
        yield
        return
    with explained(otherwise=out):
        handle = os.open(out, os.O_RDONLY)
    try:
        with explained(otherwise=out):
            _lock(handle, out)
        yield
    finally:
        os.close(handle)


def _lock(handle: int, out: Path) -> None:
    deadline = time.monotonic() + _WAIT_SECONDS
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > deadline:
                raise OutputError(f"another build is still writing to {out}") from None
            time.sleep(_PAUSE_SECONDS)
        else:
            return


def _owned(text: str | None) -> tuple[str, ...]:
    return manifest_paths(text or "")


def _renamed(wanted: Iterable[str], stale: Iterable[str]) -> frozenset[str]:
    """Return the names of files whose case alone has changed.

    Where a file system ignores case the old file is in the place of the new one: it has to go
    first, and the new one to be written whatever the old one holds.
    """
    return frozenset(map(str.casefold, wanted)) & frozenset(map(str.casefold, stale))


def _read(out: Path, path: str, size: int = -1) -> str | None:
    """Return what a file holds, or how it begins; None if it does not exist.

    Raises:
        OutputError: If it is a link, or a link leads out of the folder on the way to it, or it is
            a pipe or another thing that cannot be read to its end.
    """
    full = out / path
    if full.is_symlink() or not full.parent.resolve().is_relative_to(out.resolve()):
        raise OutputError(
            f"{full} is a link, or leads through one out of {out}; nothing is written",
            remedy="remove the link, or choose another --out",
        )
    if full.exists() and not (full.is_file() or full.is_dir()):
        raise OutputError(f"{full} is in the way: it is no file", remedy="move it away")
    try:
        with full.open("rb") as stream:
            return stream.read(size).decode(errors="replace")
    except FileNotFoundError:
        return None


def _left_over(out: Path, folders: Iterable[str]) -> list[str]:
    """Return the temporary files of builds that were interrupted."""
    places = [out, *(out / folder for folder in folders)]
    found = (file for place in places for file in place.glob(f".*{TEMPORARY}"))
    return [file.relative_to(out).as_posix() for file in found if file.is_file()]


def replace(path: Path, text: str) -> None:
    """Put a whole file in the place of another one: a reader sees the old or the new one.

    Folders that are missing are made; a file keeps its permissions.

    Raises:
        OSError: If the file system refuses; `explained` makes an error for people of it.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=TEMPORARY)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(text.encode())
        temporary.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _remove(out: Path, path: str) -> None:
    """Remove a file, and the folders that are empty without it."""
    (out / path).unlink(missing_ok=True)
    for folder in (out / path).relative_to(out).parents:
        with contextlib.suppress(OSError):
            if folder != Path():
                (out / folder).rmdir()


@contextlib.contextmanager
def explained(
    place: Path | None = None, otherwise: Path | str = "a temporary file"
) -> Iterator[None]:
    """Turn what the file system refuses into an error that names the file and the reason.

    Args:
        place: The file, where that is known.
        otherwise: What is named where neither this nor the file system's error knows the file.

    Raises:
        OutputError: If the file system refuses.
    """
    try:
        yield
    except OSError as error:
        file = place or error.filename or otherwise
        raise OutputError(f"cannot write {file}: {reason_of(error)}") from error
