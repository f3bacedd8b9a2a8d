"""The history of SLOs: what later rules need to know about what rules recorded.

Rules select the history of an SLO by its id and the labels of `Settings.identity`, and sum it by
the labels of ``group_by``. So does `History.of` an SLO; `histories` reads the same from rules, and
`breaks` says what an edit does to it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal, get_args

import attrs

from slogen import naming
from slogen.model import SLI
from slogen.promql.selector import Matcher
from slogen.recorded.series import key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from slogen.plan import ResolvedSLO
    from slogen.rules import RecordingRule
    from slogen.units import Duration

_NAMINGS = (naming.Naming(), naming.Naming.sloth())
_COUNTS_EVENTS: Mapping[str, bool] = {cls.kind: cls.counts_events for cls in get_args(SLI)}
# In the expression of events, whatever the kind, the first aggregation is the one by groups.
_GROUPS = re.compile(r"\b(?:sum|group)(?: by \((.*?)\) )?\(")

_OR_A_NEW_ID = "or give the SLO a new id, so that all of its history begins anew"

RECORDS = frozenset({naming.EVENTS_INCREASE, *(names.info for names in _NAMINGS)})
"""The names of the series whose rules `histories` reads."""


@attrs.frozen(kw_only=True)
class History:
    """What was recorded for an SLO, as far as later rules depend on it.

    Attributes:
        labels: What tells it from the history of all other SLOs: the id, and the labels of the
            settings' identity.
        group_by: The labels of its groups.
        kind: The kind of the SLI.
    """

    labels: Mapping[str, str]
    group_by: tuple[str, ...]
    kind: str

    @classmethod
    def of(cls, slo: ResolvedSLO) -> History:
        """Return what the rules of an SLO record."""
        return cls(
            labels={label: slo.identity[label] for label in key(slo)},
            group_by=slo.definition.group_by,
            kind=slo.definition.sli.kind,
        )

    @property
    def matchers(self) -> str:
        """The conditions by which rules select it."""
        return ",".join(str(Matcher(label, "=", value)) for label, value in self.labels.items())

    @property
    def selector(self) -> str:
        """What rules select it by."""
        return f"{naming.EVENTS_INCREASE}{{{self.matchers}}}"

    @property
    def unit(self) -> str:
        """What it counts: ``events`` or ``seconds``."""
        return "events" if _COUNTS_EVENTS[self.kind] else "seconds"


@attrs.frozen(kw_only=True)
class HistoryBreak:
    """What an edit does to the history of an SLO that keeps its id.

    Attributes:
        verdict: ``lost`` where the rules do not find what was recorded, ``mixed`` where they sum it
            with something else.
        found: What happens, in a clause.
        details: What was before, and what is now.
        remedy: What to do about it.
        argument: The argument that was edited; None where it is a setting.
    """

    verdict: Literal["lost", "mixed"]
    found: str
    details: tuple[str, ...]
    remedy: str
    argument: str | None = None


def breaks(before: History, now: History, period: Duration) -> Iterator[HistoryBreak]:
    """Yield what an edit does to the history of an SLO; nothing where it goes on.

    Args:
        before: What was recorded.
        now: What will be.
        period: The SLO's own window.
    """
    added = [label for label in now.group_by if label not in before.group_by]
    is_found = now.labels.items() <= before.labels.items()
    if not is_found:
        yield _other_labels(before, now)
    if added:
        yield _new_groups(before, now, " and ".join(added), period)
    if is_found and not added and before.unit != now.unit:
        yield _other_unit(before, now, period)
    elif is_found and now.unit == "seconds" and set(now.group_by) < set(before.group_by):
        yield _fewer_groups(before, now, period)


def other_quantity(period: Duration) -> HistoryBreak:
    """Return what happens where the SLI counts something else under the same id."""
    return HistoryBreak(
        verdict="mixed",
        found=f"what is counted is another quantity: windows sum both until {period} have passed",
        details=(),
        remedy="give the SLO a new id, so that all of its history begins anew; or wait",
        argument="sli",
    )


def _other_labels(before: History, now: History) -> HistoryBreak:
    """Say that the rules select by labels that the history does not have.

    Where a label is merely taken away, the rules find what had it.
    """
    return HistoryBreak(
        verdict="lost",
        found="the rules do not find what was recorded: all windows and the budget start again",
        details=(f"recorded: {before.selector}", f"selected: {now.selector}"),
        remedy="keep `identity` and `naming` as they were, unless everything shall start again",
    )


def _new_groups(before: History, now: History, labels: str, period: Duration) -> HistoryBreak:
    """Say that the history does not have some labels of the groups."""
    return HistoryBreak(
        verdict="lost",
        found=f"what was recorded has no {labels}: each group begins anew, and for {period} the "
        f"old history stays as a group without {labels}",
        details=_groupings(before, now),
        remedy=f"keep `group_by`, {_OR_A_NEW_ID}",
        argument="group_by",
    )


def _fewer_groups(before: History, now: History, period: Duration) -> HistoryBreak:
    """Say that the seconds of groups are not those of the whole, as their events are."""
    return HistoryBreak(
        verdict="mixed",
        found="the seconds of more groups were recorded than will be: windows sum both until "
        f"{period} have passed",
        details=_groupings(before, now),
        remedy=f"keep `group_by`, {_OR_A_NEW_ID}",
        argument="group_by",
    )


def _groupings(before: History, now: History) -> tuple[str, str]:
    old, new = (", ".join(history.group_by) or "nothing" for history in (before, now))
    return f"before: group_by {old}", f"now: group_by {new}"


def _other_unit(before: History, now: History, period: Duration) -> HistoryBreak:
    """Say that windows sum two units."""
    return HistoryBreak(
        verdict="mixed",
        found=f"{before.unit} were recorded, and {now.unit} will be: windows sum both until "
        f"{period} have passed",
        details=(f"before: kind {before.kind}", f"now: kind {now.kind}"),
        remedy=f"keep the kind of the SLI, {_OR_A_NEW_ID}",
        argument="sli",
    )


def histories(rules: Iterable[RecordingRule]) -> Mapping[str, History]:
    """Return what rules record, by the ids of SLOs; what cannot be understood is left out."""
    named = [(rule, names) for rule in rules if (names := _naming(rule))]
    kinds = {
        rule.labels[names.id]: rule.labels.get(naming.KIND_LABEL, "")
        for rule, names in named
        if rule.record == names.info
    }
    found = {}
    for rule, names in named:
        slo_id, groups = rule.labels[names.id], _GROUPS.search(rule.expr)
        kind = kinds.get(slo_id, "")
        if rule.record == naming.EVENTS_INCREASE and groups and kind in _COUNTS_EVENTS:
            edited = (names.service, names.name, naming.MISSING_LABEL)
            found[slo_id] = History(
                labels={name: text for name, text in rule.labels.items() if name not in edited},
                group_by=tuple(groups[1].split(", ")) if groups[1] else (),
                kind=kind,
            )
    return found


def _naming(rule: RecordingRule) -> naming.Naming | None:
    """Return the names of the identity labels that a rule has; None if it has no id."""
    return next((names for names in _NAMINGS if names.id in rule.labels), None)
