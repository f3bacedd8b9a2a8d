"""The project file: where it is found, and what it says."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import attrs
import pytest

from slogen import Settings
from slogen.errors import InputError
from slogen.formats import find_project, load_project
from slogen.model import Project
from slogen.naming import Naming

EVERYTHING = """\
paths = ["slos", "more/slo.py"]
out = "build"
targets = ["json", "prometheus"]
layout = "single"
promtool = "tools/promtool"
scrape_interval = "15s"
base_range = "2m"
longest_gap = "20m"
fast_interval = "30s"
slow_interval = "1m"
offset = "5m"
query_offset = "1m"
prometheus = "2.53"
grafana = "https://grafana/"
naming = "sloth"

[identity]
environment = "test"

[severities]
page = "critical"
ticket = "warning"

[severity_labels.page]
route = "pager"

[severity_labels.ticket]
board = "{{ $labels.team }}"

[alert_names]
SLODataStale = "SLIMissing"

[alert_labels]
team = "{{ $labels.tenant }}"

[alert_annotations]
dashboard = "https://grafana/{{ $labels.slo_id }}"

[defaults]
owner = "team-sre"
runbook = "https://runbooks/slo"
"""
KEYS: list[tuple[str, dict[str, Any]]] = [
    ('scrape_interval = "15s"', {"scrape_interval": "15s"}),
    ('base_range = "2m"', {"base_range": "2m"}),
    ('fast_interval = "30s"', {"fast_interval": "30s"}),
    ('slow_interval = "1m"', {"slow_interval": "1m"}),
    ('offset = "5m"', {"offset": "5m"}),
    ('query_offset = "1m"', {"query_offset": "1m"}),
    ('prometheus = "3.5"', {"prometheus": "3.5"}),
    ('naming = "slogen"', {"naming": Naming()}),
    ('naming = "sloth"', {"naming": Naming.sloth()}),
    ('identity = {env = "x"}', {"identity": {"env": "x"}}),
    ('severities = {page = "red"}', {"severities": {"page": "red"}}),
    ('severities.page = "red"', {"severities": {"page": "red"}}),
    ('[severities]\npage = "red"', {"severities": {"page": "red"}}),
    ('[severity_labels.info]\nteam = "x"', {"severity_labels": {"info": {"team": "x"}}}),
    ('severity_labels.page = {a = "x"}', {"severity_labels": {"page": {"a": "x"}}}),
    ('[severity_labels]\npage.a = "x"', {"severity_labels": {"page": {"a": "x"}}}),
    ('[alert_names]\nSLODataStale = "X"', {"alert_names": {"SLODataStale": "X"}}),
    ('alert_labels = {"team" = "x"}', {"alert_labels": {"team": "x"}}),
    ('alert_annotations.note = """\na\nb"""', {"alert_annotations": {"note": "a\nb"}}),
    ('[defaults]\nowner = "x"', {"owner": "x"}),
    ('defaults.owner = "é"', {"owner": "é"}),
    ("defaults = {runbook = 'https://x'}", {"runbook": "https://x"}),
    ("defaults = {}", {}),
    ("", {}),
]


def write(path: Path, text: str) -> Path:
    """Write a file, and the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())
    return path


def load(folder: Path, text: str) -> Project:
    """Return what a ``slogen.toml`` says."""
    return load_project(write(folder / "slogen.toml", text))


def test_reads_every_key(tmp_path: Path) -> None:
    """Each key of the file is an argument of the model."""
    assert load(tmp_path, EVERYTHING) == Project(
        folder=tmp_path,
        paths=(tmp_path / "slos", tmp_path / "more/slo.py"),
        out=tmp_path / "build",
        targets=("json", "prometheus"),
        layout="single",
        promtool=str(tmp_path / "tools/promtool"),
        settings=Settings(
            scrape_interval="15s",
            base_range="2m",
            longest_gap="20m",
            fast_interval="30s",
            slow_interval="1m",
            offset="5m",
            query_offset="1m",
            prometheus="2.53",
            grafana="https://grafana/",
            naming=Naming.sloth(),
            identity={"environment": "test"},
            severities={"page": "critical", "ticket": "warning"},
            severity_labels={"page": {"route": "pager"}, "ticket": {"board": "{{ $labels.team }}"}},
            alert_names={"SLODataStale": "SLIMissing"},
            alert_labels={"team": "{{ $labels.tenant }}"},
            alert_annotations={"dashboard": "https://grafana/{{ $labels.slo_id }}"},
            owner="team-sre",
            runbook="https://runbooks/slo",
        ),
    )


def test_a_table_of_pyproject_says_the_same(tmp_path: Path) -> None:
    """The table ``tool.slogen`` is the same file with a longer address."""
    tables = EVERYTHING.replace("\n[", "\n[tool.slogen.")
    path = write(tmp_path / "pyproject.toml", f"[project]\nname = 'x'\n[tool.slogen]\n{tables}")

    assert load_project(path) == load(tmp_path, EVERYTHING)


def test_every_setting_has_a_key() -> None:
    """What can be set in Python can be set in the file."""
    fields = {field.name for field in attrs.fields(Settings)} - {"origin"}

    assert {
        key for key in fields if re.search(rf"^(\[{key}[].]|{key} = )", EVERYTHING, re.MULTILINE)
    } == fields


@pytest.mark.parametrize(("text", "settings"), KEYS)
def test_reads_a_setting(tmp_path: Path, text: str, settings: dict[str, Any]) -> None:
    """However TOML lets one write it."""
    assert load(tmp_path, text).settings == Settings(**settings)


def test_what_is_not_said_is_left_open(tmp_path: Path) -> None:
    """An empty file says nothing but what every project says."""
    assert load(tmp_path, "") == Project(
        folder=tmp_path, paths=(), out=None, targets=("prometheus",), layout="slo"
    )


@pytest.mark.parametrize("text", ['paths = "slos"', 'paths = ["slos"]'])
def test_one_path_needs_no_brackets(tmp_path: Path, text: str) -> None:
    """A text stands for a list of one."""
    assert load(tmp_path, text).paths == (tmp_path / "slos",)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("slos", "here/slos"), ("../slos", "here/../slos"), (".", "here"), ("/etc", "/etc")],
)
def test_paths_are_relative_to_the_file(tmp_path: Path, text: str, expected: str) -> None:
    """Where the command is run does not matter."""
    project = load(tmp_path / "here", f'paths = "{text}"\nout = "{text}"')

    assert project.paths == (tmp_path / expected,)
    assert project.out == tmp_path / expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("promtool", "promtool"),
        ("promtool-3.5", "promtool-3.5"),
        ("./promtool", "{here}/promtool"),
        ("../tools/promtool", "{here}/../tools/promtool"),
        ("/opt/promtool", "/opt/promtool"),
    ],
)
def test_a_program_is_a_path_or_a_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, expected: str
) -> None:
    """A path is relative to the file, wherever that was read from; a bare name is for PATH."""
    write(tmp_path / "here/slogen.toml", f'promtool = "{text}"')
    monkeypatch.chdir(tmp_path / "here")

    project = load_project(Path("slogen.toml"))

    assert project.promtool == expected.format(here=tmp_path / "here")


def test_any_file_can_be_a_project_file(tmp_path: Path) -> None:
    """A file of another name is read like ``slogen.toml``."""
    path = write(tmp_path / "production.toml", 'layout = "slo"')

    assert load_project(path).layout == "slo"


def test_finds_the_file_here(tmp_path: Path) -> None:
    """The folder itself is the first place."""
    path = write(tmp_path / "slogen.toml", "")

    assert find_project(tmp_path) == path


def test_finds_the_file_above(tmp_path: Path) -> None:
    """From wherever in a repository."""
    path = write(tmp_path / "slogen.toml", "")
    (tmp_path / "a/b/c").mkdir(parents=True)

    assert find_project(tmp_path / "a/b/c") == path


def test_the_nearest_file_counts(tmp_path: Path) -> None:
    """A project in a project is one of its own."""
    write(tmp_path / "slogen.toml", "")
    near = write(tmp_path / "a/pyproject.toml", "[tool.slogen]")
    (tmp_path / "a/b").mkdir()

    assert find_project(tmp_path / "a/b") == near


def test_slogen_toml_counts_before_pyproject(tmp_path: Path) -> None:
    """Where both are in one folder, the file that is slogen's alone wins."""
    write(tmp_path / "pyproject.toml", "[tool.slogen]")
    path = write(tmp_path / "slogen.toml", "")

    assert find_project(tmp_path) == path


@pytest.mark.parametrize(
    "text", ["", "[project]\nname = 'slogen'", "[tool]", "[tool.ruff]", "[slogen]", "tool = 5"]
)
def test_a_pyproject_without_the_table_is_passed_over(tmp_path: Path, text: str) -> None:
    """Other people's projects say nothing, and the search goes on above."""
    path = write(tmp_path / "slogen.toml", "")
    write(tmp_path / "a/pyproject.toml", text)

    assert find_project(tmp_path / "a") == path


@pytest.mark.parametrize(
    "text",
    ["[tool.slogen]", "[tool]\nslogen = {}", "[tool.slogen.defaults]", "tool.slogen.out='x'"],
)
def test_a_table_counts_however_it_is_written(tmp_path: Path, text: str) -> None:
    """TOML has several ways to write a table."""
    path = write(tmp_path / "pyproject.toml", text)

    assert find_project(tmp_path) == path


def test_a_folder_is_no_project_file(tmp_path: Path) -> None:
    """A folder that happens to be called like one is passed over."""
    (tmp_path / "slogen.toml").mkdir()
    (tmp_path / "pyproject.toml").mkdir()

    assert find_project(tmp_path) is None


def test_there_may_be_none(tmp_path: Path) -> None:
    """Without a project file the command line says it all."""
    assert find_project(tmp_path) is None


@pytest.mark.parametrize(
    ("text", "found"), [("[tool]\nslogen = 5", "slogen is 5"), ("tool = 5", "tool is 5")]
)
def test_a_table_that_is_none_is_refused(tmp_path: Path, text: str, found: str) -> None:
    """What stands where the table should be is not passed over in silence."""
    path = write(tmp_path / "pyproject.toml", text)

    with pytest.raises(InputError, match=rf"{found}\n  allowed: a table"):
        load_project(path)


def test_what_is_no_table_is_found(tmp_path: Path) -> None:
    """So that it can be refused."""
    path = write(tmp_path / "pyproject.toml", "[tool]\nslogen = 5")

    assert find_project(tmp_path) == path
