"""Checks: what is worth knowing about SLOs that compile. One check is one module.

A check reads what `plan` and `compiler` made, and decides nothing. To add one, write its module and
enter it in `CHECKS`, or in `BUILD_CHECKS` if it is about SLOs that are built together; the registry
of codes and the docs have it from there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen.checks import (
    events_estimated,
    group_too_large,
    low_traffic,
    offset_not_applied,
    tier_left_out,
    tier_lowered,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from slogen.checks.check import BuildCheck, Check
    from slogen.diagnostics import Diagnostic
    from slogen.plan import ResolvedSLO

CHECKS: tuple[Check, ...] = (
    tier_lowered.CHECK,
    tier_left_out.CHECK,
    events_estimated.CHECK,
    offset_not_applied.CHECK,
    group_too_large.CHECK,
)
"""The checks of an SLO by itself, in the order in which they are made."""

BUILD_CHECKS: tuple[BuildCheck, ...] = (low_traffic.CHECK,)
"""The checks of all SLOs together, which follow."""

CODES = (*(check.code for check in CHECKS), *(check.code for check in BUILD_CHECKS))
"""What their diagnostics are about."""


def check(slo: ResolvedSLO, sizes: tuple[int, ...]) -> Iterator[Diagnostic]:
    """Find what is worth knowing about an SLO whose groups have so many rules each."""
    for entry in CHECKS:
        yield from entry.find(slo, sizes)


def check_build(slos: Sequence[ResolvedSLO]) -> Iterator[Diagnostic]:
    """Find what is worth knowing about SLOs that are built together."""
    for entry in BUILD_CHECKS:
        yield from entry.find(slos)
