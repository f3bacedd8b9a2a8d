"""From files and folders of any format to SLOs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from slogen.diagnostics import Diagnostic, reason_of
from slogen.errors import InputError, NothingToBuild, ScriptsRefused, UnreadableFile
from slogen.formats.format import Contents, Document, Format
from slogen.formats.table import FORMATS, SUFFIXES, format_of
from slogen.model import SLO
from slogen.source import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_ALLOWED = f"files that end in {', '.join(SUFFIXES)}, and folders of such files"


@attrs.frozen
class Loaded:
    """What files hold.

    Attributes:
        slos: Each object once, in reading order.
        faults: What is wrong, file by file; the SLOs are those that nothing is wrong with.
        findings: What there is to say about the files.
        differences: What the SLOs of other tools' files mean instead of what they mean there.
    """

    slos: tuple[SLO, ...]
    faults: tuple[InputError, ...] = ()
    findings: tuple[Diagnostic, ...] = ()
    differences: tuple[Diagnostic, ...] = ()


def load_paths(paths: Iterable[Path], *, scripts: bool = True) -> Loaded:
    """Return what files, and folders of files, hold.

    A folder's files are read in the order of their names, but for those that begin with an
    underscore, which are there for the others to import or to inherit. A file that is named twice,
    or that another one imports, is read once.

    Args:
        paths: Files and folders.
        scripts: Whether Python may be run.
    """
    named, faults = _named(paths)
    documents = {document.resolved: document for own in named.values() for document in own}
    formats = {resolved: format_of(document) for resolved, document in documents.items()}
    if not scripts:
        faults += (
            ScriptsRefused(str(document.path))
            for resolved, document in documents.items()
            if formats[resolved].runs_code
        )
    slos: dict[Path, tuple[SLO, ...]] = {}
    findings: list[Diagnostic] = []
    differences: list[Diagnostic] = []
    supporting: set[Path] = set()
    for entry in FORMATS:
        own = [document for key, document in documents.items() if formats[key] is entry]
        contents = entry.read(own) if own and (scripts or not entry.runs_code) else Contents({})
        slos |= {resolved: tuple(found) for resolved, found in contents.slos.items()}
        faults += contents.faults
        findings += contents.findings
        differences += contents.differences
        supporting |= set(contents.supporting)
    for path, own in named.items():
        has_slos = any(slos.get(document.resolved) for document in own)
        is_there_for_others = all(document.resolved in supporting for document in own)
        if not faults and not has_slos and not (is_there_for_others and any(slos.values())):
            faults.append(_no_slo(path, [formats[document.resolved] for document in own]))
    found = (slo for resolved in documents for slo in slos.get(resolved, ()))
    distinct = {id(slo): slo for slo in found}
    return Loaded(tuple(distinct.values()), tuple(faults), tuple(findings), tuple(differences))


def _named(paths: Iterable[Path]) -> tuple[dict[Path, list[Document]], list[InputError]]:
    """Return the files that paths stand for, and what is wrong with the other paths."""
    named: dict[Path, list[Document]] = {}
    faults: list[InputError] = []
    for path in paths:
        try:
            named[path] = [Document(file) for file in _files(path)]
        except InputError as fault:
            faults.append(fault)
    return named, faults


def _files(path: Path) -> list[Path]:
    """Return the files that a path stands for.

    Raises:
        InputError: If there is none, or the file system does not let it be seen.
    """
    try:
        return _found(path)
    except OSError as error:
        reason = f"cannot be read: {reason_of(error)}"
        raise UnreadableFile(shown(str(path)), reason) from error


def _found(path: Path) -> list[Path]:
    if path.is_dir():
        chosen = _definitions(path)
        if not chosen:
            raise NothingToBuild(
                f"there are no definitions in {path}", remedy=_below(path), allowed=_ALLOWED
            )
        return chosen
    if not path.exists():
        raise _missing(path)
    if path.suffix not in SUFFIXES:
        raise NothingToBuild(f"{path} is neither Python nor YAML", allowed=_ALLOWED)
    return [path]


def _missing(path: Path) -> NothingToBuild:
    """Return what is wrong with a path that does not exist; an address may hold credentials."""
    if str(path).startswith(("http:", "https:")):
        remedy = "name the server that status, report, gate and lint ask by --prometheus"
        reason = "a path is an address, which is not shown"
        return NothingToBuild(reason, remedy=remedy, allowed=_ALLOWED)
    return NothingToBuild(f"{path} does not exist", allowed=_ALLOWED)


def _below(folder: Path) -> str:
    """Return what to do where definitions stand in folders of a folder, which are not read."""
    inner = (path for path in folder.iterdir() if path.is_dir() and not path.name.startswith("."))
    named = sorted(str(path) for path in inner if _definitions(path))
    return f"name the folders that have some: {' '.join(named)}" if named else ""


def _definitions(folder: Path) -> list[Path]:
    """Return the files of a folder that are read for themselves, in the order of their names."""
    files = [file for file in folder.iterdir() if file.suffix in SUFFIXES and file.is_file()]
    return sorted(file for file in files if not file.name.startswith(("_", ".")))


def are_part(paths: Iterable[Path], whole: Iterable[Path] = ()) -> bool:
    """Tell whether there are other files of definitions than those that paths stand for.

    Args:
        paths: What is read.
        whole: All that belongs together; besides, a file belongs to those of its folder.
    """
    named = [path.resolve() for path in paths]
    folders = {path.parent for path in named if path.is_file()}
    others = {*_all_files(path.resolve() for path in whole), *_all_files(folders)}
    return not others.issubset(_all_files(named))


def _all_files(paths: Iterable[Path]) -> Iterator[Path]:
    """Yield the files of definitions that paths stand for, of those that exist."""
    for path in paths:
        if path.is_dir():
            yield from _definitions(path)
        elif path.is_file():
            yield path


def _no_slo(path: Path, formats: Iterable[Format]) -> NothingToBuild:
    """Say what SLOs look like in the first format of the table that was read."""
    used = tuple(formats)
    holds = next(entry.holds for entry in FORMATS if entry in used)
    return NothingToBuild(f"there is no SLO in {path}", allowed=holds)
