"""``slogen explain``: what SLOs mean, on stdout."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import click

from slogen import api
from slogen.cli.projects import chosen_project, chosen_targets, lint_settings
from slogen.cli.running import load
from slogen.cli.selecting import chosen_ids
from slogen.plan.rulers import late_in_words
from slogen.review.explanation.as_json import as_json
from slogen.targets.rule_files import RuleTarget

if TYPE_CHECKING:
    from collections.abc import Iterable

    from slogen.cli.running import CommandLine
    from slogen.review.explanation.meaning import Explanation
    from slogen.rule_set import RuleSet
    from slogen.targets.target import Target

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
    text = _printed(explanations, form)
    if form in ("text", "markdown"):
        late = _late(rules, chosen_targets(project))
        mark = "- " if form == "markdown" else ""
        text += "\n" * bool(late) + "".join(f"{mark}{line}\n" for line in late)
    click.echo(text.encode(), nl=False)


def _late(rules: RuleSet, targets: Iterable[Target]) -> list[str]:
    """Return by how much the rulers of a project are later than what is explained, a line each."""
    timings = {slo.timing for slo in rules.slos}
    found = {
        target.name: late_in_words(target.ruler, timings, "is said above")
        for target in targets
        if isinstance(target, RuleTarget)
    }
    return [f"{name}: {late}" for name, late in found.items() if late]


def _printed(explanations: list[Explanation], form: ExplainFormat) -> str:
    if form == "json":
        return as_json(explanations)
    if form == "svg":
        return explanations[0].svg()
    texts = (each.markdown() if form == "markdown" else each.text() for each in explanations)
    return "\n".join(texts)
