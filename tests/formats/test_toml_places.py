"""Where keys and values of a TOML file stand, in arrays too."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Any

from hypothesis import given
from hypothesis import strategies as st

from slogen.formats.toml_places import places

if TYPE_CHECKING:
    from collections.abc import Iterator

TABLES = """\
[[lint.exceptions]]
code = "a"

[[ lint . "exceptions" ]] # the second
code = "b"
more.deep = 1

[lint.exceptions.inside]
key = 2

[[lint.exceptions.nested]]
key = 3
"""
SCALARS = st.sampled_from(["1", '"a]b"', "'}'", "2027-03-31", "true", "1.5", '"""x\n]"""'])
VALUES = st.recursive(
    SCALARS,
    lambda inside: (
        st.lists(inside, max_size=3).map(lambda items: f"[ {', '.join(items)} ]")
        | st.lists(inside, max_size=3).map(
            lambda items: "{" + ", ".join(f"k{i} = {item}" for i, item in enumerate(items)) + "}"
        )
    ),
    max_leaves=12,
)


def pointed_at(text: str, *path: str) -> str:
    """Return the text of a value that stands on one line."""
    _, value = places(text, "slogen.toml")[path]
    lines = text.split("\n")
    assert value.end_column is not None
    return lines[value.line - 1][value.column - 1 : value.end_column - 1]


def _paths(value: Any, path: tuple[str, ...]) -> Iterator[tuple[str, ...]]:  # noqa: ANN401
    yield path
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _paths(item, (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _paths(item, (*path, str(index)))


def test_tables_of_an_array_have_their_index() -> None:
    """Each table of an array is found, and what follows a header belongs to the last of them."""
    found = {path: str(value) for path, (_, value) in places(TABLES, "f").items()}

    assert found["lint", "exceptions", "0"] == "f:1:8"
    assert found["lint", "exceptions", "0", "code"] == "f:2:8"
    assert found["lint", "exceptions", "1", "code"] == "f:5:8"
    assert found["lint", "exceptions", "1", "more", "deep"] == "f:6:13"
    assert found["lint", "exceptions", "1", "inside", "key"] == "f:9:7"
    assert found["lint", "exceptions", "1", "nested", "0", "key"] == "f:12:7"


def test_values_of_an_array_have_their_index() -> None:
    """Values on a line are found, tables between braces and their keys too."""
    text = 'a = [1, [ 2 ], {code = "x", until = 2027-03-31}] # [3]'

    assert pointed_at(text, "a", "0") == "1"
    assert pointed_at(text, "a", "1", "0") == "2"
    assert pointed_at(text, "a", "2", "code") == '"x"'
    assert pointed_at(text, "a", "2", "until") == "2027-03-31"


@given(value=VALUES)
def test_every_value_has_a_place(value: str) -> None:
    """Whatever tomllib finds in a value, however deep, has a place, and nothing else has."""
    text = f"a = {value}\n"

    assert set(places(text, "f")) == set(_paths(tomllib.loads(text)["a"], ("a",)))
