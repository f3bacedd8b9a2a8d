"""A backtest as a comment on a pull request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen.live.replay import forms
from slogen.markdown import escaped, row
from slogen.source import printable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from slogen.live.replay.results import Backtest, GroupResult, PolicyResult


def backtest_markdown(found: Backtest) -> str:
    """Return a backtest as Markdown: for each group what differs, and a table of its tiers."""
    lines = ["### Backtest", "", *(f"- {escaped(line)}" for line in forms.head(found))]
    lines += [f"- {escaped(line)}" for line in forms.notes(found)]
    for group in found.groups:
        lines += ["", *_group(group, found)]
    return "".join(f"{printable(line)}\n" for line in lines)


def _group(group: GroupResult, found: Backtest) -> Iterator[str]:
    yield f"#### {escaped(forms.name_of(group))}"
    yield ""
    yield escaped(forms.counted(group, found))
    if group.before is not None:
        yield ""
        yield from _table(forms.compared(group.now, group.before, found))
        yield ""
        for line in forms.differences(group.now, group.before, found):
            yield f"- {escaped(line)}"
        yield from _policy(found.against, group.before, found)
    yield from _policy(forms.NOW, group.now, found)


def _policy(name: str, policy: PolicyResult, found: Backtest) -> Iterator[str]:
    yield ""
    yield f"**{escaped(name)}**, {policy.objective}"
    yield ""
    yield from _table(forms.tiers(policy, found))
    if found.has_incidents:
        yield ""
        yield from (f"- {escaped(line)}" for line in forms.incidents(policy, found))


def _table(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    head, *body = rows
    yield row(map(escaped, head))
    yield row("---" for _ in head)
    yield from (row(map(escaped, cells)) for cells in body)
