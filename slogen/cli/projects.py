"""What is to be built: the project file, its targets with their options, and the command line."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
import click

from slogen.errors import InputError, InvalidValue, MissingKey, raise_all
from slogen.formats import find_project, read_project
from slogen.formats.project import in_reading_order
from slogen.formats.toml_tables import each, inner, read, unknown
from slogen.model import Project
from slogen.model.arguments import converted
from slogen.model.budget_policy import POLICY_READERS, BudgetPolicy
from slogen.spelling import did_you_mean
from slogen.targets import TARGETS, target_class
from slogen.targets.dashboard_target import DashboardTarget

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from slogen.cli.running import CommandLine
    from slogen.lint.settings import LintSettings
    from slogen.model.project import Table
    from slogen.targets.target import Target

_TARGETS_TABLE = "target"
_LINT_TABLE = "lint"
_LIVE_TABLE, _POLICY_TABLE = "live", "budget_policy"
_SECRETS = dict.fromkeys(
    ("token", "password", "user"),
    "write a token into a file of its own and name it with token_file",
)
"""What to do about keys that would put a secret into a file which others read."""


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
    found = (described.get(name) or target_class(name)(origin=None) for name in project.targets)
    policy = budget_policy(project)
    return tuple(
        attrs.evolve(target, budget_policy=policy)
        if isinstance(target, DashboardTarget)
        else target
        for target in found
    )


def live_values(project: Project) -> Mapping[str, Any]:
    """Return what the file of a project says about how a Prometheus is reached."""
    return _live_values(project, [])


def budget_policy(project: Project) -> BudgetPolicy:
    """Return what the file of a project says about deployments."""
    return _budget_policy(project, []) or BudgetPolicy()


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
    if project.tables[_LIVE_TABLE].values:
        _live_values(project, faults)
    if project.tables[_POLICY_TABLE].values:
        _budget_policy(project, faults)
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


def _live_values(project: Project, faults: list[InputError]) -> Mapping[str, Any]:
    """Return what the table about a Prometheus says; what is wrong is added to the faults."""
    from slogen.live.connection import readers_in  # noqa: PLC0415 (start-up)

    table = project.tables.get(_LIVE_TABLE)
    if table is None:
        return {}
    readers, found = readers_in(project.folder), list[InputError]()
    values = read(table, readers, found)
    found += unknown(table, readers, remedies=_SECRETS)
    faults += map(_without_excerpt, found)
    return values


def _without_excerpt(fault: InputError) -> InputError:
    """Return a fault at its place, without the line that stands there: it may hold a password."""
    place = fault.position
    if not isinstance(fault, InvalidValue) or place is None:
        return fault
    return attrs.evolve(fault, origin=attrs.evolve(place, source=""), argument=None, part=None)


def _budget_policy(project: Project, faults: list[InputError]) -> BudgetPolicy | None:
    """Return what the table about deployments says; what is wrong is added to the faults."""
    table = project.tables.get(_POLICY_TABLE)
    if table is None:
        return None
    faults += unknown(table, POLICY_READERS)
    values = read(table, POLICY_READERS, faults)
    try:
        return BudgetPolicy(**values, origin=table.origin)
    except InvalidValue as fault:
        faults.append(fault)
        return None


def _target(cls: type[Target], table: Table, faults: list[InputError]) -> Target:
    options = _arguments(cls, table, tuple(cls.options()), faults)
    return cls(**options, origin=table.origin)


def _arguments(
    cls: type, table: Table, names: tuple[str, ...], faults: list[InputError]
) -> dict[str, Any]:
    """Return the arguments of a class that a table holds; what is wrong is added to the faults.

    An argument whose metadata has ``items`` is an array of tables, each with the arguments of that
    class.
    """
    fields = attrs.fields_dict(cls)
    readers = {name: partial(converted, cls, fields[name]) for name in names}
    faults += unknown(table, readers, "option")
    of_items = {name: fields[name].metadata["items"] for name in names if _has_items(fields[name])}
    made = {
        name: _items(item, table, name, faults)
        for name, item in of_items.items()
        if name in table.values
    }
    plain = {name: reader for name, reader in readers.items() if name not in of_items}
    return {**read(table, plain, faults), **made}


def _has_items(field: attrs.Attribute[Any]) -> bool:
    return "items" in field.metadata


def _items(cls: type, table: Table, key: str, faults: list[InputError]) -> tuple[Any, ...]:
    """Return the objects of an array of tables, but for those that are wrong."""
    fields = [field for field in attrs.fields(cls) if field.name != "origin"]
    required = [field.name for field in fields if field.default is attrs.NOTHING]
    example = f"[[target.NAME.{key}]] with {', '.join(required)}"
    made = []
    for item in each(table, key, example, faults):
        before = len(faults)
        values = _arguments(cls, item, tuple(field.name for field in fields), faults)
        faults += [
            MissingKey(name, "missing", "a text", origin=item.origin)
            for name in required
            if name not in item.values
        ]
        if len(faults) == before:
            made.append(cls(**values, origin=item.origin))
    return tuple(made)
