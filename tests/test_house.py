"""The house keeps its order: who may import whom, and one home for every name."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "slogen"
PAGE = PACKAGE.parent / "docs" / "architecture.md"
LEAVES = {
    "source": set[str](),
    "exits": set[str](),
    "diagnostics": {"exits", "source"},
    "errors": {"diagnostics", "exits", "source"},
    "duration_words": set[str](),
    "spelling": set[str](),
    "columns": set[str](),
    "markdown": set[str](),
    "svg": set[str](),
    "units": {"duration_words", "errors"},
    "naming": {"units"},
    "templates": {"errors"},
}
"""What everybody may import, and what these import of each other, downwards."""


def _table() -> dict[str, set[str]]:
    """Return the rooms of the table in the docs, each with what it imports besides leaves."""
    row = re.compile(r"^\| `(\w+)(?:/|\.py)` \| [^|]* \| ([^|]*) \|$", re.MULTILINE)
    rows = row.findall(PAGE.read_text("utf-8"))
    return {room: set(cell.split(", ")) - {"the leaves"} for room, cell in rows}


MAY_IMPORT = LEAVES | _table()
"""What each room imports besides itself; ``slogen`` is the package's own ``__init__``."""

ONLY_IN = {
    "promql_parser": {"promql"},
    "click": {"cli"},
    "cattrs": {"formats"},
    "ruamel": {"formats"},
    "subprocess": {"review", "trial"},
    "numpy": {"live"},
    "urllib3": {"live"},
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


def _rooms_of(paths: list[Path]) -> set[str]:
    names = {name for path in paths for name in _imported(path) if name.split(".")[0] == "slogen"}
    return {_room_of_import(name) for name in names}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_room_imports_only_what_lies_below_it(path: Path) -> None:
    """The code has no edge that the table in docs/architecture.md lacks."""
    room = _room(path)
    leaves = set() if room in LEAVES else set(LEAVES)

    assert _rooms_of([path]) - {room} <= MAY_IMPORT[room] | leaves


@pytest.mark.parametrize("room", MAY_IMPORT)
def test_the_table_has_no_edge_that_the_code_lacks(room: str) -> None:
    """What a room may import it does import: a door that nobody uses is closed."""
    own = [path for path in MODULES if _room(path) == room]

    assert MAY_IMPORT[room] <= _rooms_of(own)


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
