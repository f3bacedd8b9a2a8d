"""A diff in sentences: what changed about each SLO, said once where it is the same for several."""

from __future__ import annotations

from decimal import Context, Decimal
from typing import TYPE_CHECKING

import attrs

from slogen.review.comparison.alert_sentences import AlertRow, alert_rows, alert_sentences
from slogen.review.comparison.changes import Status
from slogen.review.comparison.sentence import Sentence
from slogen.units import clock, number, percentage, quotient

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slogen.review.comparison.changes import Change, Diff, SLOChange
    from slogen.review.comparison.facts import SLOFacts

_PACES = {"sooner": "sooner", "later": "later", "": "at other times"}
_THREE_DIGITS = Context(prec=3)
_FOUND_BY_ID = frozenset({"service", "name"})


@attrs.frozen(kw_only=True)
class Paragraph:
    """What changed, and the SLOs that it changed for.

    Attributes:
        status: Whether they are new, gone, or there on both sides.
        ids: The SLOs, sorted.
        sentences: What changed.
        rows: What changed about when alerts fire.
    """

    status: Status
    ids: tuple[str, ...]
    sentences: tuple[Sentence, ...]
    rows: tuple[AlertRow, ...]

    @property
    def pace(self) -> str:
        """What a table of its rows is headed with: how many alerts fire sooner, or later."""
        paces = [row.pace for row in self.rows]
        amounts = {said: sum(pace == own for own in paces) for pace, said in _PACES.items()}
        listed = (_amount(amount, said) for said, amount in amounts.items() if amount)
        return ", ".join(listed)


def _amount(amount: int, said: str) -> str:
    return f"1 alert fires {said}" if amount == 1 else f"{amount} alerts fire {said}"


def paragraphs(diff: Diff) -> tuple[Paragraph, ...]:
    """Return what changed, SLOs of which the same is said together, in the order of their ids."""
    found: dict[tuple[Status, tuple[Sentence, ...], tuple[AlertRow, ...]], list[str]] = {}
    for change in diff.slos:
        said = (change.status, tuple(_sentences(change)), alert_rows(change.alerts))
        found.setdefault(said, []).append(change.id)
    return tuple(
        Paragraph(status=status, ids=tuple(ids), sentences=sentences, rows=rows)
        for (status, sentences, rows), ids in found.items()
    )


def summary(diff: Diff) -> str:
    """Return how many SLOs there are, and what became of them, in a line.

    >>> from slogen.review.comparison.changes import Diff
    >>> summary(Diff(slos=(), before=3, after=3))
    '3 SLOs: nothing changed'
    """
    counts = {
        "changed": sum(change.status == "changed" for change in diff.slos),
        "added": sum(change.status == "added" for change in diff.slos),
        "removed": sum(change.status == "removed" for change in diff.slos),
        "could not be read": len({(entry.file, entry.slo_id) for entry in diff.unread}),
    }
    listed = ", ".join(f"{amount} {what}" for what, amount in counts.items() if amount)
    total = f"{diff.after} SLO" if diff.after == 1 else f"{diff.after} SLOs"
    return f"{total}: {listed or 'nothing changed'}"


def _sentences(change: SLOChange) -> Iterator[Sentence]:
    if change.status != "changed":
        yield _of_whole(change.slo)
        return
    if change.previous_id:
        yield Sentence("id", change.previous_id, change.id, "its history begins anew")
    for field in change.changes:
        yield Sentence(field.field, field.before, field.after, _note(change, field))
    yield from alert_sentences(change)
    for found in change.history:
        yield Sentence(f"history is {found.verdict}", note=f"{found.found}; {found.remedy}")
    if change.other_rules:
        named = names_of(change.other_rules)
        reason = "edited by hand, or written by another version of slogen"
        yield Sentence("rules that differ in another way", note=f"{named}: {reason}")
    if change.not_compared:
        named = " and ".join(change.not_compared)
        reason = "the rules of one side, of another version of slogen, do not say it"
        yield Sentence("not compared", note=f"{named}: {reason}")


def _of_whole(slo: SLOFacts) -> Sentence:
    """Say in a line what an SLO is that is new, or gone."""
    objective = "" if slo.objective is None else percentage(slo.objective)
    said = f"objective {objective} over {slo.window}" if objective and slo.window else ""
    owner = f"owner {slo.owner}" if slo.owner else "no owner"
    alerts = f"{len(slo.alerts)} alert{'' if len(slo.alerts) == 1 else 's'}"
    return Sentence(", ".join(filter(None, (said, owner, alerts))))


def _note(change: SLOChange, field: Change) -> str:
    before, after = change.sides
    if field.field in {"objective", "window"}:
        return "; ".join(_budget(before, after, field.field))
    notes = []
    if field.field in _FOUND_BY_ID and not change.previous_id:
        notes.append("the history goes on: rules find it by the id")
    if label := after.label_names.get(field.field):
        notes.append(f"routes by the label {label} move")
    return "; ".join(notes)


def _budget(before: SLOFacts, after: SLOFacts, field: str) -> Iterator[str]:
    """Yield what becomes of the error budget, and of what is spent of it."""
    is_both = before.objective != after.objective and before.window != after.window
    if is_both and field == "window":
        return
    old, new = before.budget_in_time, after.budget_in_time
    if old is not None and new is not None:
        yield f"error budget {clock(old)} -> {clock(new)}"
    if before.window == after.window and before.budget and after.budget:
        factor = quotient(before.budget, after.budget)
        yield f"what is spent so far counts {_times(factor)} as much"


def _times(factor: Decimal) -> str:
    """Return a factor to three digits.

    >>> _times(Decimal(2)), _times(Decimal("0.0004998")), _times(Decimal("0.99990"))
    ('2 times', '0.0005 times', 'about')
    """
    rounded = number(factor.normalize(_THREE_DIGITS))
    return "about" if rounded == "1" else f"{rounded} times"


def names_of(names: tuple[str, ...], most: int = 3) -> str:
    """Return names in a line: the first ones, and how many more there are.

    >>> names_of(("a", "b", "c", "d", "e"))
    'a, b, c and 2 more'
    """
    shown, more = ", ".join(names[:most]), len(names) - most
    return f"{shown} and {more} more" if more > 0 else shown
