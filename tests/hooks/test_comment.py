"""The action for GitHub: one comment on a pull request, which later runs edit."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.golden_cases import ROOT
from tests.hooks.scratch import DEFINITIONS, Repository
from tests.hooks.test_config import validated

_GITHUB = """\
#!/usr/bin/env bash
# Keeps one comment in a file, as GitHub would.
case "$*" in
  *--paginate*) if [[ -s $STORE ]]; then echo 17; fi ;;
  *"-F body=@"*)
    for word; do [[ $word == body=@* ]] && cp "${word#body=@}" "$STORE"; done
    echo "$3 $4" >>"$STORE.calls" ;;
esac
"""


@pytest.fixture
def pull(tmp_path: Path, projects: Repository) -> Repository:
    """Return a repository with one commit, in which an objective was edited."""
    projects.git("add", "--all")
    projects.git("commit", "--quiet", "--message", "Begin")
    path = projects.folder / DEFINITIONS
    path.write_text(path.read_text().replace("99.5%", "99.95%"))
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "gh").write_text(_GITHUB)
    (tmp_path / "bin" / "gh").chmod(0o755)
    own = {
        "PATH": f"{tmp_path / 'bin'}{os.pathsep}{projects.variables['PATH']}",
        "STORE": str(tmp_path / "store"),
        "BASE": "HEAD",
        "PULL": "5",
        "PROJECT": "slogen.toml",
        "NO_SCRIPTS": "true",
        "GITHUB_REPOSITORY": "acme/slos",
    }
    return Repository(projects.folder, {**projects.variables, **own})


@pytest.fixture
def projects(tmp_path: Path) -> Repository:
    """Return a repository with a project file and one SLO."""
    made = Repository.made(tmp_path / "repository")
    (made.folder / "slos").mkdir()
    text = (ROOT / "docs" / "examples" / "kinds" / "up.yaml").read_text()
    (made.folder / DEFINITIONS).write_text(text)
    (made.folder / "slogen.toml").write_text('paths = ["slos"]\nout = "build"\n')
    return made


def test_a_pull_request_has_one_comment_that_is_edited(pull: Repository) -> None:
    """The first run writes a comment, the second edits it."""
    script = str(ROOT / ".ci" / "comment")
    done = [pull.run(script), pull.run(script)]
    store = Path(pull.variables["STORE"])

    assert [each.returncode for each in done] == [0, 0], done
    assert store.read_text().startswith("<!-- slogen -->\n")
    assert "99.95%" in store.read_text()
    assert store.with_name("store.calls").read_text() == (
        "POST repos/acme/slos/issues/5/comments\nPATCH repos/acme/slos/issues/comments/17\n"
    )


def test_a_wrong_definition_stands_in_the_comment(pull: Repository) -> None:
    """The run fails as lint does, and the comment says why."""
    path = pull.folder / DEFINITIONS
    path.write_text(path.read_text().replace("99.95%", "100%"))
    done = pull.run(str(ROOT / ".ci" / "comment"))

    assert done.returncode == 3, done
    assert 'objective is "100%"' in Path(pull.variables["STORE"]).read_text()


@pytest.mark.parametrize(
    ("file", "schema"),
    [
        ("action.yml", "vendor.github-actions"),
        (".github/workflows/release.yml", "vendor.github-workflows"),
    ],
)
def test_the_schema_takes_what_releases_need(file: str, schema: str, tmp_path: Path) -> None:
    """The action and the workflow have keys that GitHub knows."""
    code, said = validated(tmp_path, schema, (ROOT / file).read_text())

    assert code == 0, said
