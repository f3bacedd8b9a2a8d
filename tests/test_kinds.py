"""Every kind of SLI is known wherever kinds are: a place that lacks one fails by its name."""

from __future__ import annotations

from typing import get_args

import pytest

import slogen
from slogen.compiler.sli import KINDS
from slogen.model import SLI
from slogen.proof.kinds import KINDS as KINDS_OF_PROOFS
from tests.experiments.mutants.of_kinds import OF_KINDS
from tests.golden_cases import FOLDER, ROOT

KIND_CLASSES = {kind.kind: kind for kind in get_args(SLI)}
KIND_NAMES = pytest.mark.parametrize("kind", sorted(KIND_CLASSES))


@KIND_NAMES
def test_a_kind_is_compiled(kind: str) -> None:
    """The compiler's table has the class."""
    assert KIND_CLASSES[kind] in KINDS


def test_the_compiler_knows_no_other_kinds() -> None:
    """The compiler's table has no class that the union lacks."""
    assert set(KINDS) == set(KIND_CLASSES.values())


@KIND_NAMES
def test_a_kind_is_proven(kind: str) -> None:
    """The table of the proofs has the class."""
    assert KIND_CLASSES[kind] in KINDS_OF_PROOFS


def test_proofs_know_no_other_kinds() -> None:
    """The table of the proofs has no class that the union lacks."""
    assert set(KINDS_OF_PROOFS) == set(KIND_CLASSES.values())


@KIND_NAMES
def test_a_kind_can_be_imported_from_the_top(kind: str) -> None:
    """A script finds the class where it finds all others."""
    name = KIND_CLASSES[kind].__name__

    assert name in slogen.__all__
    assert getattr(slogen, name) is KIND_CLASSES[kind]


@KIND_NAMES
def test_a_kind_has_a_golden(kind: str) -> None:
    """Some golden case holds rules of the kind, whose text a reviewer reads."""
    goldens = (path.read_text() for path in FOLDER.rglob("prometheus/*.yaml"))

    assert any(f"kind: {kind}\n" in text for text in goldens)


@KIND_NAMES
def test_a_kind_has_an_example(kind: str) -> None:
    """The examples show each kind in YAML."""
    examples = (path.read_text() for path in (ROOT / "docs" / "examples").rglob("*.yaml"))

    assert any(f" {kind}:\n" in text for text in examples)


@KIND_NAMES
def test_a_kind_has_a_mutant(kind: str) -> None:
    """A mutant shows that tests see when the kind is compiled wrongly."""
    assert any(mutant.file == f"slogen/compiler/sli/{kind}.py" for mutant in OF_KINDS)
