"""What the files that a build replaces say of it: SLOs whose rules or history would be lost.

What the rules before an edit recorded stands in the files that a build replaces.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import attrs

from slogen.diagnostics import Code, Diagnostic
from slogen.errors import InputError
from slogen.targets import TARGETS, target_class
from slogen.targets.history import RECORDS, History, histories
from slogen.targets.output import TEMPORARY

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from slogen.plan import ResolvedSLO
    from slogen.rules import RecordingRule
    from slogen.targets.built import Built
    from slogen.targets.output import Change

HISTORY_LOST = Code.warning(
    "history-lost",
    "the rules do not find what was recorded: windows and budgets begin anew",
    why="An edit changed the labels or the names of the series that long windows read. Alerts on "
    "long windows are late until the new series are old enough.",
    remedy="Undo the edit, or give the SLO a new id, so that all of its history begins anew.",
)
HISTORY_MIXED = Code.warning(
    "history-mixed",
    "windows sum what was recorded before an edit with something else",
    why="An edit changed what is counted, and the series have kept their names: until the longest "
    "window is over it sums two different things.",
    remedy="Give the SLO a new id, so that all of its history begins anew; or wait.",
)
PARTIAL_BUILD = Code.error(
    "partial-build", "a build of some files would remove the rules of others"
)
CODES = (HISTORY_LOST, HISTORY_MIXED, PARTIAL_BUILD)
"""All of them."""

_MOST_NAMED = 3
_OR_A_NEW_ID = "or give the SLO a new id, so that all of its history begins anew"


@attrs.define(eq=False, str=False)
class PartialBuild(InputError):
    """Some files are built into a folder that holds the rules of others, which would go.

    Attributes:
        slo_ids: The SLOs whose rules would be removed.
    """

    entry: ClassVar[Code] = PARTIAL_BUILD

    slo_ids: tuple[str, ...]

    @property
    def diagnostic(self) -> Diagnostic:
        """How many SLOs would be lost, and which."""
        named, more = self.slo_ids[:_MOST_NAMED], len(self.slo_ids) - _MOST_NAMED
        rest = f" and {more} more" if more > 0 else ""
        return Diagnostic(
            entry=self.entry,
            found="the output folder holds rules of SLOs that are not built now, and they would be "
            f"removed: {', '.join(named)}{rest}",
            allowed="a build of all files, or of files whose rules are all that there is",
            remedy="build all of the definitions: their folder, or what the project file names\n"
            "or, if these SLOs were renamed or are to go, remove their rules with --prune",
        )


def check_whole(built: Iterable[Built], changes: Iterable[Change]) -> None:
    """Refuse changes that remove the rules of SLOs that are not built.

    Raises:
        PartialBuild: If there are such SLOs.
    """
    ids = {one.slo.definition.id for one in built}
    before = {slo_id for change in changes for slo_id in histories(_old_rules(change))}
    if lost := sorted(before - ids):
        raise PartialBuild(tuple(lost))


def findings(built: Iterable[Built], changes: Iterable[Change]) -> tuple[Diagnostic, ...]:
    """Return what changes of rule files do to the history of the SLOs that are built.

    What an old file holds that cannot be read or understood is passed over.
    """
    before: dict[str, list[History]] = {}
    for change in changes:
        for slo_id, history in histories(_old_rules(change)).items():
            before.setdefault(slo_id, []).append(history)
    found = (
        finding
        for one in built
        for history in before.get(one.slo.definition.id, ())
        for finding in _edits(one.slo, history)
    )
    return tuple(dict.fromkeys(found))


def _old_rules(change: Change) -> Iterable[RecordingRule]:
    """Return the rules that a file held; none if its target has no rules."""
    folder = change.path.partition("/")[0]
    if change.before is None or folder not in TARGETS or change.path.endswith(TEMPORARY):
        return ()
    return target_class(folder).recording_rules(change.before, RECORDS)


def _edits(slo: ResolvedSLO, before: History) -> Iterator[Diagnostic]:
    now = History.of(slo)
    added = [label for label in now.group_by if label not in before.group_by]
    is_found = now.labels.items() <= before.labels.items()
    if not is_found:
        yield _other_labels(slo, before, now)
    if added:
        yield _new_groups(slo, before, now, " and ".join(added))
    if is_found and not added and before.unit != now.unit:
        yield _other_unit(slo, before, now)
    elif is_found and now.unit == "seconds" and set(now.group_by) < set(before.group_by):
        yield _fewer_groups(slo, before, now)


def _other_labels(slo: ResolvedSLO, before: History, now: History) -> Diagnostic:
    """Say that the rules select by labels that the history does not have.

    Where a label is merely taken away, the rules find what had it.
    """
    return Diagnostic(
        entry=HISTORY_LOST,
        found="the rules do not find what was recorded: all windows and the budget begin anew",
        details=(f"recorded: {before.selector}", f"selected: {now.selector}"),
        remedy="keep `identity` and `naming` as they were, unless all is to begin anew",
        slo_id=slo.definition.id,
        origin=slo.definition.origin,
    )


def _new_groups(slo: ResolvedSLO, before: History, now: History, labels: str) -> Diagnostic:
    """Say that the history does not have some labels of the groups."""
    found = (
        f"what was recorded has no {labels}: each group begins anew, and for {slo.period} the old "
        f"history stays as a group without {labels}"
    )
    return _other_groups(slo, before, now, HISTORY_LOST, found)


def _fewer_groups(slo: ResolvedSLO, before: History, now: History) -> Diagnostic:
    """Say that the seconds of groups are not those of the whole, as their events are."""
    found = (
        "the seconds of more groups were recorded than will be: windows sum both until "
        f"{slo.period} have passed"
    )
    return _other_groups(slo, before, now, HISTORY_MIXED, found)


def _other_groups(
    slo: ResolvedSLO, before: History, now: History, entry: Code, found: str
) -> Diagnostic:
    old, new = (", ".join(history.group_by) or "nothing" for history in (before, now))
    return Diagnostic(
        entry=entry,
        found=found,
        details=(f"before: group_by {old}", f"now: group_by {new}"),
        remedy=f"keep `group_by`, {_OR_A_NEW_ID}",
        slo_id=slo.definition.id,
        argument="group_by",
        origin=slo.definition.origin,
    )


def _other_unit(slo: ResolvedSLO, before: History, now: History) -> Diagnostic:
    """Say that windows sum two units."""
    return Diagnostic(
        entry=HISTORY_MIXED,
        found=f"{before.unit} were recorded, and {now.unit} will be: windows sum both until "
        f"{slo.period} have passed",
        details=(f"before: kind {before.kind}", f"now: kind {now.kind}"),
        remedy=f"keep the kind of the SLI, {_OR_A_NEW_ID}",
        slo_id=slo.definition.id,
        argument="sli",
        origin=slo.definition.origin,
    )
