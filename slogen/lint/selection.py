"""Which findings count, and how bad each of them is to a project."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from slogen.diagnostics import Diagnostic
    from slogen.lint.settings import SeverityChoice


def placed(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return diagnostics in the order of their places, each of which is worked out once."""
    found = (
        attrs.evolve(diagnostic, origin=diagnostic.position, part=None)
        for diagnostic in diagnostics
    )
    return tuple(sorted(found, key=_reading_order))


def _reading_order(diagnostic: Diagnostic) -> tuple[str, int, int, str, str]:
    place = diagnostic.position
    where = (place.file, place.line, place.column) if place else ("", 0, 0)
    return (*where, diagnostic.code, diagnostic.message)


def selected(
    diagnostics: Iterable[Diagnostic], select: Iterable[str], ignore: Iterable[str]
) -> Iterator[Diagnostic]:
    """Yield the findings of those codes that are asked for; errors in definitions always.

    Args:
        diagnostics: What was found.
        select: Codes; all if there is none.
        ignore: Codes that are not asked for.
    """
    wanted, unwanted = frozenset(select), frozenset(ignore)
    for diagnostic in diagnostics:
        is_wanted = not wanted or diagnostic.code in wanted
        if diagnostic.entry.stops_builds or (is_wanted and diagnostic.code not in unwanted):
            yield diagnostic


def judged(
    diagnostics: Iterable[Diagnostic], severities: Mapping[str, SeverityChoice]
) -> Iterator[Diagnostic]:
    """Yield the findings as bad as a project takes them, without those that it ignores."""
    for diagnostic in diagnostics:
        severity = severities.get(diagnostic.code, diagnostic.severity)
        if severity != "ignore":
            entry = attrs.evolve(diagnostic.entry, severity=severity)
            yield attrs.evolve(diagnostic, entry=entry)
