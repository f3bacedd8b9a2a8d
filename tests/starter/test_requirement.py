"""CI installs slogen from where it was installed, as the docs say it."""

from __future__ import annotations

import json
import re

import pytest

from slogen import __version__
from slogen.starter import requirement
from tests.golden_cases import ROOT

COMMIT = "c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00"


@pytest.mark.parametrize(
    ("origin", "expected"),
    [
        (
            {"url": "https://git.acme.io/slogen", "vcs_info": {"requested_revision": "v0.1.0"}},
            "slogen[proof] @ git+https://git.acme.io/slogen@v0.1.0",
        ),
        (
            {"url": "ssh://git@git.acme.io/slogen", "vcs_info": {"commit_id": COMMIT}},
            f"slogen[proof] @ git+ssh://git@git.acme.io/slogen@{COMMIT}",
        ),
        (
            {"url": "https://me:secret@git.acme.io/slogen", "vcs_info": {"commit_id": COMMIT}},
            f"slogen[proof] @ git+https://git.acme.io/slogen@{COMMIT}",
        ),
        (
            {"url": "ssh://me:secret@git.acme.io/slogen", "vcs_info": {"commit_id": COMMIT}},
            f"slogen[proof] @ git+ssh://me@git.acme.io/slogen@{COMMIT}",
        ),
        (
            {"url": "https://acme.io/slogen-0.1.0-py3-none-any.whl", "archive_info": {}},
            "slogen[proof] @ https://acme.io/slogen-0.1.0-py3-none-any.whl",
        ),
    ],
)
def test_is_that_of_what_is_installed(origin: object, expected: str) -> None:
    """A repository, an archive: what worked here works there, and no password is written."""
    assert requirement(json.dumps(origin)) == expected


@pytest.mark.parametrize(
    "origin",
    [
        {"url": "file:///home/me/slogen", "dir_info": {"editable": True}},
        {"url": "file:///home/me/slogen", "vcs_info": {"commit_id": COMMIT}},
        {"url": "file:///tmp/slogen.whl", "archive_info": {}},
    ],
)
def test_is_that_of_the_docs_for_what_is_on_this_machine(origin: object) -> None:
    """A folder is nowhere else: the docs' address stands there, for whoever reads it to replace."""
    pages = [ROOT / "README.md", ROOT / "docs" / "ci.md"]
    shown = [found for page in pages for found in re.findall('"(slogen.*?)"', page.read_text())]

    assert {found for found in shown if "@" in found} == {requirement(json.dumps(origin))}


def test_is_the_version_of_an_index() -> None:
    """What came from an index is there."""
    assert requirement(None) == f"slogen[proof]=={__version__}"


def test_the_docs_pin_this_version() -> None:
    """Whoever makes another one finds each place."""
    pinned = re.compile(r"slogen@v([\d.]+)|rev: v([\d.]+)")
    pages = [ROOT / name for name in ("README.md", "docs/ci.md", "docs/install.md", "action.yml")]
    found = [match for page in pages for match in pinned.findall(page.read_text())]

    assert len(found) == 7
    assert {"".join(match).rstrip(".") for match in found} == {__version__}


def test_the_changelog_has_this_version() -> None:
    """It has a heading with the day, above which only what comes next may stand."""
    text = (ROOT / "CHANGELOG.md").read_text("utf-8")
    first, *_ = (head for head in re.findall(r"^## (.*)$", text, re.MULTILINE) if head[0].isdigit())

    assert re.fullmatch(rf"{re.escape(__version__)} - \d{{4}}-\d\d-\d\d", first)
