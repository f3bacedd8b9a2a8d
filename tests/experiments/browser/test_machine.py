"""What the machine lacks is said in words that help."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from tests.experiments.browser.machine import MachineLacksError, chromium, require_node

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the only folder in which programs are found."""
    monkeypatch.setenv("PATH", str(tmp_path))
    return tmp_path


def _program(file: Path, says: str) -> None:
    file.write_text(f"#!/bin/sh\necho {says}\n")
    file.chmod(0o755)


@pytest.mark.usefixtures("path")
def test_missing_node_is_said() -> None:
    """Without Node.js there is a sentence about where to get it."""
    with pytest.raises(MachineLacksError, match=r"Node\.js 20 or newer is needed.+nodejs\.org"):
        require_node()


def test_old_node_is_said_with_its_version(path: Path) -> None:
    """A Node.js that is too old is named."""
    _program(path / "node", "v18.19.0")

    with pytest.raises(MachineLacksError, match=r"20 or newer is needed.+says: v18\.19\.0"):
        require_node()


def test_node_without_npm_is_said(path: Path) -> None:
    """Debian has npm in a package of its own."""
    _program(path / "node", "v20.19.2")

    with pytest.raises(MachineLacksError, match="npm is needed"):
        require_node()


@pytest.mark.usefixtures("path")
def test_missing_chromium_is_said_to_who_cannot_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without root there is the command that somebody with it can give."""
    monkeypatch.setattr(os, "geteuid", lambda: 1_000)

    with pytest.raises(MachineLacksError, match="`apt-get install chromium fonts-inter` as root"):
        chromium()
