"""The commands of the workflow and the job in docs/ci.md, run in a repository with one SLO."""

from __future__ import annotations

import os
import re
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


SUMMARY = "summary.md"


def commands(name: str) -> list[str]:
    """Return the commands of a file of the docs, in their order, without those that install."""
    content = yaml.safe_load(FILES[name])
    (job,) = content.get("jobs", content).values()
    listed = [step.get("run", "") for step in job["steps"]] if "steps" in job else job["script"]
    return [command for command in listed if command and not command.startswith(_INSTALLS)]


@pytest.fixture
def checkout(tmp_path: Path) -> Repository:
    """Return a repository as CI has it: two commits of definitions and rules, promtool on PATH."""
    promtool = find("promtool", "2").parent
    made = project(tmp_path / "project")
    path = os.pathsep.join((made.variables["PATH"], str(promtool)))
    summary = {"GITHUB_STEP_SUMMARY": str(tmp_path / SUMMARY)}
    made = Repository(made.folder, environment() | {"PATH": path} | summary)
    for objective in ("99%", "99.9%"):
        made.edit(DEFINITIONS, "99.9%", objective)
        done = made.run("slogen", "build")
        assert done.returncode == 0, done.stdout
        made.commit()
        made.edit(DEFINITIONS, objective, "99.9%")
    return made


@pytest.mark.parametrize(
    ("name", "expected"),
    [(WORKFLOW, ["lint", "build", "diff", "test"]), (JOB, ["lint", "build", "test"])],
)
def test_what_ci_runs_passes(checkout: Repository, name: str, expected: list[str]) -> None:
    """Each command succeeds, and none of them changes a file of the repository."""
    done = {command: checkout.run("bash", "-ec", command) for command in commands(name)}

    assert [command.split()[1] for command in done] == expected
    assert {command: run.returncode for command, run in done.items()} == dict.fromkeys(done, 0)
    assert checkout.git("diff") == ""


def test_the_job_keeps_a_report(checkout: Repository) -> None:
    """GitLab finds the file that the job names, with the SLO in it."""
    *_, prove = commands(JOB)
    checkout.run("bash", "-ec", prove)

    name = yaml.safe_load(FILES[JOB])["slos"]["artifacts"]["reports"]["junit"]
    suites = ET.parse(checkout.folder / name).getroot()  # noqa: S314 (our own file)
    assert [suite.get("name") for suite in suites] == ["site-reachable"]


def test_the_workflow_says_what_the_commit_means(checkout: Repository) -> None:
    """The summary below the run has the objective before and after."""
    (said,) = (command for command in commands(WORKFLOW) if " diff " in command)
    checkout.run("bash", "-ec", said)

    summary = (checkout.folder.parent / SUMMARY).read_text()
    assert re.search(r"99%.*99\.9%", summary), summary


@pytest.mark.parametrize(
    ("objective", "codes"), [("99.95%", (0, 1)), ("100%", (3, 3))], ids=["stale", "wrong"]
)
def test_what_ci_runs_fails_where_it_has_to(
    checkout: Repository, objective: str, codes: tuple[int, ...]
) -> None:
    """Stale rules fail the check, a wrong definition lint as well."""
    checkout.edit(DEFINITIONS, "99.9%", objective)

    lint, check, *_ = commands(WORKFLOW)

    assert checkout.run("bash", "-ec", lint).returncode == codes[0]
    assert checkout.run("bash", "-ec", check).returncode == codes[1]
