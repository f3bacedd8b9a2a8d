"""The hooks, and the files in docs/ci.md, are right by the schemas of those who read them."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from slogen.cli import main
from tests.golden_cases import ROOT
from tests.hooks.pages import FILES, HOOKS, JOB, WORKFLOW
from tests.hooks.scratch import Repository

if TYPE_CHECKING:
    from pathlib import Path

MANIFEST = ROOT / ".pre-commit-hooks.yaml"
OFFERED: list[dict[str, Any]] = yaml.safe_load(MANIFEST.read_text())
SCHEMAS = {WORKFLOW: "vendor.github-workflows", JOB: "vendor.gitlab-ci"}


def validated(folder: Path, schema: str, text: str) -> tuple[int, str]:
    """Return the exit code and the words of a validator."""
    folder.joinpath("file.yaml").write_text(text)
    command = ("check-jsonschema", "--builtin-schema", schema, "file.yaml")
    done = Repository(folder).run(*command)
    return done.returncode, done.stdout


def test_pre_commit_takes_the_hooks() -> None:
    """Each key is one of pre-commit's, and of the right type."""
    done = Repository(ROOT).run("pre-commit", "validate-manifest", str(MANIFEST))

    assert done.returncode == 0, done.stdout


def test_pre_commit_takes_the_configuration_of_the_docs(tmp_path: Path) -> None:
    """Its hooks are offered here."""
    tmp_path.joinpath("config.yaml").write_text(FILES[HOOKS])
    done = Repository(tmp_path).run("pre-commit", "validate-config", "config.yaml")
    (repository,) = yaml.safe_load(FILES[HOOKS])["repos"]

    assert done.returncode == 0, done.stdout
    assert {hook["id"] for hook in repository["hooks"]} <= {hook["id"] for hook in OFFERED}


@pytest.mark.parametrize("hook", OFFERED, ids=lambda hook: str(hook["id"]))
def test_a_hook_runs_a_command_that_exists(hook: dict[str, Any]) -> None:
    """Its options are those of the command, and the page about CI has its name."""
    program, command, *options = shlex.split(hook["entry"])

    assert program == "slogen"
    assert set(options) <= {option for one in main.commands[command].params for option in one.opts}
    assert f"`{hook['id']}`" in (ROOT / "docs" / "ci.md").read_text()


@pytest.mark.parametrize("hook", OFFERED, ids=lambda hook: str(hook["id"]))
@pytest.mark.parametrize(
    ("file", "runs"),
    [
        ("slos/shop.py", True),
        ("slos/shop.yaml", True),
        ("shop.yml", True),
        ("monitoring/slogen.toml", True),
        ("build/prometheus/shop-availability.yaml", True),
        ("README.md", False),
        ("src/main.go", False),
        ("py", False),
    ],
)
def test_a_hook_runs_for_files_that_can_matter(
    hook: dict[str, Any], file: str, *, runs: bool
) -> None:
    """Definitions, project files and rules; for nothing else."""
    assert bool(re.search(hook["files"], file)) == runs


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_schema_takes_a_file_of_the_docs(name: str, tmp_path: Path) -> None:
    """The workflow and the job have keys that GitHub and GitLab know."""
    code, said = validated(tmp_path, SCHEMAS[name], FILES[name])

    assert code == 0, said


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_schema_refuses_what_is_wrong(name: str, tmp_path: Path) -> None:
    """The validator does look."""
    wrong = re.sub(r"runs-on:|script:", "scrpt:", FILES[name])

    assert validated(tmp_path, SCHEMAS[name], wrong)[0] == 1


def test_the_schema_takes_the_workflow_of_this_repository(tmp_path: Path) -> None:
    """What GitHub runs for slogen itself is right, too."""
    workflow = (ROOT / ".github" / "workflows" / "ci.yml").read_text()
    code, said = validated(tmp_path, SCHEMAS[WORKFLOW], workflow)

    assert code == 0, said
