"""``slogen build --check``: what would change, in meaning and as text, and nothing written."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from slogen.cli.exits import Exit
from slogen.targets import TARGETS, target_class
from tests.cli.running import build, files, process, run, without_notes, write

SHOP = "out/prometheus/shop-availability.yaml"


def applied(diff: str, *command: str) -> None:
    """Apply a diff in this folder, as a reviewer would."""
    subprocess.run([*command], input=diff.encode(), check=True, capture_output=True)  # noqa: S603


def changed() -> None:
    """Leave a build that is stale in every way: files to change, to add and to remove."""
    write("more.py", old='service="shop"', new='service="old"')
    build("slos.py", "more.py")
    write("slos.py", objective="99%")
    write("more.py", old='service="shop"', new='service="new"')


def test_what_is_fresh_is_code_0() -> None:
    """Nothing on stdout, and a line on stderr that says so."""
    build("slos.py")

    result = build("slos.py", "--check")

    assert result.exit_code == Exit.FINE
    assert result.stdout == ""
    assert without_notes(result.stderr) == "hello\nslogen: out is up to date\n"


def test_what_is_stale_is_code_1() -> None:
    """With --text the diff is on stdout, too; the count is on stderr."""
    changed()

    result = build("slos.py", "more.py", "--check", "--text")

    assert result.exit_code == Exit.FINDINGS
    assert [line for line in result.stdout.splitlines() if line[:4] in ("--- ", "+++ ")] == [
        "--- /dev/null",
        "+++ b/out/prometheus/new-availability.yaml",
        "--- a/out/prometheus/shop-availability.yaml",
        "+++ b/out/prometheus/shop-availability.yaml",
        "--- a/out/prometheus/old-availability.yaml",
        "+++ /dev/null",
        "--- a/out/slogen.manifest",
        "+++ b/out/slogen.manifest",
    ]
    assert result.stderr.endswith("slogen: 4 files in out would change\n")


def test_what_changes_in_meaning_comes_first() -> None:
    """A changed objective is a few lines, and names the files that change."""
    build("slos.py")
    write("slos.py", objective="99.95%")

    result = build("slos.py", "--check")

    assert result.exit_code == Exit.FINDINGS
    assert result.stdout.startswith(
        "shop-availability\n"
        "  objective: 99.9% -> 99.95% (error budget 43m12s -> 21m36s; "
        "what is spent so far counts 2 times as much)\n"
        "  4 alerts fire sooner\n"
    )
    assert result.stdout.endswith("\n1 file changed: prometheus/shop-availability.yaml\n")
    assert len(result.output.splitlines()) <= 20
    assert result.stderr.endswith("slogen: 1 file in out would change; --text shows the lines\n")


def test_slos_that_moved_to_another_name_are_named() -> None:
    """What counts the same under another id is renamed; the files are new and removed."""
    changed()

    result = build("slos.py", "more.py", "--check")

    assert result.stdout.startswith(
        "new-availability\n"
        "  id: old-availability -> new-availability (its history begins anew)\n"
        "  service: old -> new (routes by the label slo_service move)\n"
        "shop-availability\n"
    )
    assert result.stdout.endswith(
        "1 file new: prometheus/new-availability.yaml\n"
        "2 files changed: prometheus/shop-availability.yaml, slogen.manifest\n"
        "1 file removed: prometheus/old-availability.yaml\n"
    )


@pytest.mark.parametrize("target", ["prometheus", "json"])
def test_what_only_reads_differently_is_no_change_of_slos(target: str) -> None:
    """A file that another version wrote, or somebody edited, is stale, and means the same."""
    build("slos.py", "--target", target)
    (file,) = Path("out", target).iterdir()
    text = file.read_text()
    file.write_text(
        text.replace('job="shop",code=~"5.."', 'code=~"5..",job="shop"').replace(
            'job=\\"shop\\",code=~', 'job = \\"shop\\",code=~'
        )
    )

    result = build("slos.py", "--target", target, "--check")

    assert result.exit_code == Exit.FINDINGS
    assert result.stdout.startswith("no SLO changes in meaning: another version of slogen wrote")
    assert f"1 file changed: {target}/shop-availability." in result.stdout


def test_a_rule_that_somebody_edited_is_named() -> None:
    """It is what no change of the definitions explains."""
    build("slos.py")
    text = Path(SHOP).read_text()
    Path(SHOP).write_text(text.replace("* 30 / 3600, 1", "* 60 / 3600, 1"))

    result = build("slos.py", "--check")

    assert result.stdout == (
        "shop-availability\n"
        "  rules that differ in another way: slo:sli_data:ratio: edited by hand, or written by "
        "another version of slogen\n"
        "1 file changed: prometheus/shop-availability.yaml\n"
    )


def test_a_file_that_cannot_be_read_is_named() -> None:
    """A file that is torn has no meaning: it says which, and why."""
    build("slos.py")
    Path(SHOP).write_text(Path(SHOP).read_text().replace("rules:", "rules: ["))

    result = build("slos.py", "--check")

    assert result.exit_code == Exit.FINDINGS
    assert result.stdout.startswith(
        "not read: prometheus/shop-availability.yaml: shop-availability: not YAML"
    )


def test_dashboards_change_without_an_slo() -> None:
    """Files without rules are named as files."""
    build("slos.py", "--target", "grafana")
    board = next(Path("out/grafana").rglob("slo-shop.json"))
    board.write_text(board.read_text() + " ")

    result = build("slos.py", "--target", "grafana", "--check")

    assert result.exit_code == Exit.FINDINGS
    assert f"1 file changed: {board.relative_to('out').as_posix()}\n" in result.stdout


def test_a_first_build_is_stale() -> None:
    """All files are new, and the folder is not made."""
    result = build("slos.py", "--check", "--text")

    assert result.exit_code == Exit.FINDINGS
    assert "+++ b/out/prometheus/shop-availability.yaml\n@@ -0,0 +1," in result.stdout
    assert result.stderr.endswith("slogen: 2 files in out would change\n")
    assert not Path("out").exists()


def test_checking_writes_nothing() -> None:
    """Neither a file nor a time changes."""
    changed()
    before = {path: path.stat().st_mtime_ns for path in Path().rglob("*")}

    build("slos.py", "more.py", "--check")

    assert {path: path.stat().st_mtime_ns for path in Path().rglob("*")} == before


@pytest.mark.parametrize("command", [("patch", "-p1"), ("git", "apply")])
def test_tools_can_read_the_diff(command: tuple[str, ...]) -> None:
    """Who applies the diff has what a build would have written."""
    changed()

    diff = build("slos.py", "more.py", "--check", "--text").stdout
    applied(diff, *command)

    by_patch = files()
    build("slos.py", "more.py")
    assert by_patch == files()


@pytest.mark.parametrize("command", [("patch", "-p1"), ("git", "apply")])
def test_tools_can_read_the_diff_of_a_first_build(command: tuple[str, ...]) -> None:
    """Files that are new are made."""
    diff = build("slos.py", "--check", "--text").stdout

    applied(diff, *command)

    by_patch = files()
    build("slos.py")
    assert by_patch == files()


@pytest.mark.parametrize("command", [("patch", "-p1"), ("git", "apply")])
def test_tools_can_read_the_diff_of_odd_names(command: tuple[str, ...]) -> None:
    """A line of a generated file ends with a line feed and nothing else."""
    write("slos.py", old='job="shop"', new='job="a\u2028b\x85c"')
    diff = process(
        "-m", "slogen", "build", "slos.py", "--out", "out", "--target", "json", "--check", "--text"
    )

    applied(diff.stdout.decode(), *command)

    by_patch = files()
    build("slos.py", "--target", "json")
    assert by_patch == files()


@pytest.mark.parametrize("command", [("patch", "-p1", "--binary"), ("git", "apply")])
@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"\n", b"\r\n"),
        (b"groups:", b"groups:\x0b\x0c\x1c"),
        (b"groups:", "groups:\u2028\x85 é".encode()),
        (b"groups:", b"groups:\r "),
        (b"groups:\n", b"groups:\n\n\n"),
    ],
    ids=["crlf", "feeds", "separators", "return", "blank"],
)
def test_tools_can_read_the_diff_of_an_odd_file(
    old: bytes, new: bytes, command: tuple[str, ...]
) -> None:
    """Lines end where tools think that they end, whatever somebody wrote into a file."""
    build("slos.py")
    right = files()
    Path(SHOP).write_bytes(right["prometheus/shop-availability.yaml"].replace(old, new))

    diff = process("-m", "slogen", "build", "slos.py", "--out", "out", "--check", "--text").stdout
    applied(diff.decode(), *command)

    assert files() == right


@pytest.mark.parametrize("command", [("patch", "-p1"), ("git", "apply")])
def test_tools_can_read_the_diff_of_a_file_without_its_end(command: tuple[str, ...]) -> None:
    """A last line that has no end is marked as such, and does not run into the next one."""
    build("slos.py")
    right = files()
    Path(SHOP).write_bytes(right["prometheus/shop-availability.yaml"].rstrip(b"\n"))

    diff = build("slos.py", "--check", "--text").stdout

    assert "\n\\ No newline at end of file\n" in diff
    applied(diff, *command)
    assert files() == right


@pytest.mark.parametrize("out", ["deep/out", "./out", "ABSOLUTE"])
def test_the_diff_names_files_below_the_folder(out: str, folder: Path) -> None:
    """Names begin with the last part of the folder's, and not with where it stands."""
    out = out.replace("ABSOLUTE", str(folder / "out"))

    result = build("slos.py", "--check", "--text", "--out", out)

    assert "+++ b/out/prometheus/shop-availability.yaml\n" in result.stdout
    assert str(folder) not in result.stdout


def test_the_diff_of_this_folder_can_be_applied_here() -> None:
    """Where the output folder is the current one its files are at the top."""
    result = process("-m", "slogen", "build", "slos.py", "--out", ".", "--check", "--text")

    applied(result.stdout.decode(), "patch", "-p1")

    assert Path("prometheus/shop-availability.yaml").is_file()


@pytest.mark.parametrize("content", ["", "half", "half\n"])
@pytest.mark.parametrize("place", ["out", "out/prometheus"])
def test_names_what_an_interrupted_build_has_left(place: str, content: str) -> None:
    """A temporary file is stale output, also where it is empty, and a build removes it."""
    build("slos.py")
    Path(place, ".abc.slogen-tmp").write_text(content)

    result = build("slos.py", "--check", "--text")
    build("slos.py")

    assert result.exit_code == Exit.FINDINGS
    assert f"{place}/.abc.slogen-tmp" in result.output
    assert not Path(place, ".abc.slogen-tmp").exists()


def test_names_what_an_interrupted_build_has_not_written() -> None:
    """A manifest that names more than there is is stale."""
    build("slos.py")
    Path("out/slogen.manifest").write_bytes(
        Path("out/slogen.manifest").read_bytes() + b"prometheus/gone.yaml\n"
    )

    result = build("slos.py", "--check", "--text")

    assert result.exit_code == Exit.FINDINGS
    assert "-prometheus/gone.yaml\n" in result.stdout


def test_an_edited_file_is_stale() -> None:
    """What somebody changed by hand shows as what a build would take back."""
    build("slos.py")
    with Path(SHOP).open("a") as stream:
        stream.write("# mine\n")

    result = build("slos.py", "--check", "--text")

    assert result.exit_code == Exit.FINDINGS
    assert result.stdout.endswith("\n-# mine\n")


def test_a_foreign_file_is_code_4() -> None:
    """What a build would refuse is refused here, too."""
    Path("out/prometheus").mkdir(parents=True)
    Path(SHOP).write_text("mine")

    result = build("slos.py", "--check")

    assert result.exit_code == Exit.UNDECIDED
    assert result.stdout == ""
    assert "was not written by slogen" in result.stderr


def test_a_bad_input_is_code_3() -> None:
    """What cannot be compiled is neither fresh nor stale."""
    build("slos.py")
    write("slos.py", objective="0%")

    result = build("slos.py", "--check")

    assert result.exit_code == Exit.INPUT
    assert result.stdout == ""


def test_checks_the_targets_and_the_layout_that_are_chosen() -> None:
    """What is fresh for one layout is stale for another."""
    build("slos.py", "--target", "json", "--layout", "service")

    same = build("slos.py", "--target", "json", "--layout", "service", "--check")
    other = build("slos.py", "--target", "json", "--check")

    assert (same.exit_code, other.exit_code) == (Exit.FINE, Exit.FINDINGS)


def test_a_terminal_that_does_not_know_a_letter_is_no_fault() -> None:
    """A diff goes to stdout in UTF-8, as the files do, whatever the locale says."""
    write("slos.py", old="window=", new='description="Größe", window=')

    result = process(
        "-m",
        "slogen",
        "build",
        "slos.py",
        "--out",
        "out",
        "--check",
        "--text",
        PYTHONIOENCODING="ascii",
    )

    assert result.returncode == Exit.FINDINGS
    assert b"Traceback" not in result.stderr


RULES = [name for name in TARGETS if target_class(name).holds_rules]


@pytest.mark.parametrize("target", RULES)
def test_the_rules_of_every_target_say_what_changes(target: str) -> None:
    """Whatever runs the rules: a check and a diff read them, and blame nobody."""
    build("slos.py", "--target", target)
    write("slos.py", objective="99%")

    checked = build("slos.py", "--target", target, "--check")
    compared = run("diff", "out", "slos.py", "--exit-code")
    itself = run("diff", "out", "out", "--exit-code")

    for result in (checked, compared):
        assert "objective: 99.9% -> 99%" in result.stdout
        assert "somebody edited" not in result.stdout
        assert result.exit_code == Exit.FINDINGS
    assert (itself.exit_code, itself.stdout) == (Exit.FINE, "")


def test_rules_that_differ_in_two_targets_are_told_once() -> None:
    """The same rules in two places are one SLO."""
    targets = ("--target", "mimir", "--target", "json", "--target", "prometheus-operator")
    build("slos.py", *targets)
    write("slos.py", objective="99%")

    result = build("slos.py", *targets, "--check")

    assert result.stdout.count("objective: 99.9% -> 99%") == 1
    assert "could not be read" not in result.stderr + result.stdout


def test_files_without_rules_are_not_read_for_their_meaning() -> None:
    """Nobody is said to have edited a dashboard, and there is nothing to compare."""
    build("slos.py", "--target", "grafana")
    write("slos.py", objective="99%")

    checked = build("slos.py", "--target", "grafana", "--check")
    compared = run("diff", "out", "slos.py")

    assert "somebody edited" not in checked.stdout
    assert "changed: grafana/" in checked.stdout
    assert compared.exit_code == Exit.INPUT
    assert "there are no rules in out" in compared.stderr
