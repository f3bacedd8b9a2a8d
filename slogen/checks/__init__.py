"""Checks: what is worth knowing about SLOs that compile. One check is one module.

A check reads what `plan` and `compiler` made, and decides nothing. To add one, write its module and
enter it in `CHECKS`; the registry of codes and the docs have it from there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen.checks import (
    events_estimated,
    group_too_large,
    offset_not_applied,
    tier_left_out,
    tier_lowered,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slogen.checks.check import Check
    from slogen.diagnostics import Diagnostic
    from slogen.plan import ResolvedSLO

CHECKS: tuple[Check, ...] = (
    tier_lowered.CHECK,
    tier_left_out.CHECK,
    events_estimated.CHECK,
    offset_not_applied.CHECK,
    group_too_large.CHECK,
)
"""All checks, in the order in which they are made."""

CODES = tuple(check.code for check in CHECKS)
"""What their diagnostics are about."""


def check(slo: ResolvedSLO, sizes: tuple[int, ...]) -> Iterator[Diagnostic]:
    """Find what is worth knowing about an SLO whose groups have so many rules each."""
    for entry in CHECKS:
        yield from entry.find(slo, sizes)
