"""Builds that run at the same time do not get in each other's way."""

from __future__ import annotations

import errno
import fcntl
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

import slogen
from slogen.errors import OutputError
from slogen.targets import output
from tests.targets.samples import attempt, file, with_manifest, write

SIDES = {side: [file("a", side), file("b", side), file(side)] for side in ("left", "right")}
ROUNDS = 3
BUILDS_A_ROUND = 15
PROGRAM = f"""\
import sys, time
from pathlib import Path
from tests.targets.samples import file, write
from tests.targets.test_simultaneous import SIDES

out, side, start = Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3])
print("ready", flush=True)
while not start.exists():
    time.sleep(0.001)
for number in range({BUILDS_A_ROUND}):
    write([*SIDES[side], file(f"{{side}}-{{number}}")], out)
write(SIDES[side], out)
"""


def begun(out: Path, side: str, start: Path) -> subprocess.Popen[str]:
    """Start a process that builds again and again once ``start`` exists."""
    root = str(Path(slogen.__path__[0]).parent)
    return subprocess.Popen(  # noqa: S603 (the program is written here)
        [sys.executable, "-c", PROGRAM, str(out), side, str(start)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": root},
    )


@pytest.mark.parametrize("number", range(ROUNDS))
def test_two_builds_at_once_leave_what_one_of_them_made(tmp_path: Path, number: int) -> None:
    """Whoever is last wins: its files and no others, and neither build fails."""
    alone = []
    for side, files in SIDES.items():
        write(files, tmp_path / side)
        alone.append(with_manifest(tmp_path / side))
    start = tmp_path / "start"

    builds = [begun(tmp_path / "out" / str(number), side, start) for side in SIDES]
    ready = [build.stdout.readline() for build in builds if build.stdout]
    start.touch()
    errors = [build.communicate(timeout=30)[1] for build in builds]

    assert ready == ["ready\n", "ready\n"]
    assert errors == ["", ""]
    assert [build.returncode for build in builds] == [0, 0]
    assert with_manifest(tmp_path / "out" / str(number)) in alone


def test_a_build_waits_for_another_one(tmp_path: Path) -> None:
    """The second one begins when the first one has ended."""
    order = []

    def second() -> None:
        with output.exclusive(tmp_path):
            order.append("second")

    thread = threading.Thread(target=second)
    with output.exclusive(tmp_path):
        thread.start()
        time.sleep(0.2)
        order.append("first")
    thread.join(timeout=10)

    assert order == ["first", "second"]


def test_a_build_does_not_wait_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A build that hangs is told as what it is, with the folder."""
    monkeypatch.setattr("slogen.targets.output._WAIT_SECONDS", 0.1)

    with (
        output.exclusive(tmp_path),
        pytest.raises(OutputError, match=r"another build is still writing to ") as caught,
        output.exclusive(tmp_path),
    ):
        pass

    assert str(caught.value) == f"another build is still writing to {tmp_path}"


def test_builds_into_other_folders_do_not_wait(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only builds into one folder could get in each other's way."""
    monkeypatch.setattr("slogen.targets.output._WAIT_SECONDS", 0)

    with output.exclusive(tmp_path / "one"):
        write([file("a")], tmp_path / "two")

    assert (tmp_path / "two" / file("a").path).is_file()


def test_asking_what_is_pending_does_not_wait(tmp_path: Path) -> None:
    """A check beside a build sees what is there."""
    with output.exclusive(tmp_path):
        changes = output.pending([file("a")], tmp_path, ["prometheus"])

    assert changes[0].path == file("a").path


def test_a_file_system_without_locks_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some network file systems refuse to lock: that is an error of slogen's, or none at all."""

    def refused(*_: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(fcntl, "flock", refused)

    error = attempt([file("a")], tmp_path)

    assert error is None or "No locks available" in str(error)
    assert (tmp_path / file("a").path).is_file() == (error is None)


def test_locking_leaves_no_file(tmp_path: Path) -> None:
    """The folder itself is locked: no lock file lies about for git to find."""
    with output.exclusive(tmp_path / "out"):
        pass

    assert list((tmp_path / "out").iterdir()) == []


def test_leaves_no_open_file_behind(tmp_path: Path) -> None:
    """A program that builds a thousand times does not run out of files."""
    before = len(list(Path("/dev/fd").iterdir()))

    for number in range(5):
        write([file("a", str(number))], tmp_path)

    assert len(list(Path("/dev/fd").iterdir())) == before
