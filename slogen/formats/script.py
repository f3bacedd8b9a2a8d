"""Python scripts as input: the SLOs that stand at their module level.

A script is run as a module; in a folder all ``*.py`` are, in the order of their names, but for
those that begin with an underscore, which are helpers for the others to import.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen.errors import InputError, NothingToBuild, ScriptsRefused, raise_all
from slogen.formats.modules import importable, run
from slogen.model import SLO

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_DEEPEST_COLLECTION = 10


def load_paths(paths: Iterable[Path], *, scripts: bool = True) -> tuple[SLO, ...]:
    """Return the SLOs of scripts and folders of scripts, each object once, in reading order.

    A script that is named twice, or that another one imports, runs once.

    Raises:
        InputError: If a path does not exist, a script fails, there is no SLO in one of the paths,
            or there is a script and none may be run; the faults of all scripts together.
    """
    faults: list[InputError] = []
    scripts_of: dict[Path, list[Path]] = {}
    for path in paths:
        try:
            scripts_of[path] = _scripts(path)
            if not scripts:
                faults.append(_not_run(path))
        except InputError as fault:
            faults.append(fault)
    if not scripts:
        raise_all(faults)
    slos_in = _run_all((file for files in scripts_of.values() for file in files), faults)
    for path, files in scripts_of.items():
        if not faults and not any(slos_in[file.resolve()] for file in files):
            faults.append(_no_slo(path))
    raise_all(faults)
    found = (slo for slos in slos_in.values() for slo in slos)
    return tuple({id(slo): slo for slo in found}.values())


def _run_all(scripts: Iterable[Path], faults: list[InputError]) -> dict[Path, list[SLO]]:
    """Run scripts, those of a folder together, and return the SLOs of each in reading order."""
    by_folder: dict[Path, dict[Path, Path]] = {}
    slos_in: dict[Path, list[SLO]] = {}
    for script in scripts:
        by_folder.setdefault(script.parent.resolve(), {}).setdefault(script.resolve(), script)
        slos_in[script.resolve()] = []
    for folder, own in by_folder.items():
        with importable(folder):
            for resolved, script in own.items():
                try:
                    slos_in[resolved] = list(_collected(vars(run(script)).values()))
                except InputError as fault:
                    faults.append(fault)
    return slos_in


def _scripts(path: Path) -> list[Path]:
    if path.is_dir():
        files = (file for file in path.glob("*.py") if file.is_file())
        scripts = sorted(file for file in files if not file.name.startswith("_"))
        if not scripts:
            raise NothingToBuild(
                f"there is no script in {path}\n  allowed: a folder with *.py files"
            )
        return scripts
    if not path.is_file():
        raise NothingToBuild(f"{path} does not exist\n  allowed: a script or a folder of scripts")
    if path.suffix != ".py":
        raise NothingToBuild(f"{path} is not a Python script\n  allowed: a file that ends in .py")
    return [path]


def _not_run(path: Path) -> InputError:
    remedy = "leave out --no-scripts if you trust whoever wrote it"
    return ScriptsRefused(f"{path} is Python, which is not to be run\n  remedy: {remedy}")


def _no_slo(path: Path) -> NothingToBuild:
    allowed = "SLO(...) objects at module level, alone or in tuples, lists and dicts"
    return NothingToBuild(f"there is no SLO in {path}\n  allowed: {allowed}")


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
