"""The sides of a comparison: definitions, what a build wrote, the files of a revision."""

from __future__ import annotations

import sys
import sysconfig
from contextlib import chdir, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

import slogen
from slogen import api
from slogen.cli.projects import chosen_project, nearest_project
from slogen.cli.running import load
from slogen.errors import InputError, InvalidValue, NothingToBuild
from slogen.formats import find_project
from slogen.model import Project
from slogen.review import diff
from slogen.review.comparison.revision import RevisionFaults, UnknownRevision, files_of
from slogen.targets.written import WrittenRules, is_output, written_rules

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from types import ModuleType

    from slogen.cli.running import CommandLine
    from slogen.plan import ResolvedSLO
    from slogen.review.comparison.changes import Diff
    from slogen.review.comparison.revision import Revision
    from slogen.rule_set import RuleSet
    from slogen.targets.target import Target

_OTHERS = "a file or folder of definitions, or a revision of the repository"
_NOTHING = WrittenRules(())
_PYTHONS_OWN = tuple(
    Path(sysconfig.get_path(name)).resolve() for name in ("stdlib", "platstdlib", "purelib")
)


def of_paths(command_line: CommandLine) -> Diff:
    """Return what changed from the first path of a command line to the second."""
    old, new = (_side(attrs.evolve(command_line, paths=(path,))) for path in command_line.paths)
    return _compared(old, new)


def of_revision(command_line: CommandLine, revision: str) -> Diff:
    """Return what changed since a revision: in the paths given, or in those of the project.

    Raises:
        UnknownRevision: If git does not know it.
        NothingToBuild: If there are definitions neither then nor now.
        InputError: If a side cannot be compiled.
    """
    with files_of(revision) as files:
        old = _side_then(command_line, files)
        new = _side_now(command_line, files, is_needed=old is _NOTHING)
        return _compared(old, new)


def other_slos(command_line: CommandLine, place: str) -> tuple[ResolvedSLO, ...]:
    """Return the SLOs of other definitions.

    Args:
        command_line: Whose paths, or those of the project, are read in a revision.
        place: A file or folder of definitions, or else a revision.

    Raises:
        UnknownRevision: If there is no such file, and git does not know it.
        InvalidValue: If it is what a build wrote.
        InputError: If the definitions cannot be compiled.
    """
    if Path(place).exists():
        side = _side(attrs.evolve(command_line, paths=(Path(place),)))
    else:
        try:
            with files_of(place) as files:
                side = _side_then(command_line, files)
        except UnknownRevision as fault:
            reason = f"{fault.reason}; nor is there a file or folder of this name"
            raise attrs.evolve(fault, reason=reason) from None
    if side is _NOTHING:
        return ()
    if isinstance(side, WrittenRules):
        raise InvalidValue("other definitions", f"{place}, which a build wrote", _OTHERS)
    return side.slos


def _side_then(command_line: CommandLine, files: Revision) -> RuleSet | WrittenRules:
    """Return the SLOs of a revision; nothing where it has no definitions."""
    project = _project_then(command_line, files)
    paths = tuple(map(files.path, command_line.paths or project.paths))
    kept = tuple(path for path in paths if path.exists())
    if not kept:
        return _NOTHING
    with chdir(files.folder):
        try:
            return _side(command_line, attrs.evolve(project, paths=kept))
        except NothingToBuild:
            return _NOTHING
        except InputError as fault:
            raise RevisionFaults.of(fault, files.name) from fault


def _side_now(
    command_line: CommandLine, files: Revision, *, is_needed: bool
) -> RuleSet | WrittenRules:
    """Return the SLOs of the working tree; nothing where all definitions were removed since."""
    project = chosen_project(command_line)
    kept = tuple(p for p in project.paths if p.exists() or not files.path(p).exists())
    if not kept:
        return _NOTHING
    try:
        return _side(command_line, attrs.evolve(project, paths=kept))
    except NothingToBuild:
        if is_needed:
            raise
        return _NOTHING


def _project_then(command_line: CommandLine, files: Revision) -> Project:
    """Return the project of a revision; a file outside of the repository holds for all of them."""
    nearest = command_line.project or nearest_project()
    then = files.path(nearest) if command_line.project and nearest else find_project(files.folder)
    if then and then.is_relative_to(files.root):
        found = then if then.is_file() else None
    else:
        found = nearest if nearest and files.path(nearest) == nearest else None
    if found is None:
        return command_line.over(Project(folder=files.folder))
    with chdir(files.folder):
        return chosen_project(attrs.evolve(command_line, project=found))


def _side(command_line: CommandLine, project: Project | None = None) -> RuleSet | WrittenRules:
    """Return what paths hold: rules that a build wrote, or definitions, compiled."""
    paths = project.paths if project else command_line.paths
    if len(paths) == 1 and is_output(paths[0]):
        return written_rules(paths[0])
    with _own_modules():
        return api.compiled(*load(project or chosen_project(command_line), command_line))


@contextmanager
def _own_modules() -> Iterator[None]:
    """Let the scripts of a side import their own modules, and not those of the other side."""
    before = set(sys.modules)
    try:
        yield
    finally:
        for name in set(sys.modules) - before:
            if not _is_installed(sys.modules[name]):
                del sys.modules[name]


def _is_installed(module: ModuleType) -> bool:
    """Tell whether a module belongs to Python, to slogen or to what is installed."""
    places = [getattr(module, "__file__", None), *getattr(module, "__path__", ())]
    paths = [Path(place).resolve() for place in places if place]
    own = (*_PYTHONS_OWN, Path(slogen.__file__).resolve().parent)
    return not paths or any(path.is_relative_to(folder) for path in paths for folder in own)


def _compared(old: RuleSet | WrittenRules, new: RuleSet | WrittenRules) -> Diff:
    """Return what changed; of rules that a build wrote those are parsed that differ."""
    target = _target(old) or _target(new)
    if target is None:
        return diff(old, new)
    texts = _texts(old, target), _texts(new, target)
    found = diff(_narrowed(old, *texts), _narrowed(new, *reversed(texts)))
    return attrs.evolve(found, before=len(old.built), after=len(new.built))


def _target(side: RuleSet | WrittenRules) -> type[Target] | None:
    """Return the target that wrote a side; None where no target did."""
    return side.built[0].target if isinstance(side, WrittenRules) and side.built else None


def _texts(side: RuleSet | WrittenRules, target: type[Target]) -> Mapping[str, str]:
    """Return what a target writes of each SLO, by its id."""
    if isinstance(side, WrittenRules):
        return side.texts
    return {
        slo_id: text
        for file in target(origin=None).render(side.built, "single")
        for slo_id, text in target.slo_texts(file.text).items()
    }


def _narrowed(
    side: RuleSet | WrittenRules, own: Mapping[str, str], other: Mapping[str, str]
) -> RuleSet | WrittenRules:
    """Return the SLOs of which the other side has another text."""
    if isinstance(side, WrittenRules):
        return side.narrowed(other)
    differing = tuple(one for one in side.built if own.get(one.slo_id) != other.get(one.slo_id))
    return attrs.evolve(side, built=differing)
