"""``slogen diff``, and what ``slogen build --check`` says first: what changes mean."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Literal

import attrs
import click

from slogen.cli.diff_sides import of_paths, of_revision
from slogen.cli.exits import Exit
from slogen.cli.running import count
from slogen.review import diff
from slogen.review.comparison.paragraphs import names_of, summary
from slogen.targets.written import holds_rules, replaced_rules

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slogen.cli.running import CommandLine
    from slogen.review.comparison.changes import Diff
    from slogen.rule_set import RuleSet
    from slogen.targets.output import Change

DiffFormat = Literal["text", "markdown", "json"]
_MOST_NAMED = 5
_TEXT_ALONE = (
    "no SLO changes in meaning: another version of slogen wrote these files, or somebody edited "
    "them; --text shows how"
)


def run_diff(
    command_line: CommandLine, revision: str | None, form: DiffFormat, *, sets_exit_code: bool
) -> None:
    """Print what changed, and exit with 1 if that was asked for and something did.

    Args:
        command_line: What was typed; its paths are OLD and NEW or, with a revision, definitions.
        revision: The revision whose files are OLD.
        form: How it is printed.
        sets_exit_code: Whether the exit code says whether something changed.

    Raises:
        InputError: If a side cannot be compiled.
        click.UsageError: If there are not two sides.
    """
    if revision is None and len(command_line.paths) != len(("OLD", "NEW")):
        raise click.UsageError(
            f"diff takes OLD and NEW, and found {count(len(command_line.paths), 'path')}\n"
            "To compare with a revision of the repository: slogen diff --git main"
        )
    found = of_paths(command_line) if revision is None else of_revision(command_line, revision)
    click.echo(_rendered(found, form).encode(), nl=False)
    click.echo(f"slogen: {summary(found)}", err=True)
    if sets_exit_code and not found.is_empty:
        sys.exit(Exit.FINDINGS)
    if sets_exit_code and found.unread:
        sys.exit(Exit.UNDECIDED)


def _rendered(found: Diff, form: DiffFormat) -> str:
    if form == "json":
        return found.json()
    return found.markdown() if form == "markdown" else str(found)


def changes_in_meaning(changes: tuple[Change, ...], rules: RuleSet) -> str:
    """Return what changes of files mean, as lines: first of SLOs, then which files there are.

    Args:
        changes: What a build would write and remove.
        rules: What was built.
    """
    before, built = replaced_rules(changes, rules.built)
    found = diff(before, attrs.evolve(rules, built=built))
    lines = _files(changes, is_empty=found.is_empty and not found.unread)
    return "".join((str(found), *(f"{line}\n" for line in lines)))


def _files(changes: tuple[Change, ...], *, is_empty: bool) -> Iterator[str]:
    """Yield which files are new, changed and removed, and whether no SLO is the reason."""
    kinds = {
        "new": tuple(change.path for change in changes if change.before is None),
        "changed": tuple(c.path for c in changes if None not in {c.before, c.after}),
        "removed": tuple(change.path for change in changes if change.after is None),
    }
    if is_empty and any(map(holds_rules, kinds["changed"])):
        yield _TEXT_ALONE
    for kind, paths in kinds.items():
        if paths:
            yield f"{count(len(paths), 'file')} {kind}: {names_of(paths, _MOST_NAMED)}"
