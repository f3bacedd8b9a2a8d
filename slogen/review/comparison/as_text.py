"""A diff as text for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen.diagnostics import shortened
from slogen.review.comparison.sentences import names_of, paragraphs
from slogen.source import printable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slogen.review.comparison.alert_sentences import AlertRow
    from slogen.review.comparison.changes import Diff
    from slogen.review.comparison.sentence import Sentence
    from slogen.review.comparison.sentences import Paragraph

_WIDTH = 100
_NONE = "none"
_HEADS = ("ALERT", "TIER", "FIRES ABOVE", "AFTER A TOTAL OUTAGE OF", "AFTER AN ERROR RATIO OF")


def as_text(diff: Diff) -> str:
    """Return a diff as lines, each SLO's below its id; the empty text where nothing changed."""
    lines = [line for paragraph in paragraphs(diff) for line in _lines(paragraph)]
    for entry in diff.unread:
        about = f"{entry.file}: {entry.slo_id}" if entry.slo_id else entry.file
        lines.append(f"not read: {about}: {entry.reason}")
    return "".join(f"{printable(line).rstrip()}\n" for line in lines)


def _lines(paragraph: Paragraph) -> Iterator[str]:
    yield _head(paragraph)
    for sentence in paragraph.sentences:
        yield from (f"  {line}" for line in _said(sentence))
    if paragraph.rows:
        yield f"  {paragraph.pace}"
        yield from (f"    {line}" for line in _table(paragraph.rows))


def _head(paragraph: Paragraph) -> str:
    is_changed, ids = paragraph.status == "changed", paragraph.ids
    named = names_of(ids) if len(ids) == 1 else f"{len(ids)} SLOs: {names_of(ids)}"
    return named if is_changed else f"{paragraph.status}: {named}"


def _said(sentence: Sentence) -> Iterator[str]:
    """Yield a sentence: on one line where it fits."""
    note = f" ({sentence.note})" if sentence.note else ""
    if not sentence.has_values:
        yield f"{sentence.subject}{': ' if sentence.note else ''}{sentence.note}"
        return
    before, after = (shortened(value) or _NONE for value in (sentence.before, sentence.after))
    line = f"{sentence.subject}: {before} -> {after}"
    if len(line) <= _WIDTH:
        yield f"{line}{note}"
        return
    yield f"{sentence.subject}{note}"
    yield f"  before: {before}"
    yield f"  after:  {after}"


def _table(rows: tuple[AlertRow, ...]) -> Iterator[str]:
    cells = [_HEADS, *map(_cells, rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    shown = [index for index, width in enumerate(widths) if any(row[index] for row in cells[1:])]
    for row in cells:
        yield "  ".join(row[index].ljust(widths[index]) for index in shown)


def _cells(row: AlertRow) -> tuple[str, ...]:
    partial = _arrow(row.partial)
    return (
        row.alert,
        _arrow(row.tier),
        _arrow(row.above),
        _arrow(row.outage),
        f"{row.ratio}: {partial}" if partial else "",
    )


def _arrow(values: tuple[str, ...]) -> str:
    return " -> ".join(values)
