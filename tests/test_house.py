"""The house keeps its order: who may import whom, and one home for every name."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "slogen"
LEAVES = {"naming", "errors", "units", "source", "templates", "findings"}
MAY_IMPORT = {
    "source": set(),
    "errors": {"source"},
    "findings": {"source"},
    "units": {"errors"},
    "naming": {"units"},
    "templates": {"errors"},
    "promql": LEAVES,
    "model": LEAVES | {"promql"},
    "formats": LEAVES | {"model", "promql"},
    "plan": LEAVES | {"model"},
    "recorded": LEAVES | {"plan", "model", "promql"},
    "rules": LEAVES,
    "compiler": LEAVES | {"recorded", "plan", "model", "promql", "rules"},
    "proof": LEAVES | {"plan", "model", "promql", "rules"},
    "dashboards": LEAVES | {"recorded", "plan", "model", "promql"},
    "targets": LEAVES | {"rules", "plan", "model", "proof", "dashboards"},
    "trial": LEAVES | {"plan", "proof", "rules", "targets"},
    "api": LEAVES
    | {"formats", "model", "plan", "compiler", "rules", "proof", "dashboards", "targets", "trial"},
    "cli": LEAVES
    | {
        "api",
        "formats",
        "model",
        "plan",
        "compiler",
        "rules",
        "proof",
        "targets",
        "trial",
        "slogen",
    },
    "slogen": LEAVES | {"api", "model", "promql"},
    "__main__": {"cli"},
}
"""What each room may import besides itself; ``slogen`` is the package's own ``__init__``."""

ONLY_IN = {
    "promql_parser": {"promql"},
    "click": {"cli"},
    "cattrs": {"formats"},
    "ruamel": {"formats"},
    "subprocess": {"trial"},
}
"""Packages that few rooms may know."""

MODULES = sorted(PACKAGE.rglob("*.py"))


def _room(path: Path) -> str:
    first = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    return "slogen" if first == "__init__" else first


def _imported(path: Path) -> set[str]:
    """Return the dotted names of all modules that a file imports, wherever in it."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.update(
                f"slogen.{alias.name}" if node.module == "slogen" else node.module
                for alias in node.names
            )
    return names


def _room_of_import(name: str) -> str:
    room = name.split(".")[1] if "." in name else "slogen"
    return room if (PACKAGE / room).exists() or (PACKAGE / f"{room}.py").exists() else "slogen"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_room_imports_only_what_lies_below_it(path: Path) -> None:
    """The table of the design has no edge that the code lacks, and the code none more."""
    room = _room(path)
    own = {_room_of_import(name) for name in _imported(path) if name.split(".")[0] == "slogen"}

    assert own - {room} <= MAY_IMPORT[room]


@pytest.mark.parametrize(("library", "rooms"), ONLY_IN.items())
def test_a_library_is_known_to_few(library: str, rooms: set[str]) -> None:
    """A library that could be replaced is imported in one place."""
    users = {
        _room(path) for path in MODULES if library in {n.split(".")[0] for n in _imported(path)}
    }

    assert users == rooms


def test_the_table_names_every_room() -> None:
    """A new room is entered in the table before it is used."""
    assert {_room(path) for path in MODULES} == set(MAY_IMPORT)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_has_one_subject(path: Path) -> None:
    """A module that grows past 400 lines has two subjects."""
    assert len(path.read_text().splitlines()) <= 400
