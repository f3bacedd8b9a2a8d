"""Python scripts as input: the SLOs that stand at their module level.

A script is run as a module; in a folder all ``*.py`` are, in the order of their names, but for
those that begin with an underscore, which are helpers for the others to import.
"""

from __future__ import annotations

import importlib.util
import sys
import traceback
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from slogen.errors import InputError, NothingToBuild, ScriptFailed, raise_all
from slogen.model import SLO
from slogen.source import Position, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from types import ModuleType

_DEEPEST_COLLECTION = 10


def load_paths(paths: Iterable[Path]) -> tuple[SLO, ...]:
    """Return the SLOs of scripts and folders of scripts, each object once, in reading order.

    Raises:
        InputError: If a path does not exist, a script fails, or there is no SLO in one of the
            paths; the faults of all scripts together.
    """
    found: dict[int, SLO] = {}
    faults: list[InputError] = []
    for path in paths:
        try:
            slos = _load(path)
        except InputError as fault:
            faults.append(fault)
        else:
            found.update((id(slo), slo) for slo in slos)
    raise_all(faults)
    return tuple(found.values())


def _load(path: Path) -> list[SLO]:
    scripts = _scripts(path)
    faults: list[InputError] = []
    slos: list[SLO] = []
    with _importable(scripts[0].parent):
        for script in scripts:
            try:
                module = _run(script)
            except InputError as fault:
                faults.append(fault)
            else:
                slos += _collected(vars(module).values())
    raise_all(faults)
    if not slos:
        raise NothingToBuild(
            f"there is no SLO in {path}\n"
            "  allowed: SLO(...) objects at module level, alone or in tuples, lists and dicts"
        )
    return slos


def _scripts(path: Path) -> list[Path]:
    if path.is_dir():
        scripts = sorted(p for p in path.glob("*.py") if not p.name.startswith("_"))
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


@contextmanager
def _importable(folder: Path) -> Iterator[None]:
    """Let scripts import what stands beside them, and leave no trace of it behind."""
    before = set(sys.modules)
    writes_bytecode = sys.dont_write_bytecode
    sys.dont_write_bytecode = True
    sys.path.insert(0, str(folder))
    importlib.invalidate_caches()
    try:
        yield
    finally:
        sys.path.remove(str(folder))
        sys.dont_write_bytecode = writes_bytecode
        for name in set(sys.modules) - before:
            file = getattr(sys.modules[name], "__file__", None)
            if file and Path(file).resolve().is_relative_to(folder.resolve()):
                del sys.modules[name]


def _run(script: Path) -> ModuleType:
    """Run a script as a module, or return it if another script has imported it already."""
    imported = sys.modules.get(script.stem)
    if imported is not None and _is_file_of(imported, script):
        return imported
    spec = importlib.util.spec_from_file_location(script.stem, script)
    assert spec is not None  # noqa: S101 (every .py file has a spec)
    assert spec.loader is not None  # noqa: S101
    module = importlib.util.module_from_spec(spec)
    if imported is None:
        sys.modules[script.stem] = module
    try:
        spec.loader.exec_module(module)
    except KeyboardInterrupt:
        raise
    except InputError as fault:
        raise _placed(fault, script) from fault
    except BaseException as error:  # SystemExit too: a script must not end the build in silence
        raise ScriptFailed(_reason(error), _place(error, script.parent)) from error
    return module


def _is_file_of(module: ModuleType, script: Path) -> bool:
    file = getattr(module, "__file__", None)
    return file is not None and Path(file).resolve() == script.resolve()


def _placed(fault: InputError, script: Path) -> InputError:
    """Return the fault, placed in the user's file if it does not know where it arose."""
    if fault.position is not None:
        return fault
    return ScriptFailed(str(fault), _place(fault, script.parent))


def _reason(error: BaseException) -> str:
    if isinstance(error, SystemExit):
        return f"the script called sys.exit({error.code!r}) instead of defining SLOs"
    lines = traceback.format_exception_only(error)
    return lines[-1].strip()


def _place(error: BaseException, folder: Path) -> Position | None:
    """Return the innermost place in the user's files that an exception passed through."""
    if isinstance(error, SyntaxError) and error.filename and error.lineno:
        return Position(shown(error.filename), error.lineno, error.offset or 1)
    frames = [
        frame
        for frame in traceback.extract_tb(error.__traceback__)
        if Path(frame.filename).resolve().is_relative_to(folder.resolve())
    ]
    last = frames[-1] if frames else None
    if last is None or last.lineno is None:
        return None
    return Position(shown(last.filename), last.lineno, (last.colno or 0) + 1)


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
