"""The hooks as somebody has them: the real pre-commit, which installs slogen from a clone."""

from __future__ import annotations

import re
from pathlib import Path

import attrs
import pytest
import yaml

from tests.hooks.pages import FILES, HOOKS, TRANSCRIPTS
from tests.hooks.scratch import DEFINITIONS, Repository, copy_of_slogen, project

RULES = "build/prometheus/site-reachable.yaml"
_OF_GIT = re.compile(r"^(\[\w+ \w+\] | \d+ files? changed).*\n", re.MULTILINE)
"""What git says of a commit that it made: its name, which differs each time, and its size."""


@attrs.frozen
class Installed:
    """Hooks that pre-commit has installed.

    Attributes:
        repository: Where they come from.
        revision: The commit.
        home: Where pre-commit keeps what it installs.
    """

    repository: Path
    revision: str
    home: Path

    def config(self) -> str:
        """Return the configuration of the docs, with hooks from here."""
        shown = yaml.safe_load(FILES[HOOKS])
        shown["repos"][0] |= {"repo": str(self.repository), "rev": self.revision}
        return yaml.safe_dump(shown)


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """Let pre-commit install slogen, once."""
    folder = tmp_path_factory.mktemp("hooks")
    slogen = copy_of_slogen(folder / "slogen")
    made = Installed(slogen.folder, slogen.commit(), folder / "home")
    first = project(folder / "first", PRE_COMMIT_HOME=str(made.home))
    first.write(HOOKS, made.config())
    first.git("add", "--all")
    done = first.run("pre-commit", "install-hooks")
    assert done.returncode == 0, done.stdout
    return made


@pytest.fixture
def repository(installed: Installed, tmp_path: Path) -> Repository:
    """Return a repository in which each commit runs the hooks, and nothing is committed yet."""
    made = project(tmp_path / "project", PRE_COMMIT_HOME=str(installed.home))
    made.write(HOOKS, installed.config())
    done = made.run("pre-commit", "install")
    assert done.returncode == 0, done.stdout
    return made


@pytest.fixture
def built(repository: Repository) -> Repository:
    """Return that repository with its definitions and their rules committed."""
    repository.git("add", "--all")
    repository.run("git", "commit", "--message", "Promise")
    repository.git("add", "--all")
    repository.git("commit", "--message", "Promise")
    return repository


def transcript(repository: Repository, message: str) -> tuple[str, int]:
    """Commit all that changed; return what a person sees, and the exit code."""
    done = repository.run("git", "commit", "--all", "--message", message)
    said = _OF_GIT.sub("", done.stdout).rstrip("\n")
    return f"$ git commit --all --message '{message}'\n{said}\n", done.returncode


def test_the_first_commit_waits_for_its_rules(repository: Repository) -> None:
    """Files that are new are seen, too, which pre-commit by itself would overlook."""
    repository.git("add", "--all")

    first = repository.run("git", "commit", "--message", "Promise")
    repository.git("add", "--all")
    second = repository.run("git", "commit", "--message", "Promise")

    assert first.returncode == 1
    assert "slogen: build was not up to date; it is now: add it to the commit" in first.stdout
    assert second.returncode == 0, second.stdout
    assert RULES in repository.git("ls-files").splitlines()


def test_an_edit_is_committed_with_its_rules(built: Repository) -> None:
    """The first attempt writes and fails, the second passes: both as the docs show them."""
    built.edit(DEFINITIONS, "99.9%", "99.95%")

    first, code_of_first = transcript(built, "Promise more")
    second, code_of_second = transcript(built, "Promise more")

    assert (code_of_first, code_of_second) == (1, 0)
    assert "- files were modified by this hook" in first
    assert TRANSCRIPTS[:2] == [first, second]
    assert RULES in built.git("show", "--name-only", "--format=").splitlines()


def test_a_wrong_definition_is_shown_with_its_place(built: Repository) -> None:
    """Nothing is committed, and the docs show what the author sees."""
    built.edit(DEFINITIONS, "99.9%", "100%")

    said, code = transcript(built, "Promise everything")

    assert code == 1
    assert f"{DEFINITIONS}:9:20: error: " in said
    assert TRANSCRIPTS[2] == said


def test_another_commit_runs_no_hook(built: Repository) -> None:
    """It costs no more than pre-commit itself."""
    built.write("README.md", "What we promise, and why.\n")

    said, code = transcript(built, "Explain ourselves")

    assert code == 0
    assert TRANSCRIPTS[3] == said


def test_a_commit_that_only_deletes_runs_no_hook(built: Repository) -> None:
    """The docs say so: pre-commit names no deleted file. What CI runs sees stale rules."""
    built.write("slos/more.yaml", (built.folder / DEFINITIONS).read_text().replace("site", "more"))
    built.run("git", "add", "--all")
    built.run("git", "commit", "--message", "Promise twice")
    built.git("add", "--all")
    built.git("commit", "--message", "Promise twice")
    built.git("rm", "--quiet", "slos/more.yaml")

    said, code = transcript(built, "Promise once")
    everything = built.run("pre-commit", "run", "--all-files")

    assert code == 0
    assert said.count("(no files to check)Skipped") == 2
    assert everything.returncode == 1
    assert "1 removed" in everything.stdout


def test_a_check_writes_nothing(built: Repository, installed: Installed) -> None:
    """The hook shows the change, and leaves it to its reader."""
    built.write(HOOKS, installed.config().replace("slogen-build", "slogen-check"))
    built.edit(DEFINITIONS, "99.9%", "99.95%")
    before = (built.folder / RULES).read_text()

    said, code = transcript(built, "Promise more")

    assert code == 1
    assert "files were modified" not in said
    assert (built.folder / RULES).read_text() == before


@pytest.mark.parametrize("hook", ["slogen-build", "slogen-check", "slogen-lint"])
def test_no_script_runs_where_none_may(built: Repository, installed: Installed, hook: str) -> None:
    """A script is refused with its name, by each hook, whatever ``args`` its user gave."""
    config = yaml.safe_load(installed.config())
    config["repos"][0]["hooks"] = [{"id": f"{hook}-no-scripts", "args": ["--project=slogen.toml"]}]
    built.write(HOOKS, yaml.safe_dump(config))
    built.write("slos/more.py", "print('this script runs')\n")
    built.git("add", "--all")

    done = built.run("git", "commit", "--message", "Promise more")

    assert done.returncode == 1
    assert "error: slos/more.py is Python, and scripts are not allowed" in done.stdout
    assert "this script runs" not in done.stdout
