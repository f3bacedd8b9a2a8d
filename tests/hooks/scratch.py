"""Git repositories to try things in: slogen's own, as it stands, and one with definitions."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import attrs

from tests.golden_cases import ROOT
from tests.hooks.pages import PROJECT_FILE

DEFINITIONS = "slos/site.yaml"
_SITE = """\
apiVersion: slogen/v1
services:
  - name: site
    owner: team-site
    runbook: https://runbooks.example.com/site
    slos:
      - name: reachable
        description: Whoever calls the site sees it.
        objective: 99.9%
        window: 30d
        sli:
          up:
            gauge: up{job="site"}
"""
_FOREIGN = ("GIT_", "COVERAGE_", "PRE_COMMIT", "PYTHONPATH", "NO_COLOR", "FORCE_COLOR")
"""How names of variables begin that would let the machine's own settings have a say."""
_IDENTITY = {
    f"GIT_{role}_{key}": value
    for role in ("AUTHOR", "COMMITTER")
    for key, value in (("NAME", "Somebody"), ("EMAIL", "somebody@example.com"))
}


def environment(**more: str) -> dict[str, str]:
    """Return the variables of a process that knows nothing of this repository."""
    own = {name: value for name, value in os.environ.items() if not name.startswith(_FOREIGN)}
    path = os.pathsep.join((str(Path(sys.executable).parent), own["PATH"]))
    no_settings = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    return own | _IDENTITY | no_settings | {"PATH": path} | more


@attrs.frozen
class Repository:
    """A git repository below a folder for temporary files.

    Attributes:
        folder: Where it is.
        variables: What its commands have in their environment.
    """

    folder: Path
    variables: Mapping[str, str] = attrs.field(factory=environment)

    @classmethod
    def made(cls, folder: Path, **more: str) -> Repository:
        """Return a new one, whose commands have more variables."""
        folder.mkdir(exist_ok=True)
        made = cls(folder, environment(**more))
        made.git("init", "--quiet")
        return made

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        """Run a command in it; what it prints is in ``stdout``, both streams together."""
        return subprocess.run(  # noqa: S603 (a command of a test)
            command,
            cwd=self.folder,
            env=self.variables,
            check=False,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
        )

    def git(self, *arguments: str) -> str:
        """Return what git prints, which must not fail."""
        done = self.run("git", *arguments)
        assert done.returncode == 0, done.stdout
        return done.stdout

    def commit(self) -> str:
        """Commit everything, without hooks, and return the name of the commit."""
        self.git("add", "--all")
        self.git("commit", "--quiet", "--no-verify", "--message", "Go on")
        return self.git("rev-parse", "HEAD").strip()

    def write(self, name: str, text: str) -> None:
        """Write a file."""
        file = self.folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")

    def edit(self, name: str, old: str, new: str) -> None:
        """Write something else in the place of a text that a file has."""
        text = (self.folder / name).read_text("utf-8")
        assert old in text
        self.write(name, text.replace(old, new))


def project(folder: Path, **more: str) -> Repository:
    """Return a repository with the project file of the docs, one SLO, and nothing committed."""
    made = Repository.made(folder, **more)
    made.write("slogen.toml", PROJECT_FILE)
    made.write(DEFINITIONS, _SITE)
    made.write("README.md", "What we promise.\n")
    return made


def copy_of_slogen(folder: Path) -> Repository:
    """Return a repository with the files of this working tree, but for those that git ignores.

    It does not depend on what this clone knows: a shallow one does, and one without branches.
    """
    here = Repository(ROOT, os.environ)
    listed = here.git("ls-files", "-z", "--cached", "--others", "--exclude-standard")
    copy = Repository.made(folder)
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)
    return copy
