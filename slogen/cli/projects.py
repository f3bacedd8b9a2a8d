"""What is to be built: the project file, its targets with their options, and the command line."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
import click

from slogen.errors import InputError, InvalidValue, raise_all
from slogen.formats import find_project, read_project
from slogen.formats.project import in_reading_order
from slogen.formats.toml_tables import inner, read, unknown
from slogen.model import Project
from slogen.model.arguments import converted
from slogen.spelling import did_you_mean
from slogen.targets import TARGETS, target_class

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slogen.cli.running import CommandLine
    from slogen.lint.settings import LintSettings
    from slogen.model.project import Table
    from slogen.targets.target import Target

_TARGETS_TABLE = "target"
_LINT_TABLE = "lint"


def chosen_project(command_line: CommandLine) -> Project:
    """Return what is to be built, as the command line and the project file say together.

    Raises:
        InputError: If the project file is wrong; all of its faults together.
        click.UsageError: If there is nothing to build from.
    """
    project = command_line.over(project_of_file(command_line))
    if not project.paths:
        raise click.UsageError(
            "no PATH given, and no project file names any\n"
            'Write one: slogen.toml with paths = ["slos"] and out = "build"'
        )
    return project


def project_of_file(command_line: CommandLine) -> Project:
    """Return what the project file says by itself; nothing where there is none.

    Raises:
        InputError: If it is wrong; all of its faults together.
    """
    file = command_line.project or nearest_project()
    return _checked(file) if file else Project(folder=Path())


def lint_settings(project: Project) -> LintSettings:
    """Return what the file of a project says about lint."""
    return _lint_settings(project, [])


def chosen_targets(project: Project) -> tuple[Target, ...]:
    """Return the targets of a project, with the options that its file gives them."""
    described = _described(project, [])
    return tuple(described.get(name) or target_class(name)(origin=None) for name in project.targets)


def nearest_project() -> Path | None:
    """Return the project file of this folder as one would type it: what it names is shown so."""
    file = find_project(Path.cwd())
    return file and Path(min(os.path.relpath(file), str(file), key=len))


def _checked(file: Path) -> Project:
    project, faults = read_project(file)
    faults += _unknown_targets(project)
    _described(project, faults)
    if project.tables[_LINT_TABLE].values:
        _lint_settings(project, faults)
    raise_all(in_reading_order(faults))
    return project


def _unknown_targets(project: Project) -> Iterator[InvalidValue]:
    assert project.origin is not None  # noqa: S101 (it was read from a file)
    for index, name in enumerate(project.targets):
        if name not in TARGETS:
            yield InvalidValue(
                f"targets[{index}]" if len(project.targets) > 1 else "targets",
                repr(name),
                ", ".join(TARGETS),
                did_you_mean(name, TARGETS),
                origin=project.origin.inside("targets"),
                argument=str(index),
            )


def _described(project: Project, faults: list[InputError]) -> dict[str, Target]:
    """Return the targets that have a table, by their names.

    What is wrong with a table is added to the faults.
    """
    table = project.tables.get(_TARGETS_TABLE)
    if table is None:
        return {}
    faults += unknown(table, TARGETS, "target")
    names = [name for name in table.values if name in TARGETS]
    return {name: _target(target_class(name), inner(table, name, faults), faults) for name in names}


def _lint_settings(project: Project, faults: list[InputError]) -> LintSettings:
    """Return what the table for lint says; what is wrong with it is added to the faults."""
    from slogen.lint.settings import LintSettings, read_settings  # noqa: PLC0415 (start-up)

    table = project.tables.get(_LINT_TABLE)
    if not table:
        return LintSettings()
    from slogen.codes import CODES  # noqa: PLC0415 (start-up)

    return read_settings(table, CODES, project.folder, faults)


def _target(cls: type[Target], table: Table, faults: list[InputError]) -> Target:
    fields = attrs.fields_dict(cls)
    readers = {name: partial(converted, cls, fields[name]) for name in cls.options()}
    faults += unknown(table, readers, "option")
    options: dict[str, Any] = read(table, readers, faults)
    return cls(**options, origin=table.origin)
