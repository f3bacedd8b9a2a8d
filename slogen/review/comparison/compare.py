"""What two versions of an SLO say differently."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from slogen.promql.canonical import canonical, without_numbers
from slogen.promql.query import Query
from slogen.promql.selector import Selector
from slogen.review.comparison.changes import Change, SLOChange
from slogen.review.comparison.compare_alerts import alert_changes
from slogen.review.comparison.history import breaks, other_quantity
from slogen.review.comparison.other_rules import other_rules
from slogen.units import Duration, percentage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from slogen.model import SLI
    from slogen.review.comparison.facts import SLOFacts
    from slogen.review.comparison.history import HistoryBreak

SLI_FIELD, GROUPS_FIELD = "sli", "group_by"
_SCRAPE = "scrape_interval"
_OF_THE_SLI = "longest_gap"
"""A setting that another SLI changes, too."""
_MAY_BE_NONE = {False: ("query_offset",), True: ("offset", "query_offset")}
"""Settings that may be none, by whether a gauge is read."""
_ANY_IDENTITY = 'id=""'
_WINDOW = Duration("7m13s")
"""Stands for ``$window`` where queries are compared."""


def compared(before: SLOFacts, after: SLOFacts) -> SLOChange:
    """Return what changed about an SLO that is there on both sides."""
    before, after = _observed_alike(before, after), _observed_alike(after, before)
    changes = tuple(_changes(before, after))
    alerts = alert_changes(before, after)
    found = SLOChange(
        status="changed",
        before=before,
        after=after,
        changes=changes,
        alerts=alerts,
        history=tuple(_history(before, after, changes)),
        not_compared=tuple(dict.fromkeys((*before.missing, *after.missing))),
    )
    return attrs.evolve(found, other_rules=other_rules(found))


def _observed_alike(slo: SLOFacts, other: SLOFacts) -> SLOFacts:
    """Return rules with what the definition on the other side says of how errors are observed.

    That is known where both run alike and count the same.
    """
    shown = {name: value for name, value in other.timing.items() if name != _SCRAPE}
    if slo.sli or not other.sli or slo.timing != shown or not is_same_quantity(slo, other):
        return slo
    return attrs.evolve(slo, observation=other.observation)


def is_same_quantity(before: SLOFacts, after: SLOFacts) -> bool:
    """Tell whether two versions of an SLO count the same, as far as that can be read.

    Where intervals, ranges or offsets changed, the definitions are compared if both are known, and
    else the rules without their numbers.
    """
    if not (before.events and before.errors and after.events and after.errors):
        return True
    if quantity(before) == quantity(after):
        return True
    if before.timing == after.timing:
        return False
    if before.sli and after.sli:
        return _definition(before.sli) == _definition(after.sli)
    return _expressions(before, without_numbers) == _expressions(after, without_numbers)


def quantity(slo: SLOFacts) -> tuple[str, ...]:
    """Return what an SLO counts, in one spelling, whatever its id."""
    return (slo.kind, *_expressions(slo, canonical))


def _expressions(slo: SLOFacts, spelled: Callable[[str], str]) -> tuple[str, ...]:
    """Return the expressions of what is counted, as if all SLOs had one identity."""
    own = slo.history.matchers if slo.history else _ANY_IDENTITY
    return tuple(spelled(text.replace(own, _ANY_IDENTITY)) for text in (*slo.events, *slo.errors))


def _is_same_in_other_groups(before: SLOFacts, after: SLOFacts) -> bool:
    """Tell whether the same is counted where the groups changed, and with them all rules.

    Rules say it in the texts of alerts; where there are none, nothing else is known.
    """
    if before.sli and after.sli:
        return _definition(before.sli) == _definition(after.sli)
    is_known = before.bad and after.bad
    return before.kind == after.kind and (before.bad == after.bad or not is_known)


def _definition(sli: SLI) -> tuple[object, ...]:
    """Return what a definition counts, in one spelling."""
    values = (getattr(sli, field.name) for field in attrs.fields(type(sli)) if field.eq)
    return sli.kind, *map(_spelled, values)


def _spelled(value: object) -> object:
    if isinstance(value, Query):
        return canonical(value.with_window(_WINDOW))
    return canonical(str(value)) if isinstance(value, Selector) else value


def _changes(before: SLOFacts, after: SLOFacts) -> Iterator[Change]:
    """Yield what an SLO says differently, the most important first."""
    yield from _known("objective", _percentage(before), _percentage(after))
    yield from _known("window", _text(before.window), _text(after.window))
    yield from _sli_changes(before, after)
    pairs = {
        "service": (before.service, after.service),
        "name": (before.name, after.name),
        "owner": (before.owner, after.owner),
        "runbook": (before.runbook, after.runbook),
        "dashboard": (before.dashboard, after.dashboard),
        "tier of the service": (before.rank, after.rank),
        "description": (before.description, after.description),
    }
    for field, (old, new) in pairs.items():
        yield from _known(field, old, new)
    yield from mapping_changes("label", before.labels, after.labels)
    yield from _setting_changes(before, after)


def _percentage(slo: SLOFacts) -> str | None:
    return None if slo.objective is None else percentage(slo.objective)


def _text(duration: Duration | None) -> str | None:
    return None if duration is None else str(duration)


def _known(field: str, before: str | None, after: str | None) -> Iterator[Change]:
    """Yield a change of what is known on both sides."""
    if before is not None and after is not None and before != after:
        yield Change(field=field, before=before, after=after)


def mapping_changes(
    noun: str, before: Mapping[str, str], after: Mapping[str, str]
) -> Iterator[Change]:
    """Yield what differs between two mappings, in the order of their keys."""
    for name in sorted({*before, *after}):
        old, new = before.get(name, ""), after.get(name, "")
        if old != new:
            yield Change(field=f"{noun} {name}", before=old, after=new)


def _sli_changes(before: SLOFacts, after: SLOFacts) -> Iterator[Change]:
    groups = [slo.history.group_by if slo.history else None for slo in (before, after)]
    if _has_same_groups(*groups):
        is_same = is_same_quantity(before, after)
    else:
        yield from _known(GROUPS_FIELD, *(None if one is None else ",".join(one) for one in groups))
        is_same = _is_same_in_other_groups(before, after)
    if not is_same:
        old, new = before.bad, after.bad
        if old == new or not (old and new):
            old, new = (" ".join(slo.errors[0].split()) for slo in (before, after))
        yield Change(field=SLI_FIELD, before=old, after=new)


def _has_same_groups(before: Iterable[str] | None, after: Iterable[str] | None) -> bool:
    """Tell whether two versions have the same groups: the order of their labels says nothing."""
    return (before and sorted(before)) == (after and sorted(after))


def _setting_changes(before: SLOFacts, after: SLOFacts) -> Iterator[Change]:
    """Yield what differs in settings; how often Prometheus scrapes counts if a rule shows it."""
    shown = before.timing.keys() & after.timing.keys()
    shown |= set(_MAY_BE_NONE[before.kind == after.kind == "up"])
    if not is_same_quantity(before, after):
        shown -= {_OF_THE_SLI}
    names = (_SCRAPE, *sorted(shown - {_SCRAPE})) if _SCRAPE in shown else sorted(shown)
    pairs = {name: (before.timing.get(name, ""), after.timing.get(name, "")) for name in names}
    differing = {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}
    if differing.keys() != {_SCRAPE}:
        for name, (old, new) in differing.items():
            yield Change(field=f"setting {name}", before=old, after=new)
    if before.history and after.history:
        (old_name, old_labels), (new_name, new_labels) = _identity(before), _identity(after)
        yield from _known("setting naming", old_name, new_name)
        yield from mapping_changes("identity", old_labels, new_labels)


def _identity(slo: SLOFacts) -> tuple[str, dict[str, str]]:
    """Return the label that holds the id, and the other labels of the identity."""
    labels = dict(slo.history.labels) if slo.history else {}
    name = next((name for name, value in labels.items() if value == slo.id), "")
    return name, {other: value for other, value in labels.items() if other != name}


def _history(
    before: SLOFacts, after: SLOFacts, changes: tuple[Change, ...]
) -> Iterator[HistoryBreak]:
    """Yield what becomes of what was recorded, where an SLO keeps its id."""
    period = after.window or before.window
    if period is None or before.id != after.id:
        return
    found: list[HistoryBreak] = []
    if before.history and after.history:
        found += breaks(before.history, after.history, period)
    yield from found
    if not found and any(change.field == SLI_FIELD for change in changes):
        yield other_quantity(period)
