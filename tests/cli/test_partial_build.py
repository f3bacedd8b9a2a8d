"""A build of some files does not remove what was built of others in silence."""

from __future__ import annotations

from pathlib import Path

import pytest

from slogen.cli.exits import Exit
from tests.cli.running import build, files, project, run, write, write_more


@pytest.fixture(autouse=True)
def _built(folder: Path) -> None:
    write_more("latency", "errors")
    assert build(str(folder)).exit_code == Exit.FINE


def test_refuses_to_remove_what_other_files_define() -> None:
    """The error names the SLOs that would be lost, and nothing is written."""
    before = files()

    result = build("slos.py")

    assert result.exit_code == Exit.INPUT
    assert result.stderr == (
        "hello\n"
        "error: the output folder has rules of SLOs that are not part of this build, and would "
        "lose them: shop-errors, shop-latency\n"
        "  allowed: a build of all files, or of files whose SLOs are all that there are\n"
        "  remedy: build all of the definitions: their folder, or what the project file names\n"
        "    or, if these SLOs were renamed or are to go, remove them with --prune\n"
    )
    assert files() == before


def test_names_a_few_of_many() -> None:
    """Whoever has hundreds of SLOs reads three of them, and how many more there are."""
    write_more("a", "b", "c")
    assert build(".").exit_code == Exit.FINE

    result = build("slos.py")

    assert "lose them: shop-a, shop-b, shop-c and 2 more\n" in result.stderr


def test_tells_it_when_it_only_checks() -> None:
    """With --check nobody is asked to commit files without what was built of others."""
    result = build("slos.py", "--check")

    assert (result.exit_code, result.stdout) == (Exit.INPUT, "")


def test_removes_them_when_asked_to() -> None:
    """With --prune the files that are given are all that there is to be."""
    result = build("slos.py", "--prune")

    assert result.exit_code == Exit.FINE
    assert b"shop-latency" not in files()["prometheus/shop-availability.yaml"]


def test_a_folder_is_the_whole(folder: Path) -> None:
    """An SLO whose file is gone from the folder has no rules any more."""
    Path("latency.py").unlink()

    assert build(str(folder)).exit_code == Exit.FINE
    assert b"shop-latency" not in files()["prometheus/shop-availability.yaml"]


def test_a_file_alone_is_the_whole(tmp_path: Path) -> None:
    """Where no other file stands beside it, a file may lose an SLO."""
    write("alone/slos.py")
    out = str(tmp_path / "other")
    assert run("build", "alone/slos.py", "--out", out).exit_code == Exit.FINE
    write("alone/slos.py", old='service="shop"', new='service="store"')

    assert run("build", "alone/slos.py", "--out", out).exit_code == Exit.FINE


def test_an_edit_removes_nothing() -> None:
    """As long as every SLO is built that has rules, one file after the other may be named."""
    write("slos.py", objective="99%")

    assert build("errors.py", "latency.py", "slos.py").exit_code == Exit.FINE


def test_what_was_never_built_is_not_missed() -> None:
    """Into an empty folder some of the files can be built."""
    assert run("build", "slos.py", "--out", "new").exit_code == Exit.FINE


def test_refuses_to_remove_what_other_folders_of_a_project_define(tmp_path: Path) -> None:
    """A project may have a folder for each team: one of them is not the whole."""
    text = 'paths = ["team-a", "team-b"]\nout = "both"\n'
    toml = str(project(text, "teams/slogen.toml"))
    write("teams/team-a/slos.py")
    write("teams/team-b/slos.py", old='service="shop"', new='service="store"')
    assert run("build", "--project", toml).exit_code == Exit.FINE

    for part in ("teams/team-a", "teams/team-a/slos.py"):
        refused = run("build", part, "--project", toml)
        assert (refused.exit_code, "store-availability" in refused.stderr) == (Exit.INPUT, True)
    elsewhere = run("build", "teams/team-a", "--project", toml, "--out", str(tmp_path / "alone"))

    assert elsewhere.exit_code == Exit.FINE
    assert run("build", "teams/team-a", "--project", toml, "--prune").exit_code == Exit.FINE


@pytest.mark.parametrize("target", ["alertmanager", "catalogue", "promtool-tests", "json"])
def test_refuses_it_whatever_the_files_are_for(folder: Path, target: str) -> None:
    """Routes, pages and tests about other SLOs are not lost, where no target has rules either."""
    choice = ("--target", target, "--out", f"only-{target}")
    assert run("build", str(folder), *choice).exit_code == Exit.FINE
    before = files(f"only-{target}")

    refused = run("build", "slos.py", *choice)

    assert (refused.exit_code, "lose them: shop-errors, shop-latency\n" in refused.stderr) == (
        Exit.INPUT,
        True,
    )
    assert files(f"only-{target}") == before
    assert run("build", "slos.py", *choice, "--prune").exit_code == Exit.FINE
    assert run("build", "slos.py", *choice).exit_code == Exit.FINE


@pytest.mark.parametrize("target", ["alertmanager", "catalogue", "promtool-tests"])
def test_knows_an_id_whatever_it_holds(folder: Path, target: str) -> None:
    """An id with the marks of Markdown, YAML and HTML is the same when it is read back."""
    name = "a|b: #<c> `d` 'é' & *"
    write("odd.py", old='name="availability"', new=f'name="{name}"')
    choice = ("--target", target, "--out", f"odd-{target}")
    assert run("build", str(folder), *choice).exit_code == Exit.FINE

    assert run("build", "odd.py", "errors.py", "latency.py", "slos.py", *choice).exit_code == 0
    assert (
        f"lose them: shop-{name}\n"
        in run("build", "errors.py", "latency.py", "slos.py", *choice).stderr
    )
