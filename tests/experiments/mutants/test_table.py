"""Every mutant can be made from the slogen that is tested."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.experiments.mutants.table import EQUIVALENT, MUTANTS

if TYPE_CHECKING:
    from tests.experiments.mutants.mutant import Mutant

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_a_mutant_applies(mutant: Mutant) -> None:
    """What a mutant replaces occurs exactly once, and what comes out is another Python module."""
    text = (ROOT / mutant.file).read_text()

    changed = mutant.applied(text)

    assert ast.dump(ast.parse(changed)) != ast.dump(ast.parse(text))
    compile(changed, mutant.file, "exec")


def test_names_are_unique() -> None:
    """A mutant is known by its name, and each reason belongs to one."""
    names = [mutant.name for mutant in MUTANTS]

    assert len(names) == len(set(names))
    assert len(names) >= 50
    assert set(EQUIVALENT) <= set(names)


def test_no_two_mutants_are_the_same() -> None:
    """Each mutant asks the tests another question."""
    changes = [(mutant.function, mutant.replace, mutant.by) for mutant in MUTANTS]

    assert len(changes) == len(set(changes))
