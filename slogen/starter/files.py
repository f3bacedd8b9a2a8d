"""The files that a project begins with."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING

import attrs

from slogen.starter.definitions import python_definitions, yaml_definitions
from slogen.units import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slogen.starter.choices import Starter

_PROJECT = """\
# What slogen builds, and where to.
paths = ["slos"]
out = "build"
"""
_EXCEPTION = """\

# With little traffic one bad event would page, so pages wait for three: `slogen build` says what
# that costs. Remove this once the traffic is known, and `slogen lint` says it, too.
[[lint.exceptions]]
code = "low-traffic"
slo = "*"
reason = "the traffic of a new project is not known yet"
"""
_HOOKS = """\
# pip install pre-commit && pre-commit install
repos:
  - repo: local
    hooks:
      - id: slogen-lint
        name: slogen lint
        entry: slogen lint
        language: system
        files: ^(slos/|slogen\\.toml$)
        pass_filenames: false
      - id: slogen-build
        name: slogen build
        entry: slogen build --exit-code
        language: system
        files: ^(slos/|build/|slogen\\.toml$)
        pass_filenames: false
"""
_GITHUB = """\
name: slos
on:
  push:
    branches: [main]
  pull_request:
permissions:
  contents: read
jobs:
  slos:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-python@v5
        with:
          python-version: "3.12"
      - name: Install promtool
        run: sudo apt-get update && sudo apt-get install --yes prometheus
      - name: Install slogen
        run: pip install "{requirement}"
      - name: Mark what is wrong in the pull request
        run: slogen lint --format github
      - name: Compare the rules with the definitions
        run: slogen build --check
      - name: Prove that every alert fires and ends
        run: slogen test --format github
"""
_GITLAB = """\
slos:
  image: python:3.12-slim-bookworm
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
    - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH
  before_script:
    - apt-get update && apt-get install --yes git prometheus
    - pip install "{requirement}"
  script:
    - slogen lint
    - slogen build --check
    - slogen test --junit slogen.xml
  artifacts:
    when: always
    reports:
      junit: slogen.xml
"""
_COMMAND = re.compile(r"((?:entry: |run: |- ))(slogen \w+)(.*)")
_PLAIN = re.compile(r"[\w ./='-]*")
"""What YAML reads as it is written."""
_CI = {"github": (".github/workflows/slos.yaml", _GITHUB), "gitlab": (".gitlab-ci.yml", _GITLAB)}


@attrs.frozen
class StarterFile:
    """A file that a project begins with.

    Attributes:
        path: Where it stands below the folder of the project, or below the top of the repository.
        text: What it holds.
        is_shared: Whether it is one of the repository, which others write, too, so that one may be
            there already.
    """

    path: str
    text: str
    is_shared: bool = False


def starter_files(starter: Starter) -> tuple[StarterFile, ...]:
    """Return the files of a project that begins.

    >>> from slogen.model import Service
    >>> from slogen.starter.choices import Starter
    >>> shop = Service("shop", owner="team-shop", runbook="https://example.com", origin=None)
    >>> [file.path for file in starter_files(Starter(service=shop, ci="gitlab"))]
    ['slogen.toml', 'slos/shop.yaml', '.pre-commit-config.yaml', '.gitlab-ci.yml']
    """
    return tuple(_files(starter))


def _files(starter: Starter) -> Iterator[StarterFile]:
    make = python_definitions if starter.form == "python" else yaml_definitions
    project = _PROJECT + (_EXCEPTION if starter.counts_events else "")
    yield StarterFile("slogen.toml", project)
    yield StarterFile(f"slos/{starter.file_name}", make(starter))
    hooks = _placed(_HOOKS, starter.place)
    yield StarterFile(".pre-commit-config.yaml", hooks, is_shared=True)
    if starter.ci in _CI:
        path, text = _CI[starter.ci]
        text = _placed(text, starter.place).replace("{requirement}", starter.requirement)
        yield StarterFile(path, text, is_shared=True)


def _placed(text: str, place: str) -> str:
    r"""Return hooks or a workflow for a project in a folder of the repository.

    >>> print(_placed("entry: slogen lint\nfiles: ^(slos/)", "my slos"))
    entry: slogen lint --project 'my slos/slogen.toml'
    files: ^my\ slos/(slos/)
    """
    if not place:
        return text
    project = shlex.quote(f"{place}/slogen.toml")

    def command(match: re.Match[str]) -> str:
        words = f"{match[2]} --project {project}{match[3]}"
        return match[1] + (words if _PLAIN.fullmatch(words) else quoted(words))

    return _COMMAND.sub(command, text).replace("files: ^", f"files: ^{re.escape(place)}/")
