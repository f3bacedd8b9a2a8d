"""Neither a link nor a manifest leads slogen to a file outside of its folder."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import pytest

from slogen.errors import OutputError
from slogen.targets.files import HEADER, MANIFEST, MARK
from slogen.targets.output import pending
from tests.targets.samples import attempt, below, file, owned, with_manifest, write

if TYPE_CHECKING:
    from pathlib import Path

OURS = f"{HEADER}\na: 1\n"
HOSTILE = [
    "../victim.yaml",
    "../../etc/passwd",
    "../../../../../../../../etc/passwd",
    "/etc/passwd",
    "ABSOLUTE",
    "prometheus/../../victim.yaml",
    "prometheus/../../victim/a.yaml",
    "prometheus/x/../../../victim.yaml",
    "prometheus/./../..//victim.yaml",
    "prometheus/link/victim.yaml",
    "prometheus/link/victim/a.yaml",
    "prometheus/link",
    "prometheus/file",
    "prometheus/..",
    "prometheus/../..",
    "prometheus/",
    "prometheus",
    ".",
    "..",
    "~/victim.yaml",
    "$HOME/victim.yaml",
    "prometheus/*",
    "prometheus/\x00",
    "prometheus/\ud7ff\x07",
    f"prometheus/{'x' * 300}",
    "prometheus/../.slogen-tmp",
    "prometheus/../../victim.slogen-tmp",
]


def hostile(folder: Path, line: str) -> Path:
    """Return an output folder with a manifest that has one more line, beside files to protect.

    All of them look as if slogen had written them.
    """
    out = folder / "out"
    write([file("a"), file("b")], out)
    (folder / "victim").mkdir()
    for name in ("victim.yaml", "victim/a.yaml", "victim.slogen-tmp"):
        (folder / name).write_text(OURS)
    (out / "prometheus/link").symlink_to(folder)
    (out / "prometheus/file").symlink_to(folder / "victim.yaml")
    line = line.replace("ABSOLUTE", str(folder / "victim.yaml"))
    (out / MANIFEST).write_text(f"{(out / MANIFEST).read_text()}{line}\n")
    return out


@pytest.mark.parametrize("line", HOSTILE)
def test_no_manifest_leads_out_of_the_folder(tmp_path: Path, line: str) -> None:
    """Whatever it names, what stands outside is neither removed nor overwritten."""
    out = hostile(tmp_path, line)

    with contextlib.suppress(ValueError):
        attempt([file("a", "a: 2")], out)

    outside = {path: text for path, text in with_manifest(tmp_path).items() if path[:4] != "out/"}
    assert outside == {"victim.yaml": OURS, "victim/a.yaml": OURS, "victim.slogen-tmp": OURS}


@pytest.mark.parametrize("line", HOSTILE)
def test_whatever_a_manifest_names_the_error_is_ours(tmp_path: Path, line: str) -> None:
    """A build either works or is refused, before a file is written, in slogen's words."""
    out = hostile(tmp_path, line)
    before = with_manifest(out)

    error = attempt([file("a", "a: 2")], out)

    if error:
        assert with_manifest(out) == before
        assert str(out) in str(error)
    else:
        assert (out / file("a").path).read_text() == file("a", "a: 2").text
        assert not (out / file("b").path).exists()


@pytest.mark.parametrize(
    "line",
    ["prometheus//a.yaml", "prometheus/./a.yaml", "prometheus/../prometheus/a.yaml"],
)
def test_a_file_that_a_manifest_spells_otherwise_is_written(tmp_path: Path, line: str) -> None:
    """The file that a build has just written is not the old one that it has to remove."""
    out = hostile(tmp_path, line)

    attempt([file("a", "a: 2")], out)

    assert (out / file("a").path).is_file()


def test_a_manifest_does_not_lead_to_another_target(tmp_path: Path) -> None:
    """What a build of one target removes stands in its own folder."""
    other = file("a", target="json")
    write([other], tmp_path, "json")
    with (tmp_path / MANIFEST).open("a") as stream:
        stream.write("prometheus/../json/a.yaml\n")
    (tmp_path / "prometheus").mkdir()

    attempt([], tmp_path)

    assert (tmp_path / other.path).read_text() == other.text


def test_a_link_to_another_folder_is_refused(tmp_path: Path) -> None:
    """A target's folder that is a link leads out, and nothing is written there."""
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/a.yaml").write_text(OURS)
    (tmp_path / "out").mkdir()
    (tmp_path / "out/prometheus").symlink_to(tmp_path / "elsewhere")

    with pytest.raises(OutputError, match=r"prometheus/a\.yaml is a link, or leads through one ou"):
        write([file("a", "a: 2")], tmp_path / "out")

    assert (tmp_path / "elsewhere/a.yaml").read_text() == OURS
    assert not (tmp_path / "out" / MANIFEST).exists()


@pytest.mark.parametrize("name", ["prometheus/a.yaml", MANIFEST])
@pytest.mark.parametrize("there", [True, False])
def test_a_file_that_is_a_link_is_refused(tmp_path: Path, name: str, *, there: bool) -> None:
    """Neither the link nor what it leads to is changed, also if that does not exist."""
    target = tmp_path / "elsewhere"
    if there:
        target.write_text(f"# {MARK}\n")
    (tmp_path / "out/prometheus").mkdir(parents=True)
    (tmp_path / "out" / name).symlink_to(target)

    with pytest.raises(OutputError, match=r" is a link, or leads through one out of .*; nothing"):
        write([file("a")], tmp_path / "out")

    assert (tmp_path / "out" / name).is_symlink()
    assert target.exists() == there
    assert [path.name for path in (tmp_path / "out").rglob("*") if path.is_file()] == (
        [name.rpartition("/")[2]] if there else []
    )


def test_says_how_to_go_on_with_a_link(tmp_path: Path) -> None:
    """The refusal names the link, the folder and what to do."""
    (tmp_path / "prometheus").mkdir()
    (tmp_path / "prometheus/a.yaml").symlink_to("/dev/null")

    with pytest.raises(OutputError, match=r"is a link") as caught:
        pending([file("a")], tmp_path, ["prometheus"])

    assert str(caught.value) == (
        f"{tmp_path}/prometheus/a.yaml is a link, or leads through one out of {tmp_path}; nothing "
        "is written\n  remedy: remove the link, or choose another --out"
    )


def test_the_output_folder_may_be_a_link(tmp_path: Path) -> None:
    """Where the folder itself stands is the user's choice."""
    (tmp_path / "real").mkdir()
    (tmp_path / "out").symlink_to(tmp_path / "real")

    write([file("a")], tmp_path / "out")

    assert below(tmp_path / "real") == {file("a").path: file("a").text}
    assert owned(tmp_path / "real") == (file("a").path,)


def test_temporary_files_elsewhere_stay(tmp_path: Path) -> None:
    """What an interrupted build left is looked for in slogen's folders alone."""
    places = [tmp_path / "other", tmp_path / "prometheus/deeper", tmp_path / "json"]
    for place in places:
        place.mkdir(parents=True)
        (place / ".x.slogen-tmp").write_text("half")

    write([file("a")], tmp_path)

    assert [(place / ".x.slogen-tmp").exists() for place in places] == [True, True, True]
