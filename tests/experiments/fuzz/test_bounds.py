"""Files that are too large, too many, or not to be had: told at once, and in full."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from slogen.formats.yaml.reading import MOST_FAULTS
from tests import golden_cases
from tests.cli.running import run
from tests.experiments.fuzz.bombs import BOMBS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_NOBODY = 65_534
_GOOD = """\
apiVersion: slogen/v1
services:
  - name: shop
    slos:
      - {name: up, objective: 99%, window: 30d, sli: {up: {gauge: up}}}
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a folder of one's own."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@contextmanager
def somebody_else() -> Iterator[None]:
    """Have no more rights than anybody: for root no file is closed."""
    user = os.geteuid()
    os.seteuid(user or _NOBODY)
    try:
        yield
    finally:
        os.seteuid(user)


def told(*paths: str) -> str:
    """Return what a build prints that has to fail, and leaves nothing behind."""
    result = run("build", *paths, "--out", "out")

    assert result.exit_code == 3
    assert not os.path.lexists("out")
    return result.stderr


def test_no_bomb_takes_more_than_its_share() -> None:
    """Within a gigabyte, and with no more faults of a file than anybody reads."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.experiments.fuzz.bounded"],
        capture_output=True,
        text=True,
        check=False,
        cwd=golden_cases.ROOT,
    )
    lines = [line.split("\t") for line in done.stdout.splitlines()]

    assert not done.returncode, done.stderr
    assert [name for name, _, _ in lines] == list(BOMBS)
    assert all(1 <= int(faults) <= MOST_FAULTS + 1 for _, faults, _ in lines)
    assert all(int(findings) <= MOST_FAULTS for _, _, findings in lines)


def test_that_more_is_wrong_is_told_last(folder: Path) -> None:
    """Who sees a hundred faults knows that they are not all."""
    (folder / "a.yaml").write_text(BOMBS["unknown keys"])
    (folder / "b.yaml").write_text("- 1\n")

    first, *_, last, other = told("a.yaml", "b.yaml").split("\n\n")
    assert first.startswith("a.yaml:2:1: error: k0 is no key that slogen knows here\n")
    assert last == "error: a.yaml has more faults than the first 100, which are shown here"
    assert other.startswith("b.yaml:1:1: error: the file is a list\n")


def test_a_file_of_50_mb_is_refused(folder: Path) -> None:
    """It is no file that a person wrote; nothing of it is kept."""
    with (folder / "slos.yaml").open("wb") as stream:
        stream.write(_GOOD.encode())
        stream.truncate(50 * 10**6)

    assert told("slos.yaml") == (
        "error: slos.yaml is larger than 10 MiB, the most that is read\n"
        "  remedy: split it into several files\n"
    )


def test_a_file_that_is_not_there_is_told() -> None:
    """With what could be there instead."""
    assert told("slos.yaml") == (
        "error: slos.yaml does not exist\n"
        "  allowed: files that end in .py, .yaml, .yml, and folders of such files\n"
    )


def test_a_folder_may_be_called_like_a_file(folder: Path) -> None:
    """What counts is what it is."""
    (folder / "slos.yaml").mkdir()

    assert told("slos.yaml") == (
        "error: there are no definitions in slos.yaml\n"
        "  allowed: files that end in .py, .yaml, .yml, and folders of such files\n"
    )


@pytest.mark.parametrize("name", ["slos.yaml", "folder", "folder/slos.yaml"])
def test_what_may_not_be_read_is_told(folder: Path, name: str) -> None:
    """A file, a folder, and a file in a folder that belong to somebody else."""
    (folder / "folder").mkdir()
    (folder / "slos.yaml").write_text(_GOOD)
    (folder / "folder" / "slos.yaml").write_text(_GOOD)
    assert not run("build", ".", "--out", "built").exit_code
    folder.chmod(0o755)
    (folder / name.partition("/")[0]).chmod(0)
    try:
        with somebody_else():
            found = told(name)
    finally:
        (folder / "folder").chmod(0o755)

    assert found == f"error: {name} cannot be read: Permission denied\n"


def test_what_is_inherited_may_be_closed(folder: Path) -> None:
    """A file that may not be read is told where it is needed."""
    (folder / "slos.yaml").write_text(f"inherits: house/house.yaml\n{_GOOD}")
    (folder / "house").mkdir()
    assert "does not exist" in told("slos.yaml")
    folder.chmod(0o755)
    (folder / "house").chmod(0)
    try:
        with somebody_else():
            found = told("slos.yaml")
    finally:
        (folder / "house").chmod(0o755)

    assert found == (
        'slos.yaml:1:11: error: inherits is "house/house.yaml", which cannot be read: '
        "Permission denied\n"
        "    1 | inherits: house/house.yaml\n"
        "      |           ^^^^^^^^^^^^^^^^\n"
        "  path: $.inherits\n"
        "  allowed: a file, relative to this one\n"
    )


def test_a_name_that_is_too_long_is_told(folder: Path) -> None:
    """What the file system says is said on."""
    name = f"{'a' * 300}.yaml"
    (folder / "slos.yaml").write_text(f"inherits: {name}\n{_GOOD}")

    assert "which cannot be read: File name too long" in told("slos.yaml")
    assert told(name) == f"error: {name} cannot be read: File name too long\n"


def test_links_that_go_round_are_told(folder: Path) -> None:
    """A link to itself is no file."""
    (folder / "slos.yaml").symlink_to("slos.yaml")

    assert told("slos.yaml").startswith("error: slos.yaml does not exist\n")


def test_faults_of_files_above_are_told_file_by_file(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However the files are named, the faults of one do not mix with those of another."""
    for name in ("a", "b"):
        (folder / f"{name}.yaml").write_text("apiVersion: slogen/v1\nx: 1\ny: 1\n")
    (folder / "below").mkdir()
    monkeypatch.chdir(folder / "below")

    heads = [text.partition(": ")[0] for text in told("../a.yaml", "../b.yaml").split("\n\n")]
    assert heads == ["../a.yaml:2:1", "../a.yaml:3:1", "../b.yaml:2:1", "../b.yaml:3:1"]
