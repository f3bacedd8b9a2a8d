"""Rules that differ though nothing else that was found explains it.

They are edited by hand, or written by another version of slogen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen import naming
from slogen.promql.canonical import canonical, without_numbers
from slogen.review.comparison.compare_alerts import pairs

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from slogen.review.comparison.changes import SLOChange
    from slogen.review.comparison.facts import SLOFacts
    from slogen.rules import RecordingRule, Rule

_RESHAPING = ("sli", "group_by", "window", "setting ", "identity ")
"""What lets all expressions change, by how the names of fields begin."""
_RESHAPING_AN_ALERT = frozenset({"long window", "short window", "min_bad_events"})


def other_rules(found: SLOChange) -> tuple[str, ...]:
    """Return the names of rules that differ for no reason that was found, each once.

    Args:
        found: All else that changed about an SLO that is there on both sides.
    """
    is_reshaped = any(change.field.startswith(_RESHAPING) for change in found.changes)
    if is_reshaped or found.previous_id:
        return ()
    return tuple(dict.fromkeys((*_records(found), *_alerts(found))))


def _records(found: SLOChange) -> Iterator[str]:
    old, new = map(_by_name, found.sides)
    moves = _moves_numbers(found)
    has_other_windows = any(change.status != "changed" or change.changes for change in found.alerts)
    for key in [*old, *(key for key in new if key not in old)]:
        if key in old and key in new:
            if not _are_alike(old[key], new[key], moves=moves):
                yield key[0]
        elif not has_other_windows or not _depends_on_alerts(key[0]):
            yield key[0]


def _depends_on_alerts(record: str) -> bool:
    """Tell whether a series is recorded for some alerts, or some windows, alone."""
    others = {naming.EVENTS_LATELY, naming.GROUP_EVENTS_LATELY, naming.SEEN_RATIO}
    return bool(naming.window_in(record)) or record in others


def _by_name(slo: SLOFacts) -> Mapping[tuple[str, ...], RecordingRule]:
    """Return the rules by their names, and the labels that tell those of one name apart."""
    telling = (naming.STATUS_LABEL, naming.MISSING_LABEL)
    return {
        (rule.record, *(rule.labels.get(label, "") for label in telling)): rule
        for rule in slo.records
    }


def _are_alike(old: Rule, new: Rule, *, moves: bool) -> bool:
    """Tell whether two rules ask for the same, but for numbers where these may change."""
    return old.expr == new.expr or (
        without_numbers(old.expr) == without_numbers(new.expr)
        if moves
        else canonical(old.expr) == canonical(new.expr)
    )


def _alerts(found: SLOChange) -> Iterator[str]:
    """Yield the alerts whose conditions differ though their numbers do not."""
    before, after = found.sides
    moves = _moves_numbers(found)
    changed = {id(change.after): change for change in found.alerts if change.after}
    for old, new in pairs(before.alerts, after.alerts):
        if old is not None and new is not None:
            change = changed.get(id(new))
            fields = {field.field for field in change.changes} if change else set()
            if fields & _RESHAPING_AN_ALERT:
                continue
            if not _are_alike(old.rule, new.rule, moves=moves or bool(fields)):
                yield new.name


def _moves_numbers(found: SLOChange) -> bool:
    return any(change.field == "objective" for change in found.changes)
