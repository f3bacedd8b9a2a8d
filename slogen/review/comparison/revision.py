"""The files of a revision of a git repository, in a folder of their own.

All files are there, so that scripts find what they import and what definitions inherit, also those
of submodules that are checked out. The repositories and their indexes stay as they are.
"""

from __future__ import annotations

import linecache
import os
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

import attrs

from slogen.diagnostics import Code, Diagnostic
from slogen.errors import InputError, SlogenError, ToolMissing
from slogen.exits import Exit

if TYPE_CHECKING:
    from collections.abc import Iterator

_SUBMODULE = "160000"
"""The mode of a submodule in an index."""
_ITS_OWN = ("--git-dir", ".git", "--work-tree", ".")
_REMEDIES = ("install git, or compare two folders: slogen diff OLD NEW",)


@attrs.define(eq=False, str=False)
class UnknownRevision(SlogenError):
    """There is no such revision, or no repository.

    Attributes:
        revision: What was asked for.
        reason: What git says about it.
    """

    entry: ClassVar[Code] = Code.error(
        "unknown-revision",
        "git does not know a revision, or there is no repository",
        Exit.UNDECIDED,
    )

    revision: str
    reason: str

    @property
    def diagnostic(self) -> Diagnostic:
        """What was asked for, and what git says."""
        return Diagnostic(
            entry=self.entry,
            found=f"git cannot read the revision {self.revision!r}: {self.reason}",
            allowed="a branch, a tag or a commit of the repository that holds this folder",
            remedy="see git log; a clone that is shallow has few of them: git fetch --unshallow",
        )


@attrs.define(eq=False, str=False)
class RevisionFaults(InputError):
    """What is wrong with the files of a revision, placed there.

    Attributes:
        placed: What is wrong; the places begin with the revision, as git writes them.
    """

    placed: tuple[Diagnostic, ...]

    @classmethod
    def of(cls, fault: InputError, revision: str) -> RevisionFaults:
        """Return faults with places that hold when the files are gone."""
        return cls(tuple(_placed(diagnostic, revision) for diagnostic in fault.diagnostics))

    @property
    def diagnostic(self) -> Diagnostic:
        """The first of them."""
        return self.placed[0]

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """All of them."""
        return self.placed


def _placed(diagnostic: Diagnostic, revision: str) -> Diagnostic:
    place = diagnostic.position
    if place is None:
        return attrs.evolve(diagnostic, found=f"in {revision}: {diagnostic.found}")
    source = place.source
    if source is None:
        source = linecache.getline(place.file, place.line)
    there = attrs.evolve(place, file=f"{revision}:{place.file}", source=source)
    return attrs.evolve(diagnostic, origin=there, argument=None, part=None)


@attrs.frozen
class Revision:
    """The files of a revision.

    Attributes:
        name: What it was asked for as.
        root: The folder that holds them, as the repository does.
        folder: The folder in it that stands for this one.
        repository: The folder of the repository itself.
    """

    name: str
    root: Path
    folder: Path
    repository: Path

    def path(self, path: Path) -> Path:
        """Return where a file or folder of the repository is among these; others stay.

        Args:
            path: Relative to this folder, or absolute.
        """
        absolute = Path(os.path.normpath(Path.cwd().resolve() / path))
        is_there = absolute.is_relative_to(self.root)
        if is_there or not absolute.is_relative_to(self.repository):
            return path
        return self.root / absolute.relative_to(self.repository)


@contextmanager
def files_of(revision: str) -> Iterator[Revision]:
    """Put the files of a revision into a folder that is removed in the end.

    Raises:
        UnknownRevision: If git does not know it, or there is no repository.
        ToolMissing: If there is no git.
    """
    top = Path(_git(revision, "rev-parse", "--show-toplevel").rstrip("\n")).resolve()
    commit = _git(revision, "rev-parse", "--verify", "--end-of-options", f"{revision}^{{commit}}")
    scratch = Path(tempfile.mkdtemp(prefix="slogen-")).resolve()
    try:
        root = scratch / "files"
        _Copying(revision, scratch / "index").copy(top, commit.strip(), root)
        here = root / Path.cwd().resolve().relative_to(top)
        here.mkdir(parents=True, exist_ok=True)
        yield Revision(name=revision, root=root, folder=here, repository=top)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


@attrs.frozen
class _Copying:
    """Puts files of a revision elsewhere.

    Attributes:
        revision: What was asked for.
        index: An index that is nobody's, for git.
    """

    revision: str
    index: Path

    def copy(self, repository: Path, commit: str, folder: Path, *options: str) -> None:
        """Put the files of a commit into a folder, and those of submodules that are here.

        Args:
            repository: The folder of the repository.
            commit: The commit.
            folder: To be filled.
            options: For git, where its variables are those of another repository, as in a hook.
        """
        within = ("-C", str(repository), *options)
        self._git(*within, "read-tree", commit)
        self._git(*within, "checkout-index", "--all", "--quiet", f"--prefix={folder}{os.sep}")
        for entry in self._git(*within, "ls-files", "--stage", "-z").split("\0"):
            details, _, path = entry.partition("\t")
            mode, *others = details.split(" ")
            if mode == _SUBMODULE and (repository / path / ".git").exists():
                try:
                    self.copy(repository / path, others[0], folder / path, *_ITS_OWN)
                except UnknownRevision as fault:
                    reason = f"submodule {path}: {fault.reason}"
                    raise UnknownRevision(self.revision, reason) from fault

    def _git(self, *arguments: str) -> str:
        return _git(self.revision, *arguments, GIT_INDEX_FILE=str(self.index))


def _git(revision: str, *arguments: str, **environment: str) -> str:
    """Run git, and return what it prints."""
    git = shutil.which("git")
    if git is None:
        raise ToolMissing("git", "no git on PATH", _REMEDIES)
    # Large files that git keeps elsewhere are no definitions.
    variables = {**os.environ, "GIT_LFS_SKIP_SMUDGE": "1", "LC_ALL": "C", **environment}
    done = subprocess.run(  # noqa: S603 (git, found on PATH)
        [git, *arguments], capture_output=True, check=False, env=variables
    )
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        reason = said[0].removeprefix("fatal: ") if said else f"it ended with {done.returncode}"
        raise UnknownRevision(revision, reason)
    return done.stdout.decode(errors="surrogateescape")
