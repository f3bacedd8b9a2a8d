"""Targets on the command line and in the project file: their options, help and completion."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.shell_completion import ShellComplete

from slogen.cli import main
from slogen.cli.exits import Exit
from slogen.targets import TARGETS, target_class
from tests.cli.running import build, project, run

PROJECT = 'paths = "slos.py"\nout = "out"\n'
CONFIGMAP = "out/grafana-configmap/slo/slogen-overview.yaml"


def metadata() -> dict[str, Any]:
    """Return the metadata of a ConfigMap that was written."""
    found: dict[str, Any] = yaml.safe_load(Path(CONFIGMAP).read_text())["metadata"]
    return found


@pytest.mark.parametrize(
    "table",
    [
        '[target.grafana-configmap]\nnamespace = "monitoring"\nlabels = {release = "x"}',
        '[target]\ngrafana-configmap = {namespace = "monitoring", labels = {release = "x"}}',
        '[target.grafana-configmap]\nlabels.release = "x"\nnamespace = "monitoring"',
    ],
)
def test_options_of_the_project_file_count(table: str) -> None:
    """A table of a target says how it is written, also where the command line chooses it."""
    project(f"{PROJECT}{table}")

    result = run("build", "--target", "grafana-configmap")

    assert result.exit_code == Exit.FINE, result.stderr
    assert metadata()["namespace"] == "monitoring"
    assert metadata()["labels"] == {"grafana_dashboard": "1", "release": "x"}


def test_a_table_of_pyproject_counts_too() -> None:
    """Below ``tool.slogen`` everything is the same."""
    text = "[tool.slogen.target.grafana-configmap]\nnamespace = 5\n"
    project(f"[tool.slogen]\n{PROJECT}{text}", "pyproject.toml")

    result = run("build")

    assert result.exit_code == Exit.INPUT
    assert "pyproject.toml:5:13: error: namespace is 5\n" in result.stderr


def test_options_of_a_target_that_is_not_written_do_nothing() -> None:
    """They wait for the day when it is."""
    project(f'{PROJECT}[target.grafana-configmap]\nnamespace = "monitoring"')

    result = run("build")

    assert result.exit_code == Exit.FINE
    assert not Path("out/grafana-configmap").exists()


FAULTS = """\
target.prometheus = 5
paths = 5
[target.grafana-configmapp]
namespace = "monitoring"
[target.grafana-configmap]
namespace = "Monitoring"
lables = {a = "b"}
[target.json]
indent = 2
"""


@pytest.mark.parametrize("command", [("build",), ("list",), ("test",)])
def test_all_that_is_wrong_with_tables_is_reported_at_once(command: tuple[str, ...]) -> None:
    """Each fault has its place, what is allowed and the nearest word, beside the file's others."""
    project(FAULTS)

    result = run(*command)

    assert result.exit_code == Exit.INPUT
    heads = [line for line in result.stderr.splitlines() if line.startswith("slogen.toml")]
    assert heads == [
        "slogen.toml:1:21: error: prometheus is 5",
        "slogen.toml:2:9: error: paths is 5",
        "slogen.toml:3:9: error: grafana-configmapp is no target that slogen knows",
        "slogen.toml:6:13: error: namespace is 'Monitoring'",
        "slogen.toml:7:1: error: lables is no option that slogen knows",
        "slogen.toml:9:1: error: indent is no option that slogen knows",
    ]
    assert 'remedy: did you mean "grafana-configmap"?' in result.stderr
    assert (
        "  allowed: annotations, folder_title, labels, namespace, refresh, tags\n"
        '  remedy: did you mean "labels"?' in result.stderr
    )
    assert "  allowed: no option at all\n" in result.stderr


def test_a_name_of_the_project_file_that_is_almost_one_is_told() -> None:
    """A slip of the fingers is answered with what was meant, and with its place."""
    project(f'{PROJECT}targets = ["grafan"]\n')

    result = run("build", "--target", "json")

    assert result.exit_code == Exit.INPUT
    assert "slogen.toml:3:12: error: targets is 'grafan'\n" in result.stderr
    assert '  remedy: did you mean "grafana"?\n' in result.stderr


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('labels = {"x/y" = "x/y"}', "3:19: error: x/y is 'x/y'"),
        ('labels = {"a b" = "x"}', "3:11: error: a key of labels is 'a b'"),
        ("annotations = {a = 5}", "3:20: error: a is 5"),
    ],
)
def test_a_wrong_part_of_an_option_stands_at_its_own_place(line: str, said: str) -> None:
    """A value that is spelt like its key is not taken for the key."""
    Path("slogen.toml").write_text(f'paths = "slos.py"\n[target.grafana-configmap]\n{line}\n')

    result = run("build", "--out", "out")

    assert result.stderr.startswith(f"slogen.toml:{said}\n")


@pytest.mark.parametrize("table", ["", "[target.grafana]\ntags = []\n"])
def test_dashboards_follow_the_budget_policy_of_the_project(table: str) -> None:
    """What `slogen gate` asks of a budget, the panel about deployments asks as well."""
    policy = '[budget_policy]\nfreeze_below = "12%"\napprove_below = "33%"\n'
    project(f'{PROJECT}targets = ["grafana"]\n{table}{policy}')

    result = run("build", "--out", "out")
    boards = [json.loads(path.read_text()) for path in Path("out").rglob("slo-*.json")]
    (panel,) = (one for one in boards[0]["panels"] if one["title"] == "May we deploy")
    text, expr = panel["description"], panel["targets"][0]["expr"]

    assert result.exit_code == Exit.FINE
    assert ("less than 12%" in text, "less than 33%" in text) == (True, True)
    assert ("< 0.12" in expr, "< 0.33" in expr) == (True, True)


def test_a_name_of_the_command_line_that_is_almost_one_is_told() -> None:
    """A slip of the fingers is answered with what was meant."""
    result = build("slos.py", "--target", "promtool-test")

    assert result.exit_code == Exit.USAGE
    assert 'did you mean "promtool-tests"?' in result.stderr


def test_help_lists_every_target() -> None:
    """The help of ``--target`` is made from the targets."""
    text = "".join(run("build", "--help").stdout.split())  # lines are broken anywhere

    helps = [f"{name} ({target_class(name).help})" for name in TARGETS]
    assert all(text_of.replace(" ", "") in text for text_of in helps)


def test_the_shell_completes_targets() -> None:
    """What begins as typed is offered, with what it is for."""
    completion = ShellComplete(main, {}, "slogen", "_SLOGEN_COMPLETE")

    offered = completion.get_completions(["build", "--target"], "grafana-")

    assert [(item.value, item.help) for item in offered] == [
        (name, target_class(name).help) for name in ("grafana-configmap", "grafana-operator")
    ]
