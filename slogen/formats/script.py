"""Python scripts as input: the SLOs that stand at their module level."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen.errors import InputError
from slogen.formats.format import Contents, Document, Format
from slogen.formats.modules import importable, run
from slogen.model import SLO

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

_DEEPEST_COLLECTION = 10


def _read(documents: Sequence[Document]) -> Contents:
    """Return the SLOs of each script, and what stopped the others.

    Scripts of a folder run together: one that another one imports runs once.
    """
    by_folder: dict[Path, dict[Path, Path]] = {}
    slos_in: dict[Path, list[SLO]] = {}
    faults: list[InputError] = []
    for document in documents:
        folder = document.path.parent.resolve()
        by_folder.setdefault(folder, {})[document.resolved] = document.path
    for folder, own in by_folder.items():
        with importable(folder):
            for resolved, script in own.items():
                slos_in[resolved] = []
                try:
                    slos_in[resolved] = list(_collected(vars(run(script)).values()))
                except InputError as fault:
                    faults.append(fault)
    return Contents(slos_in, faults)


def _collected(values: Iterable[object], depth: int = 0) -> Iterator[SLO]:
    """Return the SLOs among values, also in tuples, lists and dicts."""
    for value in values:
        if isinstance(value, SLO):
            yield value
        elif depth < _DEEPEST_COLLECTION:
            if isinstance(value, tuple | list):
                yield from _collected(value, depth + 1)
            elif isinstance(value, dict):
                yield from _collected(value.values(), depth + 1)


FORMAT = Format(
    suffixes=(".py",),
    holds="SLO(...) objects at module level, alone or in tuples, lists and dicts",
    recognise=lambda _: True,
    read=_read,
    runs_code=True,
)
