"""Documents of slogen YAML next to right: a key more, less or of another name, another type."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator

from hypothesis import strategies as st

from slogen.formats.slogen_yaml.keys import key_names
from slogen.model import SLO, Events, Tier
from tests.formats.slogen_yaml.documents import Document, Values, documents

Path = tuple[str | int, ...]
Change = Callable[[Document], Document]

JUNK: tuple[Document, ...] = (
    *(None, True, False, 0, 1, 3, -1, 2.5, 1e16, 1e-320, "", " ", "x", "30s", "99%", "page"),
    *([], {}, [[]], [None], ["x"], {"x": "y"}, {"": ""}, [{}], {"name": "x"}, "none", "slogen"),
)
"""Values that are right in some places and wrong in others."""


def nearly_right() -> Values:
    """Return documents in which up to three things are changed."""
    changes = st.lists(_changes(), max_size=3)
    return st.builds(_changed, documents(), changes)


def _changes() -> st.SearchStrategy[tuple[float, Change]]:
    """Return changes of a value, with the part of the document that they are made to."""
    junk = st.sampled_from(JUNK)
    keys = st.sampled_from(sorted({key for cls in (SLO, Tier, Events) for key in key_names(cls)}))
    change = st.one_of(
        st.builds(lambda value: lambda _: copy.deepcopy(value), junk),
        st.builds(lambda key, value: lambda old: _with(old, key, copy.deepcopy(value)), keys, junk),
        st.builds(_dropping, st.integers(0, 30)),
        st.builds(_renaming, st.integers(0, 30), keys),
        st.sampled_from((lambda old: [old], lambda old: {"x": old}, str, _doubled)),
    )
    return st.tuples(st.floats(0, 1, exclude_max=True), change)


def _changed(document: Document, changes: list[tuple[float, Change]]) -> Document:
    for part, change in changes:
        document = copy.deepcopy(document)
        paths = list(_paths(document))
        document = _replaced(document, paths[int(part * len(paths))], change)
    return document


def _replaced(document: Document, path: Path, change: Change) -> Document:
    """Return a document with what a change makes of the value at a path."""
    if not path:
        return change(document)
    inner = copy.copy(document)
    inner[path[0]] = _replaced(document[path[0]], path[1:], change)
    return inner


def _paths(document: Document, path: Path = ()) -> Iterator[Path]:
    yield path
    items: Iterator[tuple[str | int, Document]] = iter(())
    if isinstance(document, dict):
        items = iter(document.items())
    elif isinstance(document, list):
        items = iter(enumerate(document))
    for key, value in items:
        yield from _paths(value, (*path, key))


def _with(old: Document, key: str, value: Document) -> Document:
    return {**old, key: value} if isinstance(old, dict) else value


def _dropping(number: int) -> Change:
    def change(old: Document) -> Document:
        if not isinstance(old, dict) or not old:
            return None
        dropped = list(old)[number % len(old)]
        return {key: value for key, value in old.items() if key != dropped}

    return change


def _renaming(number: int, name: str) -> Change:
    def change(old: Document) -> Document:
        if not isinstance(old, dict) or not old:
            return {name: old}
        renamed = list(old)[number % len(old)]
        return {name if key == renamed else key: value for key, value in old.items()}

    return change


def _doubled(old: Document) -> Document:
    return [old, copy.deepcopy(old)]
