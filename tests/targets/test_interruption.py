"""However a build ends, no file is half-written, and the next build puts all right."""

from __future__ import annotations

import errno
import io
import itertools
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
import pytest

import slogen
from slogen.errors import OutputError
from slogen.targets import output
from slogen.targets.files import MANIFEST, manifest
from tests.targets.samples import below, file, owned, with_manifest, write

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

OLD = [file("a"), file("b"), file("c"), file("x", target="json")]
NEW = [file("b", "b: 2"), file("d"), file("y", target="json")]
TARGETS = ("prometheus", "json")
WHOLE = {
    MANIFEST: {manifest(f.path for f in files).text for files in (OLD, NEW, [*OLD, *NEW])},
    **{f.path: {g.text for g in (*OLD, *NEW) if g.path == f.path} for f in (*OLD, *NEW)},
}
"""What each file may hold at any time."""

STEPS: tuple[tuple[object, str], ...] = (
    (Path, "replace"),
    (Path, "unlink"),
    (Path, "rmdir"),
    (Path, "mkdir"),
    (Path, "chmod"),
    (tempfile, "mkstemp"),
    (os, "fdopen"),
)
"""All that a build does to the disk."""

FULL = OSError(errno.ENOSPC, "No space left on device")
ERRORS = [KeyboardInterrupt("now"), FULL]
KILLED = """\
import os, signal, sys
from pathlib import Path
from tests.targets import test_interruption as test

out, number, when = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
replace, calls = Path.replace, []

def dying(self, target):
    calls.append(target)
    if when == "after":
        replace(self, target)
    if len(calls) == number:
        os.kill(os.getpid(), signal.SIGKILL)
    return target if when == "after" else replace(self, target)

Path.replace = dying
test.write(test.NEW, out, *test.TARGETS)
"""
FULL_DISK = """\
import resource, sys
from pathlib import Path
from slogen.errors import OutputError
from tests.targets.samples import file, write

resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
try:
    write([file("a"), file("b", "b: " + "2" * 10_000)], Path(sys.argv[1]))
except OutputError as error:
    print(error)
"""


@attrs.define
class Steps:
    """Steps of a build that work until the n-th, which fails.

    Attributes:
        number: Which one fails.
        error: What it raises.
        late: Whether it fails after it has done its work.
        for_good: Whether all later ones fail, too.
        done: How many were begun.
    """

    number: int
    error: BaseException
    late: bool
    for_good: bool
    done: int = 0

    def wrapped(self, step: Callable[..., Any]) -> Callable[..., Any]:
        """Return a step that counts and fails."""

        def called(*arguments: Any, **named: Any) -> Any:  # noqa: ANN401 (it stands for any)
            self.done += 1
            failing = self.done == self.number or (self.for_good and self.done > self.number)
            if failing and not self.late:
                raise self.error
            result = step(*arguments, **named)
            if failing:
                if isinstance(result, io.IOBase):
                    result.close()
                raise self.error
            return result

        return called


@attrs.frozen
class Interrupted:
    """A folder in which a build of `NEW` over `OLD` was interrupted at one of its steps."""

    out: Path
    number: int


def interrupted(
    folder: Path, error: BaseException, *, late: bool = False, for_good: bool = False
) -> Iterator[Interrupted]:
    """Interrupt a build at its first step, then another one at its second, and so on."""
    for number in itertools.count(1):
        out = folder / str(number)
        write(OLD, out, *TARGETS)
        steps = Steps(number, error, late, for_good)
        if _stopped(out, steps):
            yield Interrupted(out, number)
        elif steps.done < number:
            assert number > 20
            return


def _stopped(out: Path, steps: Steps) -> bool:
    """Build, and tell whether the step that fails has stopped the build."""
    with pytest.MonkeyPatch.context() as patch:
        for owner, name in STEPS:
            patch.setattr(owner, name, steps.wrapped(getattr(owner, name)))
        try:
            write(NEW, out, *TARGETS)
        except (KeyboardInterrupt, OutputError):
            return True
    return False


def python(program: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    """Run a program as a process of its own, with this slogen and these tests."""
    root = str(Path(slogen.__path__[0]).parent)
    return subprocess.run(  # noqa: S603 (the program is written here)
        [sys.executable, "-c", program, *map(str, arguments)],
        capture_output=True,
        check=False,
        text=True,
        env={**os.environ, "PYTHONPATH": root},
    )


def temporary(out: Path) -> list[str]:
    """Return the temporary files below a folder."""
    return [path for path in with_manifest(out) if path.endswith(".slogen-tmp")]


def halves(out: Path) -> list[str]:
    """Return the files that hold neither what they did nor what they should, but temporary ones."""
    found = with_manifest(out).items()
    return [path for path, text in found if text not in WHOLE.get(path, ())]


@pytest.mark.parametrize("for_good", [False, True])
@pytest.mark.parametrize("late", [False, True])
@pytest.mark.parametrize("error", ERRORS, ids=["interrupt", "full"])
def test_no_file_is_half_written(
    tmp_path: Path, error: BaseException, *, late: bool, for_good: bool
) -> None:
    """After whichever step a build ends, each file is the old one or the new one."""
    builds = list(interrupted(tmp_path, error, late=late, for_good=for_good))

    left = {path for build in builds for path in halves(build.out)}
    assert all(path.endswith(".slogen-tmp") for path in left)
    assert len(builds) > 20


@pytest.mark.parametrize("for_good", [False, True])
@pytest.mark.parametrize("late", [False, True])
@pytest.mark.parametrize("error", ERRORS, ids=["interrupt", "full"])
def test_the_next_build_puts_all_right(
    tmp_path: Path, error: BaseException, *, late: bool, for_good: bool
) -> None:
    """After whichever step a build ends, the next one leaves what it should and nothing else."""
    write(NEW, tmp_path / "right", *TARGETS)
    right = with_manifest(tmp_path / "right")

    for build in interrupted(tmp_path / "builds", error, late=late, for_good=for_good):
        write(NEW, build.out, *TARGETS)

        assert (build.number, with_manifest(build.out)) == (build.number, right)


@pytest.mark.parametrize("late", [False, True])
def test_the_next_build_may_be_another_one(tmp_path: Path, *, late: bool) -> None:
    """No file is forgotten, also if the build that wrote it never got to its end."""
    for build in interrupted(tmp_path, KeyboardInterrupt("now"), late=late):
        write([file("e")], build.out, *TARGETS)

        assert (build.number, below(build.out)) == (build.number, {file("e").path: file("e").text})


@pytest.mark.parametrize("for_good", [False, True])
@pytest.mark.parametrize("late", [False, True])
def test_pending_names_what_is_missing(tmp_path: Path, *, late: bool, for_good: bool) -> None:
    """What differs from a finished build, temporary files too, is what is pending."""
    write(NEW, tmp_path / "right", *TARGETS)
    right = with_manifest(tmp_path / "right")

    for build in interrupted(tmp_path / "builds", FULL, late=late, for_good=for_good):
        there = with_manifest(build.out)
        differing = {
            path: (there.get(path), right.get(path))
            for path in {*there, *right}
            if there.get(path) != right.get(path)
        }
        changes = output.pending(NEW, build.out, TARGETS)

        told = {change.path: (change.before, change.after) for change in changes}
        assert (build.number, told) == (build.number, differing)


@pytest.mark.parametrize("error", ERRORS, ids=["interrupt", "full"])
def test_where_replacing_fails_nothing_lies_about(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    """The old files stay, and temporary files are removed at once."""
    write([file("a")], tmp_path)
    before = with_manifest(tmp_path)

    def failing(*_: Path) -> Path:
        raise error

    monkeypatch.setattr(Path, "replace", failing)
    with pytest.raises((OutputError, KeyboardInterrupt), match=r"No space left on device|now"):
        write([file("a", "a: 2"), file("b")], tmp_path)

    assert with_manifest(tmp_path) == before


def test_a_build_that_was_interrupted_lets_the_next_one_in(tmp_path: Path) -> None:
    """Nobody waits for a build that has ended."""
    with pytest.raises(KeyboardInterrupt, match=r"now"), output.exclusive(tmp_path):
        raise KeyboardInterrupt("now")

    write([file("a")], tmp_path)

    assert owned(tmp_path) == (file("a").path,)


@pytest.mark.parametrize("number", range(1, 6))
@pytest.mark.parametrize("when", ["before", "after"])
def test_a_build_that_was_killed_is_put_right(tmp_path: Path, number: int, when: str) -> None:
    """SIGKILL leaves no time to clean up; the next build does."""
    write(OLD, tmp_path / "out", *TARGETS)
    write(NEW, tmp_path / "right", *TARGETS)

    result = python(KILLED, tmp_path / "out", number, when)

    assert result.returncode == -signal.SIGKILL
    assert halves(tmp_path / "out") == temporary(tmp_path / "out")
    assert len(temporary(tmp_path / "out")) == (when == "before")
    write(NEW, tmp_path / "out", *TARGETS)
    assert with_manifest(tmp_path / "out") == with_manifest(tmp_path / "right")


def test_a_disk_that_is_full_leaves_no_half(tmp_path: Path) -> None:
    """A file that the kernel cuts short while it is written is not put in its place."""
    write([file("b")], tmp_path)

    result = python(FULL_DISK, tmp_path)

    assert result.stdout.endswith(": File too large\n"), result.stderr
    assert below(tmp_path) == {file(name).path: file(name).text for name in "ab"}


def test_says_which_file_did_not_fit(tmp_path: Path) -> None:
    """The error names the file or the folder that was being written to."""
    result = python(FULL_DISK, tmp_path)

    assert result.stdout.startswith(f"cannot write {tmp_path}"), result.stderr
