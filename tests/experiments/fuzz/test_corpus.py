"""Nasty files, each small: what people, merges, editors and other tools make of a file."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.experiments.fuzz.invariant import answer

CORPUS = sorted((Path(__file__).parent / "corpus").iterdir())
_SILENT = {"version-only.yaml"}
"""What defines nothing, and is right all the same."""


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.name)
def test_a_nasty_file_gives_slos_or_diagnostics(path: Path) -> None:
    """What is good builds, all else is told with its place, and nothing comes to an end early."""
    found = answer(path.read_bytes())

    assert bool(found.faults) != (path.name.startswith("good-") or path.name in _SILENT)
    assert bool(found.slos) >= path.name.startswith("good-")
