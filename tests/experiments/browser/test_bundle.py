"""The page's packages are pinned, come from any registry, and are installed with patience."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.experiments.browser.bundle import SOURCE, BundleError, bundled

if TYPE_CHECKING:
    from pathlib import Path

LOCK = json.loads((SOURCE / "package-lock.json").read_text())


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder in which a test puts its own npm, and where node does nothing."""
    folder = tmp_path / "bin"
    folder.mkdir()
    _program(folder / "node", "exit 0")
    monkeypatch.setenv("PATH", str(folder), prepend=":")
    return folder


def _program(file: Path, script: str) -> None:
    file.write_text(f"#!/bin/sh\n{script}\n")
    file.chmod(0o755)


def test_the_lock_file_names_no_registry() -> None:
    """A machine's own mirror stays out of the repository."""
    places = [name for name, package in LOCK["packages"].items() if "resolved" in package]

    assert not places


def test_every_locked_package_has_its_hash() -> None:
    """What npm fetches is what was looked at, whichever registry it comes from."""
    packages = {name: one for name, one in LOCK["packages"].items() if name}
    bare = [name for name, one in packages.items() if not ("integrity" in one or "inBundle" in one)]

    assert not bare


def test_npm_is_asked_again_once(programs: Path, tmp_path: Path) -> None:
    """A registry that fails once is no reason to fail."""
    calls = tmp_path / "calls"
    _program(programs / "npm", f"echo . >> {calls}; test $(grep -c . {calls}) -gt 1")

    bundled(tmp_path / "page")

    assert calls.read_text().split() == [".", "."]


def test_npm_that_fails_twice_is_quoted(programs: Path, tmp_path: Path) -> None:
    """The words of npm reach the reader."""
    _program(programs / "npm", "echo 'npm error network'; exit 1")

    with pytest.raises(BundleError, match="npm error network"):
        bundled(tmp_path / "page")


def test_packages_are_installed_once(programs: Path, tmp_path: Path) -> None:
    """As long as nothing has changed, nothing is fetched or bundled again."""
    calls = tmp_path / "calls"
    _program(programs / "npm", f"echo npm >> {calls}")
    _program(programs / "node", f"echo node >> {calls}")
    for _ in range(2):
        bundled(tmp_path / "page")

    assert calls.read_text().split() == ["npm", "node"]
