"""Python scripts as input: the SLOs that stand at their module level."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from slogen.diagnostics import Diagnostic
from slogen.errors import InputError
from slogen.formats.codes import SLO_NOT_BUILT
from slogen.formats.format import Contents, Document, Format
from slogen.formats.modules import importable, run, stands_in
from slogen.model import SLO
from slogen.model.slo import slos_made

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_DEEPEST_COLLECTION = 10


def _read(documents: Sequence[Document]) -> Contents:
    """Return the SLOs of each script, and what stopped the others.

    Scripts of a folder run together: one that another one imports runs once.
    """
    by_folder: dict[Path, dict[Path, Path]] = {}
    slos_in: dict[Path, list[SLO]] = {}
    faults: list[InputError] = []
    findings: list[Diagnostic] = []
    for document in documents:
        folder = document.path.parent.resolve()
        by_folder.setdefault(folder, {})[document.resolved] = document.path
    for folder, own in by_folder.items():
        with importable(folder), slos_made() as made:
            for resolved, script in own.items():
                slos_in[resolved] = []
                try:
                    slos_in[resolved] = list(_collected(vars(run(script)).values()))
                except InputError as fault:
                    faults.append(fault)
            if not faults:
                built = [slo for script in own for slo in slos_in[script]]
                # Most scripts build all that they make, and need no look at what they import.
                if missing := _beside(made, built):
                    findings += _not_built(_beside(missing, _held(folder)), folder)
    return Contents(slos_in, faults, findings)


def _held(folder: Path) -> list[SLO]:
    """Return the SLOs at module level of all that was imported from a folder."""
    modules = [module for module in sys.modules.values() if stands_in(module, folder)]
    return [slo for module in modules for slo in _collected(vars(module).values())]


def _beside(made: Iterable[SLO], held: Sequence[SLO]) -> list[SLO]:
    """Return the SLOs that are not among others, one for each id.

    An SLO that others were made of with ``attrs.evolve`` shares its origin with them: it is there
    to be changed, and nobody misses it.
    """
    ids, origins = {slo.id for slo in held}, {id(slo.origin) for slo in held}
    distinct = {slo.id: slo for slo in made}.values()
    return [slo for slo in distinct if slo.id not in ids and id(slo.origin) not in origins]


def _not_built(slos: Iterable[SLO], folder: Path) -> Iterator[Diagnostic]:
    """Say which SLOs scripts of a folder made; of other packages' SLOs they take what they like."""
    for slo in slos:
        place = slo.origin.position() if slo.origin else None
        if place is not None and Path(place.file).resolve().is_relative_to(folder):
            found = "is made, and is not built: nothing at module level holds it"
            yield Diagnostic(entry=SLO_NOT_BUILT, found=found, origin=slo.origin, slo_id=slo.id)


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
