"""``slogen list``: the SLOs at a glance."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from slogen import api
from slogen.cli.projects import chosen_project
from slogen.cli.running import read

if TYPE_CHECKING:
    from slogen.cli.running import CommandLine
    from slogen.model import SLO

_COLUMNS = ("id", "service", "name", "objective", "window", "kind", "group_by", "owner")


def run_list(command_line: CommandLine, form: str) -> None:
    """Print the SLOs on stdout: as a table, as JSON, or as definitions in YAML.

    Raises:
        InputError: If a definition is wrong, or there is no SLO.
    """
    project = chosen_project(command_line)
    loaded = read(project, command_line)
    resolved, _ = api.resolved(loaded, project.settings)
    if form == "yaml":
        from slogen.formats import dump  # noqa: PLC0415 (start-up)

        # As they were written: what the project file says it will go on to say.
        click.echo(dump(loaded.slos), nl=False)
        return
    rows = [_row(one.definition) for one in resolved]
    if form == "json":
        click.echo(json.dumps(rows, indent=2, ensure_ascii=False))
        return
    table = [[name.upper() for name in _COLUMNS]] + [
        [row[name] for name in _COLUMNS] for row in rows
    ]
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    for cells in table:
        line = "  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True))
        click.echo(line.rstrip())


def _row(slo: SLO) -> dict[str, str]:
    values = (
        slo.id,
        slo.service.name,
        slo.name,
        str(slo.objective),
        str(slo.window),
        slo.sli.kind,
        ",".join(slo.group_by),
        slo.owner,
    )
    return dict(zip(_COLUMNS, values, strict=True))
