"""Findings that say the same of many SLOs, as people read them: once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from collections.abc import Iterable

    from slogen.diagnostics import Diagnostic

_MOST_NAMED = 3


def merged(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return findings of which those that say the same of many SLOs are one, at the first place."""
    alike: dict[object, list[Diagnostic]] = {}
    for place, said in enumerate(diagnostics):
        is_of_many = said.entry.is_of_many and said.slo_id
        words = said.entry, said.found, said.allowed, said.remedy, said.details
        alike.setdefault(words if is_of_many else place, []).append(said)
    return tuple(_one(group) for group in alike.values())


def _one(group: list[Diagnostic]) -> Diagnostic:
    first, ids = group[0], [said.slo_id for said in group]
    if len(group) == 1:
        return first
    more = f" and {len(ids) - _MOST_NAMED} more" if len(ids) > _MOST_NAMED else ""
    named = f"{', '.join(ids[:_MOST_NAMED])}{more}"
    return attrs.evolve(first, found=f"{named}: {first.found}", slo_id="")
