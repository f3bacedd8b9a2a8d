"""What the files that a build replaces say of it: SLOs that would be lost, or their history.

What the rules before an edit recorded stands in the files that a build replaces.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import attrs

from slogen.diagnostics import Code, Diagnostic
from slogen.errors import InputError
from slogen.review.comparison.history import RECORDS, History, breaks, histories
from slogen.targets import TARGETS, target_class
from slogen.targets.output import TEMPORARY

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from slogen.plan import ResolvedSLO
    from slogen.rules import RecordingRule
    from slogen.targets.built import Built
    from slogen.targets.output import Change
    from slogen.targets.target import Target

HISTORY_LOST = Code.warning(
    "history-lost",
    "the rules do not find what was recorded: windows and budgets start again",
    why="An edit changed the labels or the names of the series that long windows read. Alerts "
    "on long windows are late until the new series are old enough.",
    remedy="Undo the edit, or give the SLO a new id, so that its whole history starts again.",
)
HISTORY_MIXED = Code.warning(
    "history-mixed",
    "windows sum what was recorded before an edit with something else",
    why="An edit changed what is counted, but the series have kept their names. Until the "
    "longest window has passed, it sums two different things.",
    remedy="Give the SLO a new id, so that its whole history starts again, or wait.",
)
PARTIAL_BUILD = Code.error(
    "partial-build", "a build of some files would remove what was built of others"
)
CODES = (HISTORY_LOST, HISTORY_MIXED, PARTIAL_BUILD)
"""All of them."""

_MOST_NAMED = 3


@attrs.define(eq=False, str=False)
class PartialBuild(InputError):
    """Some files are built into a folder that is about SLOs of others, which would lose them.

    Attributes:
        slo_ids: The SLOs that would be lost.
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
            found="the output folder has rules of SLOs that are not part of this build, and would "
            f"lose them: {', '.join(named)}{rest}",
            allowed="a build of all files, or of files whose SLOs are all that there are",
            remedy="build all of the definitions: their folder, or what the project file names\n"
            "or, if these SLOs were renamed or are to go, remove them with --prune",
        )


def check_whole(built: Iterable[Built], changes: Iterable[Change]) -> None:
    """Refuse changes of files that are about SLOs that are not built.

    Raises:
        PartialBuild: If there are such SLOs.
    """
    ids = {one.slo.definition.id for one in built}
    before = {slo_id for change in changes for slo_id in _old_ids(change)}
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


def _old_ids(change: Change) -> Iterator[str]:
    """Yield the SLOs that a file was about."""
    yield from histories(_old_rules(change))
    if (target := _target(change)) and change.before is not None:
        yield from target.slo_ids(change.before)


def _old_rules(change: Change) -> Iterable[RecordingRule]:
    """Return the rules that a file held; none if its target has no rules."""
    target = _target(change)
    if target is None or change.before is None:
        return ()
    return target.recording_rules(change.before, RECORDS)


def _target(change: Change) -> type[Target] | None:
    """Return the target whose file it is; None for the manifest and for temporary files."""
    folder = change.path.partition("/")[0]
    if folder not in TARGETS or change.path.endswith(TEMPORARY):
        return None
    return target_class(folder)


def _edits(slo: ResolvedSLO, before: History) -> Iterator[Diagnostic]:
    """Yield what an edit does to the history of an SLO."""
    for found in breaks(before, History.of(slo), slo.period):
        yield Diagnostic(
            entry=HISTORY_LOST if found.verdict == "lost" else HISTORY_MIXED,
            found=found.found,
            details=found.details,
            remedy=found.remedy,
            slo_id=slo.definition.id,
            argument=found.argument,
            origin=slo.definition.origin,
        )
