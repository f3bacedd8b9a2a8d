"""What ``slogen lint --prometheus`` asks a server."""

from __future__ import annotations

import contextlib
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from slogen import api
from slogen.cli.asking import Progress, Question, prometheus_of
from slogen.live.checks import findings
from slogen.live.checks.view import ServerView, Subject
from slogen.source import printable

if TYPE_CHECKING:
    from slogen.checks.given import Given
    from slogen.diagnostics import Diagnostic
    from slogen.formats import Loaded
    from slogen.model import Project


def live_findings(
    loaded: Loaded, project: Project, url: str, given: Given
) -> tuple[Diagnostic, ...]:
    """Return what a server says against definitions that can be built.

    What it warns of with its answers is printed on stderr: they may not be whole.

    Args:
        loaded: What was read.
        project: Its settings, and how the server is reached.
        url: Where the server is.
        given: What the user says about traffic and servers.

    Raises:
        SlogenError: If there is no answer, or the extra is missing.
    """
    slos, _ = api.resolved(loaded, project.settings)
    built = api.compiled(slos).built
    prometheus = prometheus_of(project, Question(url=url))
    with contextlib.closing(Progress()) as progress, prometheus.limited():
        view = ServerView(prometheus, datetime.now(UTC), progress.step)
        subjects = (Subject(slo=one.slo, rules=one.rules) for one in built)
        found = findings(view, subjects, given)
    for warning in prometheus.warnings:
        click.echo(f"slogen: the server warns: {printable(warning)}", err=True)
    return found
