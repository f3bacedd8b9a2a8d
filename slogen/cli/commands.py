"""The commands. What they need is imported when they run, so that ``--version`` is quick."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from slogen import __version__
from slogen.cli import exits
from slogen.cli.command_group import CommandGroup
from slogen.cli.options import NO_SCRIPTS, PATHS, PROJECT, SCRAPE_INTERVAL, more
from slogen.cli.target_option import TargetName, TargetOption

if TYPE_CHECKING:
    from slogen.cli.diagnostics import Format

_HELP = f"""\
Compile service level objectives into Prometheus rules and Grafana dashboards.

\b
Write an objective, in YAML or in Python. This is slos/shop.yaml:
  apiVersion: slogen/v1
  services:
    - name: shop
      slos:
        - name: availability
          objective: 99.9%
          window: 30d
          sli:
            events:
              total: http_requests_total{{job="shop"}}
              bad_where: code=~"5.."

\b
And build its rules:
  slogen build slos --out build

\b
Exit codes:
{exits.listed()}
"""
_PAGES = """\
\b
Documentation, in slogen's repository:
  README.md                  from nothing to rules in five minutes
  docs/tutorial.md           from an empty folder to an alert and a dashboard
  docs/yaml.md               how to write objectives in YAML
  docs/reference/python.md   how to write them in Python
  docs/reference/project.md  slogen.toml, and every option of these commands
  docs/reference/rules.md    every series and alert, and what it means
  docs/reference/explain.md  what an SLO means: when alerts fire, what nobody sees
  docs/reference/diff.md     what an edit means, for a review
  docs/reference/live.md     budgets, forecasts and the gate, from a Prometheus
  docs/howtos.md             guides: maintenance, batch jobs, Kubernetes, other tools
  docs/migration.md          from files of Sloth, OpenSLO and Pyrra to slogen's
  docs/ci.md                 pre-commit, GitHub and GitLab
"""


@click.group(
    cls=CommandGroup,
    help=_HELP,
    epilog=_PAGES,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(__version__, message="slogen %(version)s")
def main() -> None:
    """Run the command line."""


@main.command(
    epilog=more(
        "docs/reference/project.md for every option, "
        "docs/yaml.md and docs/reference/python.md for definitions"
    )
)
@PATHS
@click.option(
    "--out",
    metavar="DIR",
    type=click.Path(file_okay=False, path_type=Path),
    help="The folder to write below; files go to DIR/TARGET/.",
)
@click.option(
    "--target",
    "targets",
    cls=TargetOption,
    metavar="TARGET",
    type=TargetName(),
    multiple=True,
)
@click.option(
    "--layout",
    type=click.Choice(["slo", "service", "single"]),
    help="What a file holds: one SLO, the SLOs of a service, or all.  [default: slo]",
)
@SCRAPE_INTERVAL
@click.option(
    "--check",
    is_flag=True,
    help="Write nothing; show what would change in meaning, and exit with 1 if anything would.",
)
@click.option(
    "--text",
    is_flag=True,
    help="With --check, show the lines that would change as well, as a diff for patch.",
)
@click.option(
    "--prune",
    is_flag=True,
    help="Remove what was built of SLOs that other files may define.",
)
@click.option(
    "--exit-code",
    is_flag=True,
    help="Exit with 1 if a file was written or removed, so that a hook can stop the commit.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    show_default=True,
    help="How errors, warnings and notes are printed on stderr: for people, as one JSON document, "
    "or as commands of GitHub Actions.",
)
@NO_SCRIPTS
@PROJECT
def build(  # noqa: PLR0913, PLR0917 (an option each)
    paths: tuple[Path, ...],
    out: Path | None,
    targets: tuple[str, ...],
    layout: str | None,
    scrape_interval: str | None,
    check: bool,  # noqa: FBT001 (click calls it by name)
    text: bool,  # noqa: FBT001 (click calls it by name)
    prune: bool,  # noqa: FBT001 (click calls it by name)
    exit_code: bool,  # noqa: FBT001 (click calls it by name)
    form: Format,
    no_scripts: bool,  # noqa: FBT001 (click calls it by name)
    project: Path | None,
) -> None:
    """Build files from definitions.

    A PATH is a Python script with SLO objects at module level, a file of slogen YAML or of Sloth,
    or a folder of them; there, files that begin with an underscore are for the others to import or
    inherit.
    What is not given is taken from the project file, slogen.toml.

    Events are a selector, such as http_requests_total{job="shop"}. Where one selector cannot say
    it, write a query that gives events per second, with $window for the range, which slogen fills
    in:

    \b
      total: rate(hits_total[$window]) + rate(misses_total[$window])
      bad: rate(misses_total[$window])

    \b
    Examples:
      slogen build slos/ --out build
      slogen build --check
      promtool check rules build/prometheus/*.yaml
    """  # noqa: D301 (the mark by which click keeps lines as they are)
    from slogen.cli.building import run_build  # noqa: PLC0415 (start-up)
    from slogen.cli.running import CommandLine, exit_codes  # noqa: PLC0415 (start-up)

    command_line = CommandLine(
        paths=paths,
        out=out,
        targets=targets,
        layout=layout,
        scrape_interval=scrape_interval,
        scripts=not no_scripts,
        project=project,
        form=form,
    )
    with exit_codes(form):
        run_build(command_line, check=check, text=text, prune=prune, exit_code=exit_code)


@main.command(name="list", epilog=more("docs/reference/project.md"))
@PATHS
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "yaml"]),
    default="table",
    show_default=True,
    help="A table for people, JSON for programs, or definitions in slogen YAML.",
)
@click.option(
    "--brief",
    is_flag=True,
    help="Leave out the tiers and alerts of each SLO; definitions in YAML keep them.",
)
@NO_SCRIPTS
@PROJECT
def list_(
    paths: tuple[Path, ...],
    form: str,
    brief: bool,  # noqa: FBT001 (click calls it by name)
    no_scripts: bool,  # noqa: FBT001 (click calls it by name)
    project: Path | None,
) -> None:
    """List the SLOs of definitions.

    Below each stand its tiers and alerts. A tier's line says which part of the whole budget is
    spent when it fires.

    \b
    Examples:
      slogen list slos/
      slogen list slos/ --brief
      slogen list slos/shop.py --format yaml > shop.yaml
    """  # noqa: D301 (the mark by which click keeps lines as they are)
    from slogen.cli.listing import run_list  # noqa: PLC0415 (start-up)
    from slogen.cli.running import CommandLine, exit_codes  # noqa: PLC0415 (start-up)

    with exit_codes("json" if form == "json" else "text"):
        command_line = CommandLine(paths=paths, scripts=not no_scripts, project=project)
        run_list(command_line, form, brief=brief)


@main.command(epilog=more("docs/yaml.md, and docs/reference/yaml.md for every key"))
def schema() -> None:
    """Print the JSON Schema of slogen YAML, for editors.

    Editors with the YAML language server complete and check a file whose first line names it:

    \b
      # yaml-language-server: $schema=slogen.schema.json

    \b
    Examples:
      slogen schema > slos/slogen.schema.json
    """  # noqa: D301 (the mark by which click keeps lines as they are)
    import json  # noqa: PLC0415 (start-up)
    import sys  # noqa: PLC0415 (start-up)

    if sys.flags.optimize > 1:
        click.echo(
            "error: the schema would lack what its keys mean: Python runs without docstrings\n"
            "  found: the option -OO, or PYTHONOPTIMIZE=2\n"
            "  remedy: run slogen schema without it",
            err=True,
        )
        sys.exit(exits.Exit.UNDECIDED)

    from slogen.formats.slogen_yaml.schema import schema as made  # noqa: PLC0415 (start-up)

    click.echo(json.dumps(made(), indent=2, ensure_ascii=False))


def _file_in_a_folder(
    context: click.Context, option: click.Parameter, value: Path | None
) -> Path | None:
    """Refuse a file whose folder does not exist as a mistake of the command line."""
    if value and not value.parent.is_dir():
        raise click.BadParameter(f"there is no folder '{value.parent}'", context, option)
    return value


@main.command(epilog=more("docs/reference/proof.md"))
@PATHS
@click.option(
    "--slo",
    "slos",
    metavar="ID",
    multiple=True,
    help="Prove this SLO alone; * stands for any text, and it can be given several times.",
)
@click.option(
    "--promtool",
    metavar="FILE",
    help="The promtool that runs the tests: a path, or a name on PATH.  [default: promtool]",
)
@click.option(
    "--junit",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    callback=_file_in_a_folder,
    help="Also write the results as JUnit XML.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    show_default=True,
    help="How verdicts are printed: for people, as one JSON document, or for people with what "
    "failed on stderr as commands of GitHub Actions.",
)
@SCRAPE_INTERVAL
@NO_SCRIPTS
@PROJECT
def test(  # noqa: PLR0913, PLR0917 (an option each)
    paths: tuple[Path, ...],
    slos: tuple[str, ...],
    promtool: str | None,
    junit: Path | None,
    form: Format,
    scrape_interval: str | None,
    no_scripts: bool,  # noqa: FBT001 (click calls it by name)
    project: Path | None,
) -> None:
    """Prove the rules of each SLO with promtool.

    For each SLO slogen makes scenarios: traffic with errors and without, and what its rules have to
    make of it. promtool runs them, and slogen says what failed, and after how long each alert was
    predicted to fire and seen to fire. Nothing is written but the file of --junit.

    \b
    Examples:
      slogen test
      slogen test slos/ --promtool /opt/prometheus/promtool
      slogen test --slo 'shop-*' --junit report.xml
    """  # noqa: D301 (the mark by which click keeps lines as they are)
    from slogen.cli.running import CommandLine, exit_codes  # noqa: PLC0415 (start-up)
    from slogen.cli.testing import run_test  # noqa: PLC0415 (start-up)

    command_line = CommandLine(
        paths=paths,
        scrape_interval=scrape_interval,
        promtool=promtool,
        scripts=not no_scripts,
        project=project,
        form=form,
    )
    with exit_codes(form):
        run_test(command_line, junit, slos)
