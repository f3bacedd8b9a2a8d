"""Exceptions from lint: findings that somebody knows about and accepts, with a reason."""

from __future__ import annotations

import os
from datetime import date
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from slogen.diagnostics import Diagnostic
from slogen.lint.codes import EXPIRED_EXCEPTION, UNUSED_EXCEPTION
from slogen.source import Origin

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


@attrs.frozen(kw_only=True)
class LintException:
    """A table of ``[[lint.exceptions]]``: the findings that it matches are not shown.

    In patterns ``*`` stands for any text, slashes too, ``?`` for a character and ``[ab]`` for one
    of several.

    Attributes:
        code: The code of the findings.
        reason: Why they are accepted.
        slo: A pattern of the ids of SLOs; empty for findings about any SLO and any file.
        path: A pattern of paths, relative to the folder of the project file; empty for all.
        until: The last day on which it holds; None for ever.
        folder: The folder of the project file.
        origin: Where it was written down.
    """

    code: str
    reason: str
    slo: str = ""
    path: str = ""
    until: date | None = None
    folder: Path = Path()
    origin: Origin | None = attrs.field(default=None, eq=False, repr=False)

    def holds(self, today: date) -> bool:
        """Tell whether its last day is not over."""
        return self.until is None or today <= self.until

    def matches(self, diagnostic: Diagnostic) -> bool:
        """Tell whether it is about a finding, whatever the day."""
        if self.code != diagnostic.code or diagnostic.entry.stops_builds:
            return False
        if self.slo and not (diagnostic.slo_id and fnmatchcase(diagnostic.slo_id, self.slo)):
            return False
        return not self.path or fnmatchcase(_path_from(self.folder, diagnostic), self.path)

    @property
    def about(self) -> str:
        """What it is about, for messages."""
        named = {"slo": self.slo, "path": self.path}
        return " and ".join(f'{key} "{text}"' for key, text in named.items() if text)


def _path_from(folder: Path, diagnostic: Diagnostic) -> str:
    """Return the path of a finding's file from a folder; empty if it is about no file."""
    place = diagnostic.position
    return Path(os.path.relpath(place.file, folder)).as_posix() if place else ""


def not_excepted(
    diagnostics: Iterable[Diagnostic], exceptions: Iterable[LintException], today: date
) -> tuple[Diagnostic, ...]:
    """Return the findings that no exception hides on a day."""
    holding = [exception for exception in exceptions if exception.holds(today)]
    return tuple(
        diagnostic
        for diagnostic in diagnostics
        if not any(exception.matches(diagnostic) for exception in holding)
    )


def expired(exceptions: Iterable[LintException], today: date) -> Iterator[Diagnostic]:
    """Say which exceptions do not hold any more."""
    for exception in exceptions:
        if not exception.holds(today):
            yield Diagnostic(
                entry=EXPIRED_EXCEPTION,
                found=f"the exception from {exception.code} for {exception.about} held until "
                f"{exception.until}",
                remedy="correct the definition and remove the exception, or write another day",
                argument="until",
                origin=exception.origin,
            )


def unused(
    exceptions: Iterable[LintException], diagnostics: Iterable[Diagnostic], today: date
) -> Iterator[Diagnostic]:
    """Say which exceptions hold and are about nothing; the findings are all that there are."""
    found = tuple(diagnostics)
    for exception in exceptions:
        if exception.holds(today) and not any(map(exception.matches, found)):
            yield Diagnostic(
                entry=UNUSED_EXCEPTION,
                found=f"no finding of {exception.code} is about {exception.about}",
                remedy="remove the exception, or correct its code, slo or path",
                argument="code",
                origin=exception.origin,
            )
