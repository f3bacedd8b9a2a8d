"""From all that was found to what is shown: exceptions, choices, severities, baseline."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from slogen.diagnostics import Diagnostic
from slogen.exits import Exit
from slogen.lint import baseline
from slogen.lint.codes import CODES
from slogen.lint.exceptions import expired, not_excepted, unused
from slogen.lint.selection import judged, placed, selected
from slogen.lint.settings import LintSettings

if TYPE_CHECKING:
    from collections.abc import Iterable


@attrs.frozen(kw_only=True)
class Question:
    """What somebody wants to know.

    Attributes:
        settings: What the project file says.
        today: The day on which exceptions hold, or not.
        select: The codes that are shown; all if there is none.
        ignore: Codes that are not shown.
        is_whole: Whether all of a project was read, so that an unused exception can be told.
        forbids_idle: Whether unused and expired exceptions are errors.
        known: How often each finding of a baseline stands there, by its line.
        folder: The folder of the baseline.
    """

    settings: LintSettings
    today: date
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    is_whole: bool = True
    forbids_idle: bool = False
    known: Counter[str] = attrs.field(factory=Counter[str])
    folder: Path = Path()


@attrs.frozen(kw_only=True)
class Outcome:
    """What came out.

    Attributes:
        shown: The findings that count, in the order of their places.
        excepted: How many exceptions hide.
        known: How many the baseline has.
        gone: How many the baseline has that are not found any more, where all was looked for.
    """

    shown: tuple[Diagnostic, ...]
    excepted: int = 0
    known: int = 0
    gone: int = 0

    @property
    def exit(self) -> Exit:
        """The exit code: that of the first error in a definition, or 1 from a warning on."""
        if self.has_errors:
            return next(shown.entry.exit for shown in self.shown if shown.entry.stops_builds)
        is_worth_it = any(shown.severity != "note" for shown in self.shown)
        return Exit.FINDINGS if is_worth_it else Exit.FINE

    @property
    def has_errors(self) -> bool:
        """Whether something is wrong with a definition, so that nothing can be built."""
        return _has_errors(self.shown)


def outcome(diagnostics: Iterable[Diagnostic], question: Question) -> Outcome:
    """Return what is shown of all that was found."""
    found = placed(diagnostics)
    exceptions, today = question.settings.exceptions, question.today
    open_ones = not_excepted(found, exceptions, today)
    asked = tuple(selected(open_ones, question.select, question.ignore))
    judged_ones = tuple(judged(asked, question.settings.severities))
    fresh, gone = baseline.new(judged_ones, question.known, question.folder)
    is_all = question.is_whole and not (question.select or question.ignore or _has_errors(found))
    idle = _idle(found, question)
    return Outcome(
        shown=placed((*fresh, *idle)),
        excepted=len(found) - len(open_ones),
        known=len(judged_ones) - len(fresh),
        gone=gone if is_all else 0,
    )


def _has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    return any(diagnostic.entry.stops_builds for diagnostic in diagnostics)


def _idle(found: tuple[Diagnostic, ...], question: Question) -> tuple[Diagnostic, ...]:
    """Return what there is to say about exceptions that hide nothing.

    Where a definition is wrong not everything was checked, so that nobody knows what they hide.
    """
    exceptions, today = question.settings.exceptions, question.today
    idle = [*expired(exceptions, today)]
    if question.is_whole and not _has_errors(found):
        idle += unused(exceptions, found, today)
    if question.forbids_idle:
        return tuple(judged(idle, {code.name: "error" for code in CODES}))
    asked = selected(idle, question.select, question.ignore)
    return tuple(judged(asked, question.settings.severities))
