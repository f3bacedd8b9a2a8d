"""The commands of the workflow and the job in docs/ci.md, run in a repository with one SLO."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
import yaml

from tests.hooks.pages import FILES, JOB, WORKFLOW
from tests.hooks.scratch import DEFINITIONS, Repository, environment, project
from tests.realtools.packages import find

if TYPE_CHECKING:
    from pathlib import Path

_INSTALLS = ("sudo apt-get", "apt-get", "pip install")
"""How the commands begin that install what the tests have already."""


def commands(name: str) -> list[str]:
    """Return the commands of a file of the docs, in their order, without those that install."""
    content = yaml.safe_load(FILES[name])
    (job,) = content.get("jobs", content).values()
    listed = [step.get("run", "") for step in job["steps"]] if "steps" in job else job["script"]
    return [command for command in listed if command and not command.startswith(_INSTALLS)]


@pytest.fixture
def checkout(tmp_path: Path) -> Repository:
    """Return a repository as CI has it: definitions and rules, and promtool on PATH."""
    promtool = find("promtool", "2").parent
    made = project(tmp_path / "project")
    path = os.pathsep.join((made.variables["PATH"], str(promtool)))
    made = Repository(made.folder, environment() | {"PATH": path})
    done = made.run("slogen", "build")
    assert done.returncode == 0, done.stdout
    made.commit()
    return made


@pytest.mark.parametrize("name", [WORKFLOW, JOB])
def test_what_ci_runs_passes(checkout: Repository, name: str) -> None:
    """Three commands: lint, check, test. None of them changes a file of the repository."""
    done = {command: checkout.run("bash", "-ec", command) for command in commands(name)}

    assert [command.split()[1] for command in done] == ["lint", "build", "test"]
    assert {command: run.returncode for command, run in done.items()} == dict.fromkeys(done, 0)
    assert checkout.git("diff") == ""
    assert reports(checkout, name) == ([] if name == WORKFLOW else ["site-reachable"])


def reports(checkout: Repository, name: str) -> list[str | None]:
    """Return the suites of the report that GitLab is to find, if there is to be one."""
    content = yaml.safe_load(FILES[name])
    if "jobs" in content:
        return []
    file = checkout.folder / content["slos"]["artifacts"]["reports"]["junit"]
    return [suite.get("name") for suite in ET.parse(file).getroot()]  # noqa: S314 (our own file)


@pytest.mark.parametrize(
    ("objective", "codes"), [("99.95%", (0, 1)), ("100%", (3, 3))], ids=["stale", "wrong"]
)
def test_what_ci_runs_fails_where_it_has_to(
    checkout: Repository, objective: str, codes: tuple[int, ...]
) -> None:
    """Stale rules fail the check, a wrong definition lint as well."""
    checkout.edit(DEFINITIONS, "99.9%", objective)

    lint, check, _ = commands(WORKFLOW)

    assert checkout.run("bash", "-ec", lint).returncode == codes[0]
    assert checkout.run("bash", "-ec", check).returncode == codes[1]
