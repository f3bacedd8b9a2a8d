"""Every mutant can be made from the slogen that is tested, and no part of slogen is without one."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from slogen import naming
from slogen.compiler import BUDGET, FAST, SLOW
from slogen.compiler.sli import KINDS
from slogen.plan.alerts import BESIDE_TIERS
from slogen.proof.kinds import KINDS as PROVED_KINDS
from tests.experiments.mutants.table import EQUIVALENT, MUTANTS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FunctionType

    from tests.experiments.mutants.mutant import Mutant

ROOT = Path(__file__).parents[3]
FUNCTIONS = {mutant.function for mutant in MUTANTS}
MODULES = {mutant.module for mutant in MUTANTS}


def modules(package: str) -> list[str]:
    """Return the modules of a package that define a function."""
    files = sorted((ROOT / "slogen" / package).rglob("*.py"))
    return [
        ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for path in files
        if "def " in path.read_text()
    ]


def alerts() -> Iterator[tuple[str, str, str]]:
    """Yield the alerts of the compiler: the attribute, the condition's function, the text's.

    All are read from the calls `alerting(slo, slo.ATTRIBUTE, condition, ATTRIBUTE_annotations(…))`.
    """
    for path in sorted((ROOT / "slogen" / "compiler").glob("*.py")):
        for function in ast.parse(path.read_text()).body:
            for call in ast.walk(function):
                if isinstance(call, ast.Call) and ast.unparse(call.func) == "alerting":
                    assert isinstance(function, ast.FunctionDef)
                    alert = ast.unparse(call.args[1]).rpartition(".")[2]
                    text = "burn_rate" if alert == "alert" else alert
                    yield alert, f"slogen.compiler.{path.stem}:{function.name}", text


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


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_a_kind_has_mutants(kind: type) -> None:
    """Each kind of SLI is compiled wrongly, and fed wrongly."""
    assert KINDS[kind].series.__module__ in MODULES
    assert PROVED_KINDS[kind].__module__ in MODULES


@pytest.mark.parametrize("rules", [*FAST, *SLOW, *BUDGET], ids=lambda rules: rules.__name__)
def test_a_pass_has_a_mutant(rules: FunctionType) -> None:
    """Each pass of the compiler gives wrong rules, by a change of its own function."""
    assert f"{rules.__module__}:{rules.__name__}" in FUNCTIONS


@pytest.mark.parametrize("module", [*modules("compiler"), *modules("proof")])
def test_a_module_has_a_mutant(module: str) -> None:
    """Each module of the compiler and of the proofs is wrong once."""
    assert module in MODULES


@pytest.mark.parametrize(("alert", "condition", "text"), [*alerts()])
def test_an_alert_has_mutants(alert: str, condition: str, text: str) -> None:
    """The condition of each alert is wrong once, and its text."""
    assert condition in FUNCTIONS, alert
    assert f"slogen.compiler.annotations:{text}_annotations" in FUNCTIONS, alert


def test_all_alerts_are_read() -> None:
    """The alerts of the test above are all that there are; those of tiers share one call."""
    assert {alert for alert, _, _ in alerts()} == {*BESIDE_TIERS, "alert"}


@pytest.mark.parametrize("name", sorted(naming.ALERTS))
def test_an_alert_has_a_mutant_of_its_defaults(name: str) -> None:
    """The severity of each alert is wrong once, or how long it waits and stays."""
    (constant,) = (key for key, value in vars(naming).items() if value == name)
    changed = (m.replace for m in MUTANTS if m.module == "slogen.plan.alerts")

    assert any(f"name=naming.{constant}," in f"{text.rstrip(')')}," for text in changed)
