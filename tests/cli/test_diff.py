"""``slogen diff``: definitions, what a build wrote, and revisions of a repository."""

from __future__ import annotations

import json
import subprocess
from contextlib import chdir
from pathlib import Path

import pytest

from slogen.cli.exits import Exit
from tests.cli.running import build, project, run, write

OBJECTIVE = "shop-availability\n  objective: 99.9% -> 99.95%"
NO_DIFF = "slogen: 1 SLO: nothing changed\n"
YAML = """\
apiVersion: slogen/v1
inherits: ../base/_house.yaml
services:
  - name: shop
    slos:
      - name: availability
        objective: 99.9%
        window: 30d
        sli: {up: {gauge: up}}
"""


def git(*arguments: str) -> None:
    """Run git in this folder, without the settings of whoever runs the tests."""
    name = ["-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"]
    command = ["git", *name, *arguments]
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603


def committed() -> None:
    """Make this folder a repository of all that it holds."""
    git("init", "--quiet", "--initial-branch=main")
    git("add", "--all")
    git("commit", "--quiet", "--message=a")


def test_two_files_are_compared() -> None:
    """What changed is on stdout, how many SLOs there are on stderr; it is no failure."""
    write("new/slos.py", objective="99.95%")

    result = run("diff", "slos.py", "new/slos.py")

    assert result.stdout.startswith(OBJECTIVE)
    assert result.stderr == "hello\nhello\nslogen: 1 SLO: 1 changed\n"
    assert result.exit_code == Exit.FINE


@pytest.mark.parametrize(("new", "code"), [("slos.py", Exit.FINE), ("new/slos.py", Exit.FINDINGS)])
def test_the_exit_code_says_whether_something_changed(new: str, code: Exit) -> None:
    """Only if that is asked for."""
    write("new/slos.py", objective="99.95%")

    assert run("diff", "slos.py", new, "--exit-code").exit_code == code


def test_where_a_definition_stands_does_not_matter() -> None:
    """Moved to another file, with comments, nothing has changed."""
    write("new/other.py", old="slo = ", new="# a comment\nanything = ")

    result = run("diff", "slos.py", "new")

    assert (result.stdout, result.stderr[-len(NO_DIFF) :]) == ("", NO_DIFF)


@pytest.mark.parametrize("target", ["prometheus", "json"])
@pytest.mark.parametrize("place", ["out", "out/TARGET", "out/TARGET/shop-availability.SUFFIX"])
def test_what_a_build_wrote_is_compared(target: str, place: str) -> None:
    """Its folder, the folder of a target and a single file are known for what they are."""
    build("slos.py", "--target", target)
    write("slos.py", objective="99.95%")
    suffix = {"prometheus": "yaml", "json": "json"}[target]
    old = place.replace("TARGET", target).replace("SUFFIX", suffix)

    there, back = run("diff", old, "slos.py"), run("diff", "slos.py", old)

    assert there.stdout.startswith(OBJECTIVE)
    assert back.stdout.startswith("shop-availability\n  objective: 99.95% -> 99.9%")


def test_two_builds_are_compared() -> None:
    """Neither side needs a definition."""
    build("slos.py")
    write("slos.py", objective="99.95%")
    run("build", "slos.py", "--out", "new")

    result = run("diff", "out", "new")

    assert result.stdout.startswith(OBJECTIVE)
    assert (
        "SLOBurnRatePage    14.4x over 1h/5m  1.44% -> 0.72%  1m6s to 2m8s -> 40s" in result.stdout
    )
    assert run("diff", "out", "out").stdout == ""


def test_what_cannot_be_read_is_said() -> None:
    """A file that somebody broke is named, and nothing is guessed; asked for, it is code 4."""
    build("slos.py")
    file = Path("out/prometheus/shop-availability.yaml")
    file.write_text(file.read_text().replace("keep_firing_for: 10m", "keep_firing: 10m"))

    result = run("diff", "out", "slos.py", "--exit-code")

    assert result.stdout == (
        "not read: out/prometheus/shop-availability.yaml: shop-availability: the alert "
        'SLOBurnRatePage has the key "keep_firing", which slogen does not write\n'
    )
    assert result.stderr.endswith("slogen: 1 SLO: 1 could not be read\n")
    assert result.exit_code == Exit.UNDECIDED


def test_a_file_of_others_is_named() -> None:
    """Rules that slogen did not write are no SLOs, and it says so."""
    build("slos.py")
    Path("out/prometheus/mine.yaml").write_text("groups: []\n")

    result = run("diff", "out", "slos.py")

    assert result.stdout == "not read: out/prometheus/mine.yaml: slogen did not write it\n"


@pytest.mark.parametrize("form", ["json", "markdown"])
def test_the_forms_for_programs_and_comments(form: str) -> None:
    """Both are whole documents on stdout, also where nothing changed."""
    result = run("diff", "slos.py", "slos.py", "--format", form)

    if form == "json":
        assert json.loads(result.stdout)["slos"] == []
    else:
        assert result.stdout == "### 1 SLO: nothing changed\n"


@pytest.mark.parametrize("paths", [(), ("slos.py",), ("slos.py", "slos.py", "slos.py")])
def test_two_sides_are_needed(paths: tuple[str, ...]) -> None:
    """With another number of paths it says what it takes."""
    result = run("diff", *paths)

    assert result.exit_code == Exit.USAGE
    assert "diff takes OLD and NEW" in result.stderr
    assert "slogen diff --git main" in result.stderr


def test_a_side_that_cannot_be_compiled_is_code_3() -> None:
    """Its errors are those of a build, and nothing is on stdout."""
    write("new/slos.py", objective="100%")

    result = run("diff", "slos.py", "new/slos.py")

    assert result.exit_code == Exit.INPUT
    assert "new/slos.py:6:58: error: SLO.objective is" in result.stderr
    assert result.stdout == ""


def test_scripts_may_be_refused() -> None:
    """On both sides."""
    result = run("diff", "slos.py", "slos.py", "--no-scripts")

    assert result.exit_code == Exit.INPUT
    assert "hello" not in result.output


def test_scripts_of_both_sides_import_their_own_modules() -> None:
    """A helper of the same name elsewhere is another one."""
    for side, objective in (("a", "99%"), ("b", "98%")):
        Path(side, "lib").mkdir(parents=True)
        Path(side, "lib/common.py").write_text(f'OBJECTIVE = "{objective}"\n')
        text = f'import sys\nsys.path.insert(0, "{side}/lib")\nfrom common import OBJECTIVE\n'
        write(f"{side}/slos.py", old='objective="OBJECTIVE"', new="objective=OBJECTIVE")
        script = Path(side, "slos.py")
        script.write_text(text + script.read_text().replace('"99.9%"', "OBJECTIVE"))

    result = run("diff", "a/slos.py", "b/slos.py")

    assert result.stdout.startswith("shop-availability\n  objective: 99% -> 98%")


def test_the_files_of_a_revision_are_compared() -> None:
    """What changed since, in the paths given; the working tree stays as it is."""
    committed()
    write("slos.py", objective="99.95%")

    result = run("diff", "--git", "HEAD", "slos.py", "--exit-code")

    assert result.stdout.startswith(OBJECTIVE)
    assert result.exit_code == Exit.FINDINGS
    assert 'objective="99.95%"' in Path("slos.py").read_text()
    status = subprocess.run(["git", "status", "--short"], capture_output=True, check=True)  # noqa: S607
    assert status.stdout == b" M slos.py\n"


def test_a_revision_has_its_helpers_and_its_project_file(scratch: Path) -> None:
    """What scripts import, what YAML inherits and the settings are those of that time."""
    Path("base").mkdir()
    Path("base/_house.yaml").write_text("apiVersion: slogen/v1\nsettings: {owner: team-old}\n")
    Path("slos").mkdir()
    Path("slos/a.yaml").write_text(YAML)
    Path("slos/_common.py").write_text('OBJECTIVE = "99.9%"\n')
    write("slos/b.py", old='"shop", name', new='"cart", name')
    script = Path("slos/b.py")
    script.write_text(
        "from _common import OBJECTIVE\n" + script.read_text().replace('"99.9%"', "OBJECTIVE")
    )
    project('paths = ["slos"]\nscrape_interval = "30s"\n')
    committed()
    Path("base/_house.yaml").write_text("apiVersion: slogen/v1\nsettings: {owner: team-new}\n")
    Path("slos/_common.py").write_text('OBJECTIVE = "99%"\n')
    project('paths = ["slos"]\nscrape_interval = "30s"\nslow_interval = "2m"\n')

    result = run("diff", "--git", "HEAD")

    assert "cart-availability\n  objective: 99.9% -> 99%" in result.stdout
    assert "owner: team-old -> team-new" in result.stdout
    assert result.stdout.count("setting slow_interval: 1m -> 2m") == 2
    assert list(scratch.iterdir()) == []


def test_a_revision_is_compared_from_a_folder_below(monkeypatch: pytest.MonkeyPatch) -> None:
    """Paths are relative to where one is."""
    write("deep/slos/slos.py")
    committed()
    write("deep/slos/slos.py", objective="99.95%")
    monkeypatch.chdir("deep")

    assert run("diff", "--git", "HEAD", "slos").stdout.startswith(OBJECTIVE)
    absolute = str(Path("slos").absolute())
    assert run("diff", "--git", "HEAD", absolute).stdout.startswith(OBJECTIVE)


def test_files_that_are_new_or_gone_since_a_revision() -> None:
    """Their SLOs were added or removed; so it is with all there are."""
    committed()
    write("more/b.py", old='service="shop"', new='service="cart"')

    added = run("diff", "--git", "HEAD", "more")
    git("add", "--all")
    git("commit", "--quiet", "--message=b")
    Path("more/b.py").unlink()
    removed = run("diff", "--git", "HEAD", "more")
    Path("more").rmdir()
    gone = run("diff", "--git", "HEAD", "more/b.py")

    assert added.stdout.startswith("added: cart-availability\n")
    assert removed.stdout.startswith("removed: cart-availability\n")
    assert gone.stdout == removed.stdout


def test_what_there_never_was_is_code_3() -> None:
    """A path that exists on neither side is a mistake."""
    committed()

    result = run("diff", "--git", "HEAD", "typo")

    assert result.exit_code == Exit.INPUT
    assert "typo does not exist" in result.stderr


def test_a_revision_that_cannot_be_compiled_is_code_3() -> None:
    """Its errors have places in that revision, as git writes them, with the line."""
    write("slos.py", objective="100%")
    committed()
    write("slos.py")

    result = run("diff", "--git", "main", "slos.py")

    assert result.exit_code == Exit.INPUT
    assert "main:slos.py:6:58: error: SLO.objective is" in result.stderr
    assert 'objective="100%"' in result.stderr


def test_scripts_of_a_revision_may_be_refused() -> None:
    """What has no place in a file says which revision it is about."""
    committed()

    result = run("diff", "--git", "main", "slos.py", "--no-scripts")

    assert result.exit_code == Exit.INPUT
    assert result.stderr.startswith("error: in main: ")


@pytest.mark.parametrize("revision", ["typo", "", "-x", "HEAD~9", "HEAD:slos.py"])
def test_an_unknown_revision_is_code_4(revision: str) -> None:
    """It says what git says."""
    committed()

    result = run("diff", f"--git={revision}", "slos.py")

    assert result.exit_code == Exit.UNDECIDED
    assert f"git cannot read the revision '{revision}'" in result.stderr


def test_no_repository_is_code_4() -> None:
    """It says so, and what else there is."""
    result = run("diff", "--git", "main", "slos.py")

    assert result.exit_code == Exit.UNDECIDED
    assert "not a git repository" in result.stderr


def test_no_git_is_code_4(monkeypatch: pytest.MonkeyPatch) -> None:
    """It says what is missing."""
    monkeypatch.setenv("PATH", "")

    result = run("diff", "--git", "main", "slos.py")

    assert result.exit_code == Exit.UNDECIDED
    assert "git was not found" in result.stderr


def test_output_in_the_repository_is_compared_with_a_revision() -> None:
    """Generated files that are committed are read as they were."""
    build("slos.py")
    committed()
    write("slos.py", objective="99.95%")
    build("slos.py")

    result = run("diff", "--git", "HEAD", "out")

    assert result.stdout.startswith(OBJECTIVE)


def test_definitions_in_a_submodule_are_those_of_its_own_commit(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """They are compared as all others, also where a hook of git names the outer repository."""
    write("team/slos.py")
    with chdir("team"):
        committed()
    git("init", "--quiet", "--initial-branch=main")
    git("-c", "protocol.file.allow=always", "submodule", "add", "./team", "team")
    git("commit", "--quiet", "--message=a")
    write("team/slos.py", objective="99.95%")
    monkeypatch.setenv("GIT_DIR", str(Path(".git").absolute()))
    monkeypatch.setenv("GIT_INDEX_FILE", str(Path(".git/index").absolute()))

    assert run("diff", "--git", "HEAD", "team/slos.py").stdout.startswith(OBJECTIVE)


def test_a_commit_that_a_submodule_lacks_is_code_4() -> None:
    """The outer repository may name what was never fetched."""
    write("team/slos.py")
    with chdir("team"):
        committed()
    git("init", "--quiet", "--initial-branch=main")
    git("update-index", "--add", "--cacheinfo", f"160000,{'1' * 40},team")
    git("commit", "--quiet", "--message=a")

    result = run("diff", "--git", "HEAD", "team/slos.py")

    assert result.exit_code == 4
    assert "submodule team" in result.stderr


def test_a_hook_of_git_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """The index that git names in a hook is left alone."""
    committed()
    write("slos.py", objective="99.95%")
    monkeypatch.setenv("GIT_INDEX_FILE", str(Path(".git/index").absolute()))
    before = Path(".git/index").read_bytes()

    result = run("diff", "--git", "HEAD", "slos.py")

    assert result.stdout.startswith(OBJECTIVE)
    assert Path(".git/index").read_bytes() == before
