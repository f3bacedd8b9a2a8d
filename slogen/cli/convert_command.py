"""The command ``slogen convert``. What it needs is imported when it runs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from slogen.cli.options import NO_SCRIPTS, PATHS, PROJECT, more, read_option

if TYPE_CHECKING:
    from slogen.cli.converting import Names, Target
    from slogen.model import Window


def _window(context: click.Context, option: click.Parameter, value: str | None) -> Window | None:
    """Refuse what is no window as a mistake of the command line."""
    from slogen.model import Window  # noqa: PLC0415 (start-up)

    return None if value is None else read_option(option, context, lambda: Window(value))


@click.command(epilog=more("docs/migration.md, docs/formats/"))
@PATHS
@click.option(
    "--to",
    "target",
    type=click.Choice(["slogen", "python", "openslo"]),
    default="slogen",
    show_default=True,
    help="Write slogen YAML, a Python script, or objects of OpenSLO v1.",
)
@click.option(
    "--names",
    type=click.Choice(["slogen", "sloth"]),
    help="The names of labels: slogen's own, or those of Sloth, so that dashboards and routes go "
    "on.  [default: as the definitions say]",
)
@click.option(
    "--window",
    metavar="DURATION",
    callback=_window,
    help="The window of all SLOs, where a file does not say it: what `sloth generate` had as "
    "--default-slo-period.",
)
@click.option(
    "--verify",
    metavar="RULES",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Print no definitions, but what agrees and what differs between them and the rules that "
    "Sloth or Pyrra generated; exit with 1 if anything differs.",
)
@NO_SCRIPTS
@PROJECT
def convert(  # noqa: PLR0913, PLR0917 (an option each)
    paths: tuple[Path, ...],
    target: Target,
    names: Names | None,
    window: Window | None,
    verify: Path | None,
    no_scripts: bool,  # noqa: FBT001 (click calls it by name)
    project: Path | None,
) -> None:
    """Write the definitions of other tools as slogen's own.

    A PATH is a file of Sloth, OpenSLO or Pyrra, a ConfigMap of the ERP's, or a definition of
    slogen's. The definitions go to stdout; what an SLO means now instead of what it meant, to
    stderr.

    \b
    Examples:
      slogen convert sloth/shop.yml > slos/shop.yaml
      slogen convert sloth/ --to python > slos/shop.py
      slogen convert slos/ --to openslo > openslo.yaml
      slogen convert sloth/ --verify sloth-rules.yaml
      slogen convert sloth/ --names sloth --window 28d > slos/shop.yaml
    """  # noqa: D301 (the mark by which click keeps lines as they are)
    from slogen.cli.converting import run_convert  # noqa: PLC0415 (start-up)
    from slogen.cli.running import CommandLine, exit_codes  # noqa: PLC0415 (start-up)

    command_line = CommandLine(paths=paths, scripts=not no_scripts, project=project)
    with exit_codes():
        run_convert(command_line, target, names, window, verify)
