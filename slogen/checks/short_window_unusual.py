"""The short window of a tier is far from a twelfth of the long one.

The short window ends an alert soon after an incident, and prevents that a few bad minutes fire it.
If it is much longer than a twelfth of the long window, the alert goes on for long after the
incident. If it is much shorter, a short pause ends the alert, and the next bad minute fires it
again. Leave `short` out to get a twelfth.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen.checks.check import Check
from slogen.diagnostics import Code, Diagnostic

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slogen.plan import ResolvedSLO


_LEAST, _MOST = 4, 36
"""How many times the short window the long one is, a third and three times of a twelfth."""


def _find(slo: ResolvedSLO, _: tuple[int, ...]) -> Iterator[Diagnostic]:
    for tier in slo.definition.alerts.tiers:
        times = tier.long.milliseconds / tier.short.milliseconds
        if not _LEAST <= times <= _MOST:
            yield Diagnostic(
                entry=CHECK.code,
                found=f"the short window of {tier.short} is far from a twelfth of {tier.long}",
                remedy="leave short out, or take about a twelfth of long",
                slo_id=slo.definition.id,
                argument="short",
                origin=tier.origin,
            )


CHECK = Check(
    code=Code.warning(
        "short-window-unusual", "a short window is far from a twelfth of the long", doc=__doc__
    ),
    find=_find,
)
