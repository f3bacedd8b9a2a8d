"""Files get to the disk whole, with the right bytes and modes, and only if they have changed."""

from __future__ import annotations

import errno
import os
import stat
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slogen.errors import ForeignFile, OutputError
from slogen.targets import output
from slogen.targets.files import HEADER, MANIFEST, File, file_name
from slogen.targets.output import Change
from tests.targets.samples import attempt, below, file, owned, with_manifest, write

if TYPE_CHECKING:
    from collections.abc import Iterator

NAMES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=15)
OLD_TIME = 1_000_000_000


@pytest.fixture
def umask() -> Iterator[None]:
    """Let new files be the group's to read, and nobody else's."""
    before = os.umask(0o027)
    yield
    os.umask(before)


def mode(path: Path) -> int:
    """Return who may do what with a file."""
    return stat.S_IMODE(path.stat().st_mode)


def test_writes_files_and_folders(tmp_path: Path) -> None:
    """Missing folders are made, also those above the output folder."""
    files = (file("b"), file("a"))

    write(files, tmp_path / "deep" / "out")

    assert below(tmp_path / "deep" / "out") == {one.path: one.text for one in files}


def test_says_what_it_changed(tmp_path: Path) -> None:
    """A change has the path below the folder, what was there and what is there now."""
    write([file("a"), file("b")], tmp_path)

    changes = write([file("c"), file("a", "a: 2")], tmp_path)

    assert sorted(changes[:-1], key=lambda change: change.path) == [
        Change("prometheus/a.yaml", file("a").text, file("a", "a: 2").text),
        Change("prometheus/b.yaml", file("b").text, None),
        Change("prometheus/c.yaml", None, file("c").text),
    ]
    assert changes[-1].path == MANIFEST


def test_writes_the_bytes_as_they_are(tmp_path: Path) -> None:
    """Files are UTF-8 with line feeds, on every system."""
    write([file("a", "é\n\n😀")], tmp_path)

    assert (tmp_path / file("a").path).read_bytes() == f"{HEADER}\né\n\n😀\n".encode()


def test_a_second_build_touches_nothing(tmp_path: Path) -> None:
    """Files and folders keep their time, so that nothing reloads them and no backup grows."""
    files = [file("a"), file("b"), file("a", target="json")]
    write(files, tmp_path, "prometheus", "json")
    paths = [tmp_path, *tmp_path.rglob("*")]
    for path in paths:
        os.utime(path, (OLD_TIME, OLD_TIME))

    changes = write(files, tmp_path, "json", "prometheus")

    assert changes == ()
    assert len(paths) == 7
    assert {path.stat().st_mtime for path in paths} == {OLD_TIME}


def test_two_builds_give_the_same_bytes(tmp_path: Path) -> None:
    """Neither the order of the files nor the place shows in what is written."""
    files = [file("a"), file("b"), file("c")]

    write(files, tmp_path / "first")
    write(files[::-1], tmp_path / "second")

    assert with_manifest(tmp_path / "first") == with_manifest(tmp_path / "second")


def test_replaces_changed_files_alone(tmp_path: Path) -> None:
    """A file that would change is written anew, its neighbours and the manifest are not."""
    write([file("a"), file("b")], tmp_path)
    for path in tmp_path.rglob("*.*"):
        os.utime(path, (OLD_TIME, OLD_TIME))

    changes = write([file("a", "a: 2"), file("b")], tmp_path)

    assert [change.path for change in changes] == ["prometheus/a.yaml"]
    assert "a: 2" in (tmp_path / "prometheus/a.yaml").read_text()
    assert (tmp_path / "prometheus/b.yaml").stat().st_mtime == OLD_TIME


def test_a_reader_keeps_the_file_that_it_opened(tmp_path: Path) -> None:
    """A file is replaced, not overwritten: who reads the old one reads on undisturbed."""
    write([file("a")], tmp_path)

    with (tmp_path / file("a").path).open() as reader:
        write([file("a", "a: 2")], tmp_path)

        assert reader.read() == file("a").text


def test_pending_writes_nothing(tmp_path: Path) -> None:
    """Asking what would change makes no file, and no folder either."""
    changes = output.pending([file("a")], tmp_path / "out", ["prometheus"])

    assert [change.path for change in changes] == ["prometheus/a.yaml", MANIFEST]
    assert not (tmp_path / "out").exists()


def test_pending_tells_what_write_then_does(tmp_path: Path) -> None:
    """What was pending is what changes, and then nothing is."""
    write([file("a"), file("b")], tmp_path)
    files = [file("a", "a: 2"), file("c")]

    told = output.pending(files, tmp_path, ["prometheus"])

    assert write(files, tmp_path) == told
    assert output.pending(files, tmp_path, ["prometheus"]) == ()


def test_no_change_makes_nothing(tmp_path: Path) -> None:
    """Files that are as they should be stay the files that they were."""
    write([file("a")], tmp_path)
    before = [path.stat() for path in sorted(tmp_path.rglob("*"))]

    assert write([file("a")], tmp_path) == ()
    assert [path.stat() for path in sorted(tmp_path.rglob("*"))] == before


def test_a_file_is_rendered_when_it_is_its_turn(tmp_path: Path) -> None:
    """What comes first is on the disk before the next file is rendered: memory holds one."""
    seen: list[list[str]] = []

    def rendered() -> str:
        seen.append(sorted(path.name for path in tmp_path.glob("prometheus/*.yaml")))
        return file("b").text

    write([File(file("b").path, rendered), file("a")], tmp_path)

    assert seen == [["a.yaml"]]


def test_what_stands_in_the_way_is_found_before_anything_is_rendered(tmp_path: Path) -> None:
    """A file of another's that would be written last stops the build before the first."""
    place = tmp_path / file("z").path
    place.parent.mkdir()
    place.write_text("mine")
    unwanted = File(file("a").path, lambda: pytest.fail("it was rendered"))

    assert isinstance(attempt([unwanted, file("z")], tmp_path), ForeignFile)
    assert below(tmp_path) == {file("z").path: "mine"}


def test_the_umask_counts(tmp_path: Path, umask: None) -> None:
    """New files are as open as the user wants them, not as closed as temporary files are."""
    write([file("a")], tmp_path / "out")

    assert mode(tmp_path / "out/prometheus/a.yaml") == 0o640
    assert mode(tmp_path / "out" / MANIFEST) == 0o640
    assert mode(tmp_path / "out/prometheus") == 0o750
    assert umask is None


def test_the_umask_stays(tmp_path: Path, umask: None) -> None:
    """Asking for the umask does not change it."""
    write([file("a")], tmp_path)

    assert os.umask(0o027) == 0o027
    assert umask is None


@pytest.mark.parametrize("own", [0o600, 0o644, 0o664, 0o444, 0o777])
def test_a_file_keeps_its_mode(tmp_path: Path, own: int) -> None:
    """Who closed or opened a file finds it so after the next build."""
    write([file("a")], tmp_path)
    (tmp_path / file("a").path).chmod(own)

    write([file("a", "a: 2")], tmp_path)

    assert mode(tmp_path / file("a").path) == own


def test_says_which_folder_cannot_be_made(tmp_path: Path) -> None:
    """A file where a folder should be is an error of slogen's, with the path."""
    (tmp_path / "prometheus").write_text("I am a file")

    with pytest.raises(OutputError, match=r"^cannot write .*/prometheus.*: (Not a dir|File exi)"):
        write([file("a")], tmp_path)

    assert with_manifest(tmp_path) == {"prometheus": "I am a file"}


def test_says_that_the_output_folder_is_a_file(tmp_path: Path) -> None:
    """A file in the place of the whole folder stays."""
    (tmp_path / "out").write_text("I am a file")

    with pytest.raises(OutputError, match=r"^cannot write .*/out.*: (Not a dir|File exists)"):
        write([file("a")], tmp_path / "out")

    assert (tmp_path / "out").read_text() == "I am a file"


def test_says_which_file_is_a_folder(tmp_path: Path) -> None:
    """A folder where a file should be is an error of slogen's, and nothing is written."""
    (tmp_path / "prometheus" / "b.yaml").mkdir(parents=True)

    with pytest.raises(OutputError, match=r"^cannot write .*b\.yaml: Is a directory$"):
        write([file("a"), file("b")], tmp_path)

    assert with_manifest(tmp_path) == {}


@pytest.mark.parametrize("name", ["mkdir", "open", "replace", "chmod"])
def test_says_what_the_file_system_refuses(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Whatever step is refused, the error is slogen's and has the path and the reason."""

    def refused(self: Path, *_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", str(self))

    monkeypatch.setattr(Path, name, refused)

    with pytest.raises(OutputError, match=r"^cannot write .*out.*: Permission denied$"):
        write([file("a")], tmp_path / "out")

    assert below(tmp_path) == {}


def test_says_that_a_folder_is_read_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file system that was mounted for reading is told as that."""

    def refused(**arguments: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system", str(arguments["dir"]))

    monkeypatch.setattr(tempfile, "mkstemp", refused)

    with pytest.raises(OutputError, match=r"^cannot write .*: Read-only file system$"):
        write([file("a")], tmp_path)

    assert with_manifest(tmp_path) == {}


@given(NAMES)
def test_any_name_can_be_written(tmp_path_factory: pytest.TempPathFactory, name: str) -> None:
    """A service of any name gets its file, and is known as its owner."""
    out = tmp_path_factory.getbasetemp() / "any-name"
    path = f"prometheus/{file_name(name)}.yaml"

    write([File(path, f"{HEADER}\n{name!a}\n")], out)

    assert below(out) == {path: f"{HEADER}\n{name!a}\n"}
    assert owned(out) == (path,)


def test_the_longest_name_can_be_written(tmp_path: Path) -> None:
    """A name that is just not refused fits the file system, and so does its temporary file."""
    longest = file(file_name("x" * 200))

    write([longest], tmp_path)

    assert below(tmp_path) == {longest.path: longest.text}


def test_names_that_clash_are_refused_before_anything_is_written(tmp_path: Path) -> None:
    """Where case does not count, one would overwrite the other."""
    with pytest.raises(OutputError, match=r"Shop\.yaml and .*shop\.yaml are one file"):
        write([file("a"), file("Shop"), file("shop")], tmp_path)

    assert with_manifest(tmp_path) == {}
