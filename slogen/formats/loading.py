"""From files and folders of either kind to SLOs: Python scripts, and slogen YAML."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from slogen.diagnostics import Diagnostic
from slogen.errors import InputError, NothingToBuild, ScriptsRefused, UnreadableFile
from slogen.formats.script import run_scripts
from slogen.formats.yaml.nodes import SUFFIXES
from slogen.model import SLO
from slogen.source import shown

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


SCRIPT = ".py"
_KNOWN = (SCRIPT, *SUFFIXES)
_ALLOWED = f"files that end in {', '.join(_KNOWN)}, and folders of such files"


@attrs.frozen
class Loaded:
    """What files hold.

    Attributes:
        slos: Each object once, in reading order.
        faults: What is wrong, file by file; the SLOs are those that nothing is wrong with.
        findings: What there is to say about the files.
    """

    slos: tuple[SLO, ...]
    faults: tuple[InputError, ...] = ()
    findings: tuple[Diagnostic, ...] = ()


def load_paths(paths: Iterable[Path], *, scripts: bool = True) -> Loaded:
    """Return what files, and folders of files, hold.

    A folder's files are read in the order of their names, but for those that begin with an
    underscore, which are there for the others to import or to inherit. A file that is named twice,
    or that another one imports, is read once.

    Args:
        paths: Files and folders.
        scripts: Whether Python may be run.
    """
    faults: list[InputError] = []
    files_of: dict[Path, list[Path]] = {}
    for path in paths:
        try:
            files_of[path] = _files(path)
        except InputError as fault:
            faults.append(fault)
    if not scripts:
        faults += (_not_run(path) for path in files_of if _has_script(files_of[path]))
    files = {file.resolve(): file for files in files_of.values() for file in files}
    run = [file for file in files.values() if scripts and file.suffix == SCRIPT]
    slos_in, wrong = run_scripts(run)
    findings: tuple[Diagnostic, ...] = ()
    data = [file for file in files.values() if file.suffix in SUFFIXES]
    if data:
        read, more, findings = _read(data)
        slos_in |= read
        wrong += more
    faults += wrong
    for path, own in files_of.items():
        if not faults and not any(slos_in[file.resolve()] for file in own):
            faults.append(_no_slo(path, own))
    found = (slo for file in files for slo in slos_in.get(file, ()))
    return Loaded(tuple({id(slo): slo for slo in found}.values()), tuple(faults), findings)


def _read(
    files: Iterable[Path],
) -> tuple[dict[Path, list[SLO]], list[InputError], tuple[Diagnostic, ...]]:
    """Read YAML; what that needs is imported here, since scripts alone do without."""
    from slogen.formats.slogen_yaml import Loader  # noqa: PLC0415 (start-up)

    loader = Loader()
    slos_in = {file.resolve(): list(loader.load(file)) for file in files}
    return slos_in, loader.sorted_faults(), tuple(loader.findings)


def _files(path: Path) -> list[Path]:
    """Return the files that a path stands for.

    Raises:
        InputError: If there is none, or the file system does not let it be seen.
    """
    try:
        return _found(path)
    except OSError as error:
        reason = f"cannot be read: {error.strerror or error}"
        raise UnreadableFile(shown(str(path)), reason) from error


def _found(path: Path) -> list[Path]:
    if path.is_dir():
        files = [file for file in path.iterdir() if file.suffix in _KNOWN and file.is_file()]
        chosen = sorted(file for file in files if not file.name.startswith(("_", ".")))
        if not chosen:
            raise NothingToBuild(f"there are no definitions in {path}", allowed=_ALLOWED)
        return chosen
    if not path.exists():
        raise NothingToBuild(f"{path} does not exist", allowed=_ALLOWED)
    if path.suffix not in _KNOWN:
        raise NothingToBuild(f"{path} is neither Python nor YAML", allowed=_ALLOWED)
    return [path]


def _has_script(files: Iterable[Path]) -> bool:
    return any(file.suffix == SCRIPT for file in files)


def _not_run(path: Path) -> InputError:
    return ScriptsRefused(str(path))


def _no_slo(path: Path, files: Iterable[Path]) -> NothingToBuild:
    in_scripts = "SLO(...) objects at module level, alone or in tuples, lists and dicts"
    allowed = in_scripts if _has_script(files) else "services with slos"
    return NothingToBuild(f"there is no SLO in {path}", allowed=allowed)
