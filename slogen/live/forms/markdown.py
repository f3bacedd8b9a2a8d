"""A report as Markdown, for a wiki, a pull request or a chat."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen.live.forms import cells
from slogen.live.forms.sections import sections, tally_text
from slogen.live.forms.text import remarks
from slogen.markdown import escaped, row
from slogen.source import printable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from slogen.live.reports import Report


def markdown(report: Report) -> str:
    """Return a report as Markdown, with a table for each section."""
    return "".join(f"{line}\n" for line in _lines(report))


def _lines(report: Report) -> Iterator[str]:
    over = f", {report.month}" if report.month else ""
    yield f"# Service level objectives{over}"
    yield ""
    yield f"{_escaped(report.server)}, {report.at:%Y-%m-%d %H:%M} UTC."
    health = cells.percent(report.health_score / 100, 0)
    yield f"Health score: **{health}**: {tally_text(report.tally)}."
    for section in sections(report):
        yield from ("", f"## {section.title}", "", *_table(section.head, section.rows))
    if notes := list(remarks(report)):
        yield from ("", "## Remarks", "", *(f"- {_escaped(note)}" for note in notes))


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    yield row(head)
    yield row(["---"] * len(head))
    yield from (row(map(_escaped, cells_)) for cells_ in rows)


def _escaped(text: str) -> str:
    """Return a text that Markdown shows as it is, on one line."""
    return escaped(printable(text))
