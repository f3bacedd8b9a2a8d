"""A report as text for a terminal: the worst first, a line an SLO."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from typing import TYPE_CHECKING

from slogen.columns import aligned
from slogen.live.forms import cells
from slogen.live.forms.outlook import outlook_sections
from slogen.live.forms.sections import sections, tally_text
from slogen.live.reports import State, Tally
from slogen.source import printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from slogen.live.forms.section import Section
    from slogen.live.reports import Report, SLOReport

Paint = Callable[[str, State], str]
"""Gives a text the colour of a state."""

_HEAD = (
    "STATE",
    "SLO",
    "LEFT",
    "SLI",
    "OBJECTIVE",
    "BURN 1h",
    "6h",
    "24h",
    "GONE IN",
    "MEASURED",
    "ALERTS",
)


_MOST_DOUBTS = 3
"""How many groups whose budget nobody knows are named, of an SLO."""


def plain(text: str, state: State) -> str:  # noqa: ARG001 (without colours the state does not matter)
    """Return a text as it is."""
    return text


def screen(report: Report, *, paint: Paint = plain, width: int = 0, rows: int = 0) -> list[str]:
    """Return the lines of one screen.

    Args:
        report: What it shows.
        paint: Gives states their colours.
        width: How wide the screen is; 0 for any width.
        rows: How many SLOs have room; 0 for all.
    """
    shown = report.slos[:rows] if rows else report.slos
    head = heading(report)
    if width:
        head = (part for line in head for part in textwrap.wrap(line, width))
    lines = [*head, "", *_table(shown, paint, width)]
    if hidden := len(report.slos) - len(shown):
        lines.append(f"and {hidden} more: {tally_text(Tally.of(report.slos[len(shown) :]))}")
    notes = [_cut(note, width) for note in remarks(report)]
    return [*lines, *(["", *notes] if notes else [])]


def document(report: Report) -> str:
    """Return the whole report: the screen without bounds, and a table for each section."""
    return _document(report, sections(report))


def outlook_document(report: Report) -> str:
    """Return the tables about what comes, and what else has to be known about them."""
    return _document(report, outlook_sections(report))


def remarks(report: Report) -> Iterator[str]:
    """Yield what is odd about what the server records, and what it warns of."""
    for slo in report.slos:
        yield from (printable(f"{slo.id}: {remark}") for remark in slo.remarks)
        yield from map(printable, _doubts(slo))
    yield from (printable(f"the server warns: {warning}") for warning in report.warnings)


def _doubts(slo: SLOReport) -> Iterator[str]:
    """Yield why nobody knows the budgets of groups that have data, of a few by name."""
    unknown = [group for group in slo.groups if group.is_unknown]
    for group in unknown[:_MOST_DOUBTS]:
        labels = cells.group_name(group)
        yield f"{slo.id}{f' ({labels})' if labels else ''}: {group.doubt}"
    if (more := len(unknown) - _MOST_DOUBTS) > 0:
        yield f"{slo.id}: so it is with {more} more of {len(slo.groups)} groups"


def heading(report: Report) -> Iterable[str]:
    """Yield who was asked about when, and how many SLOs are in which state."""
    over = f" over {report.month} (UTC)" if report.month else ""
    yield f"{printable(report.server)} at {report.at:%Y-%m-%d %H:%M} UTC{over}"
    yield f"health {cells.percent(report.health_score / 100, 0)}: {tally_text(report.tally)}"


def _document(report: Report, tables: Iterable[Section]) -> str:
    lines = [*heading(report)]
    for section in tables:
        lines += ["", section.title, "", *_aligned((section.head, *section.rows))]
    notes = list(remarks(report))
    return "".join(f"{line}\n" for line in (*lines, *(["", *notes] if notes else [])))


def _table(slos: Sequence[SLOReport], paint: Paint, width: int) -> Iterator[str]:
    """Yield the lines of a table whose first column has the colour of the state."""
    head, *lines = _aligned((_HEAD, *map(_row, slos)))
    yield _cut(head, width)
    for line, slo in zip(lines, slos, strict=True):
        shown = _cut(line, width)
        yield paint(shown[: len(slo.state)], slo.state) + shown[len(slo.state) :]


def _row(slo: SLOReport) -> tuple[str, ...]:
    """Return what is shown of an SLO: of several groups, the worst."""
    group, known = slo.worst, cells.known(slo.worst)
    return (
        slo.state,
        cells.slo_name(slo),
        cells.percent(known.share_left if known else None),
        cells.sli(known.sli if known else None, slo.objective),
        f"{slo.objective_text}/{slo.window}",
        *cells.burns(group),
        cells.gone_in(known),
        cells.percent(group.measured if group else None, 0),
        cells.alerts(slo.all_alerts),
    )


def _aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    return aligned([tuple(map(printable, row)) for row in rows])


def _cut(line: str, width: int) -> str:
    return f"{line[: width - 3]}..." if width and len(line) > width else line
