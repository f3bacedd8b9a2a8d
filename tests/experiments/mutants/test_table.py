"""Every mutant can be made from the slogen that is tested."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.experiments.mutants.table import EQUIVALENT, MUTANTS

if TYPE_CHECKING:
    from tests.experiments.mutants.mutant import Mutant

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_every_patch_applies(mutant: Mutant) -> None:
    """What a patch replaces occurs exactly once, and what comes out is another Python module."""
    text = (ROOT / mutant.file).read_text()

    patched = mutant.applied(text)

    assert patched != text
    compile(patched, mutant.file, "exec")


def test_names_are_unique() -> None:
    """A mutant is known by its name, and each reason belongs to one."""
    names = [mutant.name for mutant in MUTANTS]

    assert len(names) == len(set(names))
    assert len(names) >= 50
    assert set(EQUIVALENT) <= set(names)
