"""``slogen test``: each SLO's rules put to the proof by promtool, and nothing written."""

from __future__ import annotations

import contextlib
import signal
import sys
import time
from typing import TYPE_CHECKING

import click

from slogen import api
from slogen.cli import colors, junit
from slogen.cli.exits import Exit
from slogen.cli.late_rulers import late_lines, late_rulers
from slogen.cli.projects import chosen_project
from slogen.cli.report import Progress, report
from slogen.cli.running import count, load, show
from slogen.cli.selecting import chosen_ids
from slogen.cli.verdict_forms import as_errors, as_json
from slogen.trial import promtool, proven

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from slogen.cli.diagnostics import Format
    from slogen.cli.running import CommandLine
    from slogen.diagnostics import Diagnostic
    from slogen.plan import ResolvedSLO
    from slogen.rule_set import RuleSet
    from slogen.targets.built import Built
    from slogen.trial import SLOVerdict, Tool

_THAN = "promtool shows, which evaluates as Prometheus does"


def run_test(
    command_line: CommandLine, report_file: Path | None, patterns: tuple[str, ...] = ()
) -> None:
    """Print what comes out of the proof of each SLO, and exit with 1 if any of it failed.

    Args:
        command_line: What the command line says.
        report_file: Where JUnit XML goes, if anywhere.
        patterns: Patterns of ids; those SLOs alone are proven.

    Raises:
        SlogenError: If an input cannot be compiled, promtool is missing, or a file not be written.
        click.UsageError: If there is nothing to build from, or a pattern matches no SLO.
    """
    project = chosen_project(command_line)
    tool = promtool.find(project.promtool)
    rules = _chosen(*load(project, command_line), patterns)
    rulers = late_rulers(project, rules.slos)
    show(rules.findings, command_line.form)
    began = time.monotonic()
    with _tidy_end():
        verdicts = list(_proven(rules.built, tool, command_line.form))
    if command_line.form == "json":
        click.echo(as_json(verdicts, tool, rulers).encode(), nl=False)
    if report_file:
        junit.write(report_file, verdicts)
    if command_line.form != "json":
        click.echo("".join(f"{line}\n" for line in late_lines(rulers, _THAN)).encode(), nl=False)
        seconds = round(time.monotonic() - began)
        click.echo(f"{_summary(verdicts)}, promtool {tool.version}, {seconds}s", err=True)
    if not all(verdict.passed for verdict in verdicts):
        sys.exit(Exit.FINDINGS)


def _chosen(
    slos: tuple[ResolvedSLO, ...], findings: tuple[Diagnostic, ...], patterns: tuple[str, ...]
) -> RuleSet:
    """Return the rules of those SLOs that are meant, and what there is to say about them."""
    ids = set(chosen_ids((slo.definition.id for slo in slos), patterns))
    return api.compiled(
        (slo for slo in slos if slo.definition.id in ids),
        (finding for finding in findings if finding.slo_id in {*ids, ""}),
    )


@contextlib.contextmanager
def _tidy_end() -> Iterator[None]:
    """Let SIGTERM, which a CI sends that has waited for too long, do what Ctrl-C does."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _proven(built: tuple[Built, ...], tool: Tool, form: Format) -> Iterator[SLOVerdict]:
    """Print what comes out of each proof as soon as it is known, and yield it."""
    width = max(len(one.slo.definition.id) for one in built)
    progress = Progress(sys.stderr, len(built))
    with contextlib.closing(proven(built, tool)) as verdicts, contextlib.closing(progress):
        progress.show(0)
        for done, (one, verdict) in enumerate(zip(built, verdicts, strict=True), start=1):
            progress.close()
            _print(one, verdict, width, form)
            progress.show(done)
            yield verdict


def _print(built: Built, verdict: SLOVerdict, width: int, form: Format) -> None:
    """Print a verdict for people, and for GitHub what failed; JSON is printed at the end."""
    if form == "json":
        return
    click.echo(colors.with_colored_verdicts(report(verdict, width), sys.stdout).encode(), nl=False)
    sys.stdout.flush()
    if form == "github":
        show(as_errors(verdict, built.slo.definition.origin), form)


def _summary(verdicts: list[SLOVerdict]) -> str:
    scenarios = sum(len(verdict.scenarios) for verdict in verdicts)
    failed = sum(verdict.failed for verdict in verdicts)
    return f"{count(len(verdicts), 'SLO')}, {count(scenarios, 'scenario')}, {failed} failed"
