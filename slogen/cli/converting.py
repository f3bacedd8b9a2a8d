"""``slogen convert``: definitions of other tools as slogen's own, on stdout."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Literal

import attrs
import click

from slogen import api
from slogen.cli.projects import chosen_project
from slogen.cli.running import read, show
from slogen.cli.verifying import run_verify
from slogen.formats.imported.notes import ASSUMED, DIFFERS, SLOTH_LABEL
from slogen.formats.openslo.dump import dump as as_openslo
from slogen.formats.openslo.dump import lost
from slogen.formats.python.dump import dump as as_python
from slogen.formats.slogen_yaml.dump import dump as as_yaml
from slogen.model import Settings
from slogen.naming import Naming

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from pathlib import Path

    from slogen.cli.running import CommandLine
    from slogen.diagnostics import Diagnostic
    from slogen.model import SLO, Window

Target = Literal["slogen", "python", "openslo"]
Names = Literal["slogen", "sloth"]
_WRITERS = {"slogen": as_yaml, "python": as_python, "openslo": as_openslo}
_NAMINGS = {"slogen": Naming(), "sloth": Naming.sloth()}


def run_convert(
    command_line: CommandLine,
    target: Target,
    names: Names | None,
    window: Window | None,
    verify: Path | None,
) -> None:
    """Print definitions on stdout, and what they mean now on stderr.

    Args:
        command_line: What was typed.
        target: The form of the definitions.
        names: The names of labels; as the definitions say unless given.
        window: The window of the SLOs whose files do not say it, if it is given.
        verify: Rules of another tool to compare them with, instead of printing them.

    Raises:
        InputError: If a definition is wrong, or there is no SLO.
    """
    project = chosen_project(command_line)
    loaded = read(project, command_line)
    silent = {note.slo_id for note in loaded.differences if note.entry is ASSUMED}
    slos = tuple(_changed(loaded.slos, names, window, silent))
    resolved, _ = api.resolved(attrs.evolve(loaded, slos=slos), project.settings)
    if verify is not None:
        run_verify(api.compiled(resolved), verify)
        return
    answered = {SLOTH_LABEL: names == "sloth", ASSUMED: window is not None, DIFFERS: False}
    differences = [note for note in loaded.differences if not answered.get(note.entry)]
    is_listed = bool(loaded.differences)
    said = [
        finding
        for finding in loaded.findings
        if not answered.get(finding.entry) and not (is_listed and finding.entry is DIFFERS)
    ]
    show(said, "text")
    if text := "\n".join(_listed(differences)):
        click.echo(text, err=True)
    if target == "openslo" and (text := "\n".join(_grouped(lost(slos)))):
        click.echo(f"what OpenSLO does not keep, or other tools do not read:\n{text}", err=True)
    click.echo(_WRITERS[target](slos), nl=False)


def _changed(
    slos: Iterable[SLO], names: Names | None, window: Window | None, silent: Collection[str]
) -> Iterator[SLO]:
    """Yield SLOs with the names and the window that the command line wants.

    Args:
        slos: The SLOs.
        names: The names of labels.
        window: The window of those whose files do not say it.
        silent: The ids of these.
    """
    for slo in slos:
        settings = slo.service.settings
        if names is not None:
            settings = Settings(naming=_NAMINGS[names], origin=None).over(settings)
        service = attrs.evolve(slo.service, settings=settings)
        own = window if window is not None and slo.id in silent else slo.window
        yield attrs.evolve(slo, service=service, window=own)


def _listed(differences: Iterable[Diagnostic]) -> Iterator[str]:
    """Yield what differs, SLO by SLO; what is about a whole file stands first."""
    in_order = sorted(differences, key=lambda difference: bool(difference.slo_id))
    return _grouped((difference.slo_id, difference.found) for difference in in_order)


def _grouped(said: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Yield what is said of each SLO below its id."""
    for slo_id, group in itertools.groupby(said, key=lambda pair: pair[0]):
        yield f"{slo_id or 'all SLOs'}:"
        yield from (f"  - {found}" for _, found in group)
