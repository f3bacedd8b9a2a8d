"""What the project file says, and what the command line says over it."""

from __future__ import annotations

from pathlib import Path

import pytest

from slogen.cli.exits import Exit
from tests.cli.running import build, files, project, run, without_notes, write

PROJECT = 'paths = "slos.py"\nout = "out"\n'
DEFAULT_FILES = ["prometheus/shop-availability.yaml", "slogen.manifest"]


def rules() -> str:
    """Return the rules that were written."""
    return Path("out/prometheus/shop-availability.yaml").read_text()


def test_builds_what_the_project_says() -> None:
    """Without arguments the project file says it all."""
    project(PROJECT)

    result = run("build")

    assert result.exit_code == Exit.FINE
    assert list(files()) == DEFAULT_FILES


def test_a_table_of_pyproject_will_do() -> None:
    """Where there is a ``pyproject.toml`` no other file is needed."""
    project(f"[project]\nname = 'x'\n[tool.slogen]\n{PROJECT}", "pyproject.toml")

    result = run("build")

    assert result.exit_code == Exit.FINE
    assert list(files()) == DEFAULT_FILES


def test_builds_from_a_deeper_folder(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Paths are relative to the project file, and the summary is as one would type it."""
    project(PROJECT)
    (folder / "a/b").mkdir(parents=True)
    monkeypatch.chdir(folder / "a/b")

    result = run("build")

    assert result.exit_code == Exit.FINE
    summary = "slogen: 1 SLO, 39 rules in ../../out, 2 files written"
    assert without_notes(result.stderr) == f"hello\n{summary}\n"
    assert list(files("../../out")) == DEFAULT_FILES


def test_checks_from_a_deeper_folder(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It does not matter where in the project one stands."""
    project(PROJECT)
    run("build")
    (folder / "deep").mkdir()
    monkeypatch.chdir(folder / "deep")

    result = run("build", "--check")

    assert result.exit_code == Exit.FINE
    assert without_notes(result.stderr) == "hello\nslogen: ../out is up to date\n"


def test_both_places_write_the_same(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a build was started does not show in the files."""
    project(PROJECT)
    (folder / "deep").mkdir()
    run("build")
    before = files()
    monkeypatch.chdir(folder / "deep")

    result = run("build")

    assert result.stderr.endswith("0 files written\n")
    assert files("../out") == before


def test_a_project_file_can_be_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With --project no other one is looked for."""
    write("conf/slos.py")
    project(PROJECT, "conf/production.toml")
    project("nonsense", "other/slogen.toml")
    monkeypatch.chdir(folder / "other")

    result = run("build", "--project", "../conf/production.toml")

    assert result.exit_code == Exit.FINE
    assert list(files("../conf/out")) == DEFAULT_FILES


@pytest.mark.parametrize("name", ["no.toml", "."])
def test_a_project_file_that_is_none_is_code_2(name: str) -> None:
    """A file that does not exist, and a folder, are a wrong command line."""
    result = run("build", "--project", name)

    assert result.exit_code == Exit.USAGE
    assert "--project" in result.stderr


def test_a_wrong_project_file_is_code_3() -> None:
    """All that is wrong with it is told, with places, and no script is run."""
    project(f'{PROJECT}layout = 5\npathz = "x"\n')

    result = run("build")

    assert result.exit_code == Exit.INPUT
    assert "slogen.toml:3:10: error: layout is 5\n" in result.stderr
    assert "slogen.toml:4:1: error: pathz is no key that slogen knows\n" in result.stderr
    assert "hello" not in result.stderr


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ('targets = "grafan"', "3:11"),
        ('layout = "services"', "3:10"),
        ('scrape_interval = "7s"', "3:19"),
    ],
)
def test_a_word_of_the_project_file_that_nobody_knows_is_code_3(line: str, place: str) -> None:
    """The command line is not to blame, so the place in the file is told."""
    project(f"{PROJECT}{line}\n")

    result = run("build")

    assert result.exit_code == Exit.INPUT
    assert f"slogen.toml:{place}: error: " in result.stderr
    assert not Path("out").exists()


def test_without_paths_it_is_code_2() -> None:
    """Where nothing says what to build, that is told with what to write."""
    project('out = "out"')

    result = run("build")

    assert result.exit_code == Exit.USAGE
    assert result.stderr.endswith(
        "Error: no PATH given, and no project file names any\n"
        'Write one: slogen.toml with paths = ["slos"] and out = "build"\n'
    )


def test_without_an_output_folder_it_is_code_2() -> None:
    """Where nothing says where to, that is told before a script is run."""
    project('paths = "slos.py"')

    result = run("build")

    assert result.exit_code == Exit.USAGE
    assert "no --out given, and no project file names an output folder" in result.stderr
    assert "hello" not in result.stderr


def test_a_path_of_the_project_file_that_is_missing_is_code_3() -> None:
    """What it names is shown as one would type it."""
    project('paths = "no.py"\nout = "out"')

    result = run("build")

    assert result.exit_code == Exit.INPUT
    assert result.stderr == (
        "error: no.py does not exist\n"
        "  allowed: files that end in .py, .yaml, .yml, and folders of such files\n"
    )


def test_a_foreign_file_is_shown_as_one_would_type_it() -> None:
    """The output folder of a project is relative to here, whatever the file says."""
    project(PROJECT)
    Path("out/prometheus").mkdir(parents=True)
    Path("out/prometheus/shop-availability.yaml").write_text("mine")

    result = run("build")

    assert "error: out/prometheus/shop-availability.yaml was not written by slogen" in result.stderr


def test_paths_of_the_command_line_win() -> None:
    """What is given is built, and nothing besides."""
    project('paths = "no.py"\nout = "out"')

    result = run("build", "slos.py")

    assert result.exit_code == Exit.FINE
    assert list(files()) == DEFAULT_FILES


def test_paths_of_the_command_line_are_relative_to_here(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And not to the project file."""
    project(PROJECT)
    write("deep/slos.py", old='service="shop"', new='service="deep"')
    monkeypatch.chdir(folder / "deep")

    run("build", "slos.py", "--out", "here")

    assert list(files("here")) == ["prometheus/deep-availability.yaml", "slogen.manifest"]


def test_the_output_folder_of_the_command_line_wins() -> None:
    """The project's is not even made."""
    project('paths = "slos.py"\nout = "other"')

    build()

    assert list(files()) == DEFAULT_FILES
    assert not Path("other").exists()


def test_the_targets_of_the_command_line_win() -> None:
    """They stand instead of the project's, not beside them."""
    project(f'{PROJECT}targets = ["prometheus"]')

    run("build", "--target", "json")

    assert list(files()) == ["json/shop-availability.json", "slogen.manifest"]


def test_the_layout_of_the_command_line_wins() -> None:
    """One can look at another layout without changing the project."""
    project(f'{PROJECT}layout = "single"')

    run("build", "--layout", "slo")

    assert list(files()) == ["prometheus/shop-availability.yaml", "slogen.manifest"]


def test_the_scrape_interval_of_the_command_line_wins() -> None:
    """It reaches the rules, and the rest of the settings stays the project's."""
    project(f'{PROJECT}scrape_interval = "30s"\nseverities.page = "critical"')

    run("build", "--scrape-interval", "15s")

    assert "interval: 15s" in rules()
    assert "severity: critical" in rules()


def test_targets_and_layout_of_the_project_count() -> None:
    """What the command line does not say is the project's to say."""
    project(f'{PROJECT}targets = ["json", "prometheus"]\nlayout = "single"')

    run("build")

    assert list(files()) == ["json/slogen.json", "prometheus/slogen.yaml", "slogen.manifest"]


@pytest.mark.parametrize(
    ("setting", "expected"),
    [
        ('scrape_interval = "15s"', "interval: 15s"),
        ('offset = "5m"', "offset 5m"),
        ('naming = "sloth"', "sloth_id: shop-availability"),
        ('severities = {page = "critical"}', "severity: critical"),
        ('alert_names = {SLODataStale = "SLIMissing"}', "alert: SLIMissing"),
        ('alert_labels = {channel = "shop"}', "channel: shop"),
        ('identity = {environment = "test"}', "environment: test"),
        ('defaults.owner = "team-sre"', "owner: team-sre"),
        ('defaults.runbook = "https://runbooks/slo"', "https://runbooks/slo"),
    ],
)
def test_settings_of_the_project_reach_the_rules(setting: str, expected: str) -> None:
    """What a house has settled is said once."""
    project(PROJECT)
    run("build")
    before = rules()
    project(f"{PROJECT}{setting}")

    run("build")

    assert expected not in before
    assert expected in rules()


def test_settings_of_an_slo_win_over_the_project() -> None:
    """Who is nearer knows better."""
    project(f'{PROJECT}defaults.owner = "team-sre"\nscrape_interval = "1m"')
    write("slos.py", old="window=", new='owner="team-shop", settings={"x"}, window=')
    text = Path("slos.py").read_text().replace('{"x"}', 'Settings(scrape_interval="15s")')
    Path("slos.py").write_text(text.replace("import SLO,", "import SLO, Settings,"))

    result = run("build")

    assert result.exit_code == Exit.FINE, result.stderr
    assert "team-sre" not in rules()
    assert "interval: 15s" in rules()


def test_a_project_beside_does_not_disturb_a_build_that_names_all() -> None:
    """What is given on the command line counts also where a project says something else."""
    project("[project]\nname = 'x'", "pyproject.toml")

    result = build("slos.py")

    assert result.exit_code == Exit.FINE
