"""Two SLOs measure the same over the same window.

Both SLOs spend their budgets together and alert together, so each incident has two alerts. Often
somebody copied an SLO and forgot to change the query. Correct the query, or keep one of the two.
For two objectives of one indicator, give them different windows. SLOs that `identity` tells apart,
such as those of two environments, may have the same query, because each is evaluated where its
series are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen.checks.check import BuildCheck
from slogen.diagnostics import Code, Diagnostic

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from slogen.model import SLO
    from slogen.plan import ResolvedSLO


def _find(slos: Sequence[ResolvedSLO]) -> Iterator[Diagnostic]:
    first: dict[object, SLO] = {}
    for resolved in slos:
        slo = resolved.definition
        labels = frozenset(resolved.settings.identity.items())
        measured = slo.sli, slo.window, frozenset(slo.group_by), resolved.timing, labels
        other = first.setdefault(measured, slo)
        if other is not slo:
            place = other.origin.position() if other.origin else None
            yield Diagnostic(
                entry=CHECK.code,
                found=f"it measures the same as {other.id}, over the same window",
                details=(f"the other one: {place or 'position unknown'}",),
                remedy="correct its query, or keep one of the two",
                slo_id=slo.id,
                argument="sli",
                origin=slo.origin,
            )


CHECK = BuildCheck(
    code=Code.warning(
        "same-indicator", "two SLOs measure the same over the same window", doc=__doc__
    ),
    find=_find,
)
