"""Python scripts as input: the SLOs that stand at their module level."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen.errors import InputError
from slogen.formats.modules import importable, run
from slogen.model import SLO

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_DEEPEST_COLLECTION = 10


def run_scripts(scripts: Iterable[Path]) -> tuple[dict[Path, list[SLO]], list[InputError]]:
    """Return the SLOs of each script by its resolved path, and what stopped the others.

    Scripts of a folder run together: one that another one imports runs once.
    """
    by_folder: dict[Path, dict[Path, Path]] = {}
    slos_in: dict[Path, list[SLO]] = {}
    faults: list[InputError] = []
    for script in scripts:
        by_folder.setdefault(script.parent.resolve(), {})[script.resolve()] = script
    for folder, own in by_folder.items():
        with importable(folder):
            for resolved, script in own.items():
                slos_in[resolved] = []
                try:
                    slos_in[resolved] = list(_collected(vars(run(script)).values()))
                except InputError as fault:
                    faults.append(fault)
    return slos_in, faults


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
