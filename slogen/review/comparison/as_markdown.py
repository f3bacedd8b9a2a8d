"""A diff as Markdown, for a comment on a pull request: short, with details folded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen import markdown
from slogen.review.comparison.paragraphs import paragraphs, summary
from slogen.source import printable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slogen.review.comparison.alert_sentences import AlertRow
    from slogen.review.comparison.changes import Diff
    from slogen.review.comparison.paragraphs import Paragraph
    from slogen.review.comparison.sentence import Sentence

MOST = 60_000
"""How many characters it has at most: GitHub takes 65,536 in a comment."""
_HEADS = ("alert", "tier", "fires above", "after a total outage of", "after an error ratio of")
_MOST_OF_A_VALUE = 1_000


def as_markdown(diff: Diff) -> str:
    """Return a diff as Markdown; also where nothing changed, so that a comment can say that.

    Where it would be longer than a comment may be, the details of the last SLOs are left out, and
    it says so.
    """
    found = paragraphs(diff)
    head = f"### {summary(diff)}\n"
    unread = "".join(f"\n{line}\n" for line in _unread(diff))
    room, parts, cut = MOST - len(head) - len(unread) - 200, [], 0
    for paragraph in found:
        part = "\n".join(_lines(paragraph))
        if len(part) > room:
            part, cut = f"\n{_head(paragraph)}\n", cut + 1
        if len(part) <= room:
            parts.append(part)
        room -= len(part)
    left = (
        f"\n_{cut} of {len(found)} changes are left out: a comment holds no more._\n" if cut else ""
    )
    return "".join((head, *parts, unread, left))


def _unread(diff: Diff) -> Iterator[str]:
    for entry in diff.unread:
        about = f"{_code(entry.file)}, {_code(entry.slo_id)}" if entry.slo_id else _code(entry.file)
        yield f"- not read: {about}: {_plain(entry.reason)}"


def _lines(paragraph: Paragraph) -> Iterator[str]:
    yield f"\n{_head(paragraph)}\n"
    if len(paragraph.ids) > 1:
        yield from _folded("which", [f"- {_code(slo_id)}" for slo_id in paragraph.ids])
        yield ""
    for sentence in paragraph.sentences:
        yield f"- {_said(sentence)}"
    if paragraph.rows:
        yield ""
        yield from _folded(paragraph.pace, list(_table(paragraph.rows)))
    yield ""


def _head(paragraph: Paragraph) -> str:
    ids, status = paragraph.ids, paragraph.status
    named = f"**{_code(ids[0])}**" if len(ids) == 1 else f"**{len(ids)} SLOs**"
    return named if status == "changed" else f"{named} {status}"


def _folded(title: str, lines: list[str]) -> Iterator[str]:
    yield f"<details><summary>{title}</summary>\n"
    yield from lines
    yield "\n</details>"


def _said(sentence: Sentence) -> str:
    subject, note = _plain(sentence.subject), _plain(sentence.note)
    if not sentence.has_values:
        return f"{subject}{': ' if note else ''}{note}"
    before, after = (
        _code(value) if value else "none" for value in (sentence.before, sentence.after)
    )
    return f"{subject}: {before} → **{after}**{f', {note}' if note else ''}"


def _table(rows: tuple[AlertRow, ...]) -> Iterator[str]:
    cells = [_cells(row) for row in rows]
    shown = [index for index in range(len(_HEADS)) if any(row[index] for row in cells)]
    yield markdown.row(_HEADS[index] for index in shown)
    yield markdown.row("---" for _ in shown)
    for row in cells:
        yield markdown.row(row[index] for index in shown)


def _cells(row: AlertRow) -> tuple[str, ...]:
    partial = _arrow(row.partial)
    return (
        _code(row.alert).replace("|", "\\|"),
        _arrow(row.tier),
        _arrow(row.above),
        _arrow(row.outage),
        f"{row.ratio}: {partial}" if partial else "",
    )


def _arrow(values: tuple[str, ...]) -> str:
    return " → ".join(values)


def _code(text: str) -> str:
    """Return a text as code on one line, whatever it holds: no name in it is notified."""
    shown = printable(text)
    if len(shown) > _MOST_OF_A_VALUE:
        shown = f"{shown[:_MOST_OF_A_VALUE]}..."
    return markdown.code(shown)


def _plain(text: str) -> str:
    """Return words in which nothing is a tag or a mark of Markdown, and no name is notified."""
    words = markdown.escaped(printable(text))
    return words.replace("@", "@\u200b").replace("-\\>", "→")
