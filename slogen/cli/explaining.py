"""``slogen explain``: what SLOs mean, on stdout."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import click

from slogen import api
from slogen.cli.late_rulers import late_lines, late_rulers
from slogen.cli.projects import chosen_project, lint_settings
from slogen.cli.running import load
from slogen.cli.selecting import chosen_ids
from slogen.review.explanation.as_json import as_json

if TYPE_CHECKING:
    from slogen.cli.running import CommandLine
    from slogen.plan.rulers import RulerLateness
    from slogen.review.explanation.meaning import Explanation

ExplainFormat = Literal["text", "markdown", "json", "svg"]


def run_explain(
    command_line: CommandLine, form: ExplainFormat, patterns: tuple[str, ...], traffic: int | None
) -> None:
    """Print what SLOs mean, one after the other, or all of them as one document.

    Args:
        command_line: What was typed.
        form: The form of what is printed.
        patterns: Patterns of ids; those SLOs alone are explained.
        traffic: Events a day; what the project file says unless given.

    Raises:
        SlogenError: If an input cannot be compiled.
        click.UsageError: If there is nothing to read, a pattern matches no SLO, or a picture is
            wanted of several.
    """
    project = chosen_project(command_line)
    slos, _ = load(project, command_line)
    ids = chosen_ids((slo.definition.id for slo in slos), patterns)
    if form == "svg" and len(ids) != 1:
        raise click.UsageError(
            f"--format svg draws one SLO, and there are {len(ids)}: add --slo ID"
        )
    rules = api.compiled(slo for slo in slos if slo.definition.id in ids)
    events = lint_settings(project).given.traffic if traffic is None else traffic
    explanations = [rules.explain(slo_id, events) for slo_id in ids]
    rulers = late_rulers(project, rules.slos)
    text = _printed(explanations, rulers, form)
    if form in ("text", "markdown"):
        late = late_lines(rulers, "is said above")
        mark = "- " if form == "markdown" else ""
        text += "\n" * bool(late) + "".join(f"{mark}{line}\n" for line in late)
    click.echo(text.encode(), nl=False)


def _printed(
    explanations: list[Explanation], rulers: tuple[RulerLateness, ...], form: ExplainFormat
) -> str:
    if form == "json":
        return as_json(explanations, rulers)
    if form == "svg":
        return explanations[0].svg()
    texts = (each.markdown() if form == "markdown" else each.text() for each in explanations)
    return "\n".join(texts)
